"""Reading units from RST dependencies, on a document written here with a tree given by hand."""

from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from models.discourse_relations.gum_nuclearity import joined  # noqa: E402

#        0     1    2   3    4    5     6       7  8       9
WORDS = ["Doors", "shut", "and", "bolts", "fell", "because", "it", "rained", ",", "said"]
HEADS = [1, 1, 1, 4, 1, 7, 7, 1, 1, 1]
DEPS = ["nsubj", "ROOT", "cc", "nsubj", "conj", "mark", "nsubj", "advcl", "punct", "dep"]
TAGS = ["NNS", "VBD", "CC", "NNS", "VBD", "IN", "PRP", "VBD", ",", "VBD"]
UNITS = [  # text, number of the unit it depends on, relation
    ("Doors shut", 0, "ROOT"),
    ("and bolts fell", 1, "joint-list_m"),
    ("because it rained ,", 1, "causal-cause_r"),
    ("said", 1, "same-unit_m"),
]


def parser(doc):
    """Stands for a pipeline: puts the tree above on the words."""
    return spacy.tokens.Doc(
        doc.vocab,
        words=[t.text for t in doc],
        heads=HEADS,
        deps=DEPS,
        tags=TAGS,
        sent_starts=[True] + [False] * 9,
    )


parser.vocab = spacy.blank("en").vocab


@pytest.fixture
def part(tmp_path: Path) -> Path:
    (tmp_path / "dep").mkdir()
    (tmp_path / "rsd").mkdir()
    rows = [f"{n}\t{w}\t{w}\t_\t_\t_\t0\troot\t_\t_" for n, w in enumerate(WORDS, 1)]
    (tmp_path / "dep" / "a.conllu").write_text("\n".join(rows) + "\n\n")
    lines = [
        f"{n}\t{text}\t0\t_\t_\t_\t{head}\t{name}\t_\t_" for n, (text, head, name) in enumerate(UNITS, 1)
    ]
    (tmp_path / "rsd" / "a.rsd").write_text("\n".join(lines) + "\n")
    return tmp_path


def test_pairs_with_their_grammar_and_what_rst_says(part: Path):
    conjunct, cause = joined(part, parser)
    assert (conjunct.equal, cause.equal) == (True, False)
    assert conjunct.attached
    assert cause.attached
    assert conjunct.junction.link == "conjunct"
    assert (conjunct.junction.cue, conjunct.junction.tag, conjunct.junction.has_subject) == (
        "and",
        "VBD",
        True,
    )
    assert cause.junction.link == "adverbial_clause"
    assert (cause.junction.cue, list(cause.junction.dependent)) == ("because", ["it", "rained"])
    assert list(cause.junction.governor) == ["Doors", "shut"]


def test_a_unit_cut_in_two_is_no_pair(part: Path):
    assert len(joined(part, parser)) == len(UNITS) - 2  # neither the root nor same-unit


def test_which_depends_is_told_by_the_parse_not_by_rst(part: Path):
    file = part / "rsd" / "a.rsd"
    turned = [("Doors shut", 2, "adversative-concession_r"), ("and bolts fell", 0, "ROOT"), *UNITS[2:]]
    lines = [
        f"{n}\t{text}\t0\t_\t_\t_\t{head}\t{name}\t_\t_" for n, (text, head, name) in enumerate(turned, 1)
    ]
    file.write_text("\n".join(lines) + "\n")
    pair = joined(part, parser)[0]
    assert pair.junction.link == "conjunct"
    assert pair.junction.position == "medial"
    assert not pair.equal


def test_files_that_do_not_fit_are_refused(part: Path):
    (part / "rsd" / "a.rsd").write_text("1\tDoors shut\t0\t_\t_\t_\t0\tROOT\t_\t_\n")
    with pytest.raises(ValueError, match="different numbers of tokens"):
        joined(part, parser)
