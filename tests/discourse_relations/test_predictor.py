"""What cues mean, told by the shipped model. Sentences are our own."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import catalog
from models.discourse_relations import predictor
from models.discourse_relations.features import expected, features, in_lexicon, normal
from models.discourse_relations.labels import Relation
from models.discourse_relations.predictor import MODEL, choose, open_classifier, relation

LEFT = ["The", "harbour", "was", "closed", "for", "a", "week"]
RIGHT = ["the", "crane", "had", "to", "be", "mended"]


@pytest.mark.parametrize(
    ("cue", "subordinate", "name"),
    [
        ("because", True, "CAUSE"),
        ("since the day", True, "CAUSE"),  # the lexicon's longest part
        ("although", True, "CONTRAST"),
        ("but", False, "CONTRAST"),
        ("and", False, "LIST"),
        ("or", False, "DISJUNCTION"),
        ("so that", True, "PURPOSE"),
        ("in order to", True, "PURPOSE"),
        ("if", True, "CONDITION"),
        ("unless", True, "CONDITION"),
        ("after", True, "TEMPORAL_BEFORE"),  # what follows happened before
        ("before", True, "TEMPORAL_AFTER"),
        ("until", True, "TEMPORAL_AFTER"),
        ("when", True, "BACKGROUND"),
        ("for example", False, "ELABORATION"),
        ("therefore", False, "RESULT"),
    ],
)
def test_cue_tells_the_relation(cue: str, subordinate: bool, name: str):
    assert relation(cue, "medial", subordinate, LEFT, RIGHT)[0] == name


def test_so_is_a_result_as_coordinator_and_a_purpose_as_subordinator():
    assert relation("so", "medial", False, LEFT, RIGHT)[0] == "RESULT"
    assert relation("so", "medial", True, LEFT, ["they", "could", "mend", "the", "crane"])[0] == "PURPOSE"


def test_a_cue_never_seen_means_what_the_lexicon_says():
    cue = "notwithstanding"
    assert f"cue {cue}" not in open_classifier().weights
    assert relation(cue, "medial", True, LEFT, RIGHT)[0] == "CONTRAST"


@pytest.mark.parametrize("cue", ["", "  ", "zorply"])
def test_without_a_known_cue_nothing_is_claimed(cue: str):
    assert relation(cue, "medial", True, LEFT, RIGHT) == ("UNKNOWN_SUBORDINATION", 0.0)
    assert relation(cue, "medial", False, LEFT, RIGHT) == ("UNKNOWN_COORDINATION", 0.0)


def test_case_and_blanks_of_the_cue_do_not_count():
    assert relation("Even  Though", "initial", True, LEFT, RIGHT) == relation(
        "even though", "initial", True, LEFT, RIGHT
    )


WORDS = st.lists(st.text(max_size=8), max_size=12)


@given(st.text(max_size=30), st.sampled_from(("initial", "medial", "final")), st.booleans(), WORDS, WORDS)
def test_any_words_give_a_public_name_that_is_not_a_variant(cue, position, subordinate, left, right):
    name, probability = relation(cue, position, subordinate, left, right)
    assert Relation(name)
    assert not name.endswith("_C")
    assert 0 <= probability <= 1 + 1e-9


@given(WORDS, WORDS)
def test_probabilities_sum_to_one(left, right):
    found = open_classifier().probabilities(features("while", "medial", True, left, right))
    assert math.isclose(sum(found.values()), 1)


def test_the_class_is_chosen_before_the_name():
    told = {Relation.CAUSE: 0.3, Relation.RESULT: 0.25, Relation.LIST: 0.45}
    assert choose(told) == (Relation.CAUSE, pytest.approx(0.55))


def test_every_cue_of_the_lexicon_is_found_whole():
    for cue in ("in spite of", "as a result", "so that"):
        assert in_lexicon(normal(cue))
    assert expected("and so then") == Relation.RESULT  # "and so" before "then"


def test_model_is_the_one_of_the_catalog():
    assert catalog.verify(MODEL).state == "ok"
    assert predictor.model_hashes() == {MODEL: catalog.entry(MODEL).sha256}
