"""What holds for the propositions of any sentence of any language."""

from __future__ import annotations

from collections.abc import Sequence

from models.discourse_relations.labels import Relation
from stages.simplify.cutting import MAX_DEPTH, MAX_PROPOSITIONS
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.writing import Proposition

_NAMES = {relation.value for relation in Relation}


def assert_links_lead_somewhere(found: Sequence[Proposition]) -> None:
    """Contexts hang on something, and say so; links have targets and known names."""
    for number, one in enumerate(found):
        assert (one.parent is None) == (one.layer == 0) == (one.role == "core")
        if one.parent is not None:
            assert found[one.parent].layer == one.layer - 1
            assert any(link.target == number for link in found[one.parent].links)
        for link in one.links:
            assert 0 <= link.target < len(found)
            assert link.target != number
            assert link.relation in _NAMES


def assert_bounds_hold(found: Sequence[Proposition]) -> None:
    """Never a single one; not too many, nor too deep."""
    assert len(found) != 1
    assert len(found) <= MAX_PROPOSITIONS
    assert all(one.layer <= MAX_DEPTH for one in found)


def assert_texts_have_spans_of_the_source(sentence: Sentence, found: Sequence[Proposition]) -> None:
    """Text without white space around it; spans ascend, and begin and end with words."""
    for one in found:
        assert one.text.strip() == one.text != ""
        assert one.spans
        flat = [at for span in one.spans for at in span]
        assert flat == sorted(flat)
        assert set(flat) <= {*sentence.starts, *sentence.ends}
