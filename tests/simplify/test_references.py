"""Words by which a sentence refers to the one before it."""

from __future__ import annotations

import pytest

from stages.simplify.rules.references import reference
from tests.simplify.parsing import tree


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("However, the shop was closed.", "However"),
        ("But the shop was closed.", "But"),
        ("The shop, however, was closed.", "however"),
        ("As a result, the shop was closed.", "As a result"),
        ("Therefore the shop was closed.", "Therefore"),
    ],
)
def test_words_of_reference_are_found(text: str, cue: str) -> None:
    found = reference(tree(text))
    assert found is not None
    assert " ".join(tree(text).words[t] for t in found.tokens) == cue


@pytest.mark.parametrize(
    "text",
    [
        "The shop was closed.",
        "Then came the rain.",
        "Still waters run deep.",
        "Rather large dogs bark.",
        "Both the shop and the bank were closed.",
    ],
)
def test_words_that_only_look_like_it_stay(text: str) -> None:
    assert reference(tree(text)) is None
