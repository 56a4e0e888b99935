"""French connectives by their table."""

from __future__ import annotations

import pytest

from models.discourse_relations.lexicon_fr import relation_fr


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("parce que", "CAUSE"),
        ("Parce qu'", "CAUSE"),
        ("lorsqu’", "BACKGROUND"),
        ("afin d'", "PURPOSE"),
        ("mais", "CONTRAST"),
        ("avant de", "TEMPORAL_AFTER"),
        ("mais alors", "CONTRAST"),
    ],
)
def test_a_cue_is_told_by_its_table_whatever_its_spelling(cue: str, expected: str) -> None:
    assert relation_fr(cue, True) == expected


def test_an_unknown_cue_is_named_by_its_kind() -> None:
    assert relation_fr("zut", True) == "UNKNOWN_SUBORDINATION"
    assert relation_fr("", False) == "UNKNOWN_COORDINATION"
