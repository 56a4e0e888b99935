"""Reading a corpus, learning and scoring, on a corpus written here."""

from pathlib import Path

import pytest

from models.discourse_relations import gum
from models.discourse_relations.fit import fit, folds
from models.discourse_relations.labels import Relation
from models.discourse_relations.logistic import read, written
from models.discourse_relations.scoring import by_majority, score_relations

TREE = [
    ("Doors", "NNS", 2, "nsubj"),
    ("shut", "VBD", 0, "root"),
    ("because", "IN", 5, "mark"),
    ("it", "PRP", 5, "nsubj"),
    ("rained", "VBD", 2, "advcl"),
    (".", ".", 2, "punct"),
]
HEADER = "doc unit1_toks unit2_toks unit1_txt unit2_txt s1_toks s2_toks unit1_sent unit2_sent dir rel_type orig_label label"


def corpus(
    folder: Path,
    *,
    sense: str = "contingency.cause.reason",
    kind: str = "explicit",
    connective: str = "because:3:1-2:4-6",
) -> Path:
    for name in ("dep", "rels"):
        (folder / name).mkdir()
    noted = {3: f"Discourse=x|PDTB=Implicit:A.B:so:_:1-2:4-6;Explicit:{sense.title()}:{connective}"}
    rows = [
        f"{n}\t{w}\t{w}\t_\t{tag}\t_\t{head}\t{rel}\t_\t{noted.get(n, '_')}"
        for n, (w, tag, head, rel) in enumerate(TREE, 1)
    ]
    (folder / "dep" / "a.conllu").write_text("# text\n" + "\n".join(rows) + "\n\n")
    row = ["a", "1-2", "3-6", "Doors shut", "because", "1-6", "1-6", "x", "x", "1<2", kind, sense, "label"]
    (folder / "rels" / "a.rels").write_text("\t".join(HEADER.split()) + "\n" + "\t".join(row) + "\n")
    return folder


def test_pair_has_cue_kind_and_the_words_around_it(tmp_path: Path):
    (pair,) = gum.pairs(corpus(tmp_path))
    assert (pair.cue, pair.position, pair.subordinate, pair.same_sentence) == (
        "because",
        "medial",
        True,
        True,
    )
    assert (pair.left, pair.right) == (("Doors", "shut"), ("it", "rained", "."))
    assert pair.relations == (Relation.CAUSE,)


def test_the_unit_that_has_the_connective_is_the_second_one_wherever_it_stands(tmp_path: Path):
    (pair,) = gum.pairs(corpus(tmp_path, connective="because:3:4-6:1-2"))
    assert (pair.left, pair.right) == (("it", "rained", "."), ("Doors", "shut"))


@pytest.mark.parametrize("connective", ["because:_:1-2:4-6", "because:3:1:6"])
def test_a_connective_without_tokens_or_of_other_units_is_none_of_the_pair(tmp_path: Path, connective: str):
    assert gum.pairs(corpus(tmp_path, connective=connective))[0].cue == ""


def test_and_then_is_one_cue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    words = [("Doors", "NNS", 2, "nsubj"), ("shut", "VBD", 0, "root"), ("and", "CC", 6, "cc")]
    rest = [("then", "RB", 6, "advmod"), ("it", "PRP", 6, "nsubj"), ("rained", "VBD", 2, "conj")]
    monkeypatch.setattr("tests.discourse_relations.test_training.TREE", words + rest)
    (pair,) = gum.pairs(corpus(tmp_path, connective="and:3:1-2:4-6"))
    assert (pair.cue, pair.right) == ("and then", ("it", "rained"))


@pytest.mark.parametrize(
    ("sense", "relation"),
    [
        ("contingency.cause.result", "RESULT"),
        ("temporal.asynchronous.precedence", "TEMPORAL_AFTER"),
        ("temporal.asynchronous.succession", "TEMPORAL_BEFORE"),
        ("comparison.concession.arg2-as-denier", "CONTRAST"),
        ("expansion.manner.arg2-as-manner", "ELABORATION"),
    ],
)
def test_senses_become_public_names(tmp_path: Path, sense: str, relation: str):
    assert gum.pairs(corpus(tmp_path, sense=sense))[0].relations == (relation,)


def test_implicit_relations_are_not_read(tmp_path: Path):
    assert gum.pairs(corpus(tmp_path, kind="implicit")) == []


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="rels"):
        gum.pairs(tmp_path)


def test_score_counts_a_pair_of_two_relations_once_and_its_rows_twice(tmp_path: Path):
    folder = corpus(tmp_path)
    table = folder / "rels" / "a.rels"
    table.write_text(
        table.read_text() + table.read_text().splitlines()[1].replace("cause.reason", "purpose.arg2") + "\n"
    )
    pairs = gum.pairs(folder)
    assert pairs[0].relations == (Relation.CAUSE, Relation.PURPOSE)
    score = score_relations(pairs, lambda _: Relation.PURPOSE)
    assert (score.rows, score.pairs, score.number_of_rows, score.number_of_pairs) == (0.5, 1.0, 2, 1)
    assert by_majority(pairs)(pairs[0]) in pairs[0].relations


def test_what_was_learned_survives_its_file():
    pytest.importorskip("sklearn")
    rows = [{"bark": 1.0}, {"bark": 1.0}, {"purr": 1.0}, {"purr": 1.0}]
    learned = read(written(fit(rows, ["dog", "dog", "cat", "cat"], [1.0] * 4, c=10.0, fewest=2)))
    assert learned.probabilities({"bark": 1.0})["dog"] > 0.8
    assert learned.probabilities({"purr": 1.0})["cat"] > 0.8
    assert learned.probabilities({"never seen": 1.0}) == learned.probabilities({})


def test_folds_do_not_depend_on_the_order_of_documents():
    names = [f"document {n}" for n in range(20)]
    assert folds(names) == folds(reversed(names))
    assert len(set(folds(names).values())) == 5
