"""The score of the gold set: every unit in a proposition of its own, in its role, nothing lost."""

import json
import re

import pytest

from benchmarks import simplify_correctness
from benchmarks.simplify_correctness import FOLDER, gold, judge, output_hash
from benchmarks.simplify_systems import Proposition, Result
from models.discourse_relations.labels import Relation

pytest.importorskip("lemminflect")

SENTENCE = "Doors shut because it rained."
ITEM = {
    "construct": "adverbial_clauses",
    "line": 1,
    "sha256": "0",
    "units": [
        {"id": "a", "role": "core", "readings": [{"words": [[0], [1]], "without": [4]}]},
        {"id": "b", "role": "context", "readings": [{"words": [[3, "this"], [4]], "without": [1]}]},
    ],
    "links": [{"between": [["a"], ["b"]], "relation": ["CAUSE"]}],
}


def result(*parts: tuple[str, str], relation: str = "CAUSE") -> Result:
    links = ((relation, 1),) if len(parts) > 1 else ()
    return Result(
        SENTENCE,
        "split" if len(parts) > 1 else "unsplit",
        tuple(
            Proposition(text, n, role, "adverbial_clause" if n else "sentence", (), () if n else links, ())
            for n, (role, text) in enumerate(parts)
        ),
    )


def test_a_good_split_is_correct():
    verdict = judge(ITEM, SENTENCE, result(("core", "Doors shut."), ("context", "It rained.")))
    assert verdict.correct
    assert verdict.fired
    assert verdict.links == (True,)


def test_the_sentence_itself_is_no_split():
    verdict = judge(ITEM, SENTENCE, result(("core", SENTENCE)))
    assert not verdict.mechanical
    assert not verdict.fired
    assert verdict.links == ()


def test_a_unit_in_another_role_is_not_found_and_said_so():
    verdict = judge(ITEM, SENTENCE, result(("core", "Doors shut."), ("core", "It rained.")))
    assert not verdict.mechanical
    assert verdict.role_only == ("b",)


def test_a_lost_word_is_wrong():
    item = ITEM | {"units": ITEM["units"][:1], "links": []}
    verdict = judge(item, SENTENCE, result(("core", "Doors shut.")))
    assert verdict.lost == {"rained"}
    assert not verdict.mechanical


def test_another_relation_is_counted_apart():
    verdict = judge(
        ITEM, SENTENCE, result(("core", "Doors shut."), ("context", "It rained."), relation="LIST")
    )
    assert verdict.correct
    assert verdict.links == (False,)


def test_a_judgement_overrules_only_the_output_it_was_made_of(tmp_path, monkeypatch):
    good = result(("core", "Doors shut."), ("context", "It rained."))
    row = {
        "construct": "adverbial_clauses",
        "line": 1,
        "sha256": "0",
        "output": output_hash(good),
        "correct": False,
        "error": "missing",
    }
    (tmp_path / "judgements.json").write_text(json.dumps([row]))
    monkeypatch.setattr(simplify_correctness, "FOLDER", tmp_path)
    assert judge(ITEM, SENTENCE, good).mechanical
    assert not judge(ITEM, SENTENCE, good).correct
    assert judge(ITEM, SENTENCE, good).error == "missing"
    assert judge(ITEM, SENTENCE, result(("core", "Doors shut."), ("context", "This rained."))).correct


def test_the_gold_set_is_sound():
    items = gold()
    assert len(items) == 110
    assert len({(item["file"], item["line"]) for item in items}) == 110
    for item in items:
        ids = {unit["id"] for unit in item["units"]}
        assert re.fullmatch("[0-9a-f]{16}", item["sha256"])
        for unit in item["units"]:
            assert unit["role"] in ("core", "context", "any")
            for reading in unit["readings"]:
                numbers = [n for some in reading["words"] for n in some if isinstance(n, int)]
                assert all(0 <= n < item["tokens"] for n in [*numbers, *reading["without"]])
                assert numbers
        for link in item["links"]:
            assert {name for side in link["between"] for name in side} <= ids
            assert all(Relation(name) for name in link["relation"])
    assert (FOLDER / "README.md").is_file()
