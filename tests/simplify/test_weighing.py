"""Coordinated clauses are equals, unless the model is sure that the later one only says more about the first."""

from __future__ import annotations

import pytest

from stages.simplify.engine import split
from stages.simplify.relating import open_equality, open_relate
from stages.simplify.rules.registry import english
from stages.simplify.writing import Proposition
from tests.simplify.parsing import tree


def weighed(text: str) -> list[Proposition]:
    return list(split(tree(text), english(), open_relate(), (), open_equality()).propositions)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor resigned (she had lost the support of her party).",
        "The dam broke (the village had been evacuated before).",
    ],
)
def test_a_clause_in_brackets_is_a_context_of_the_one_before(text: str) -> None:
    first, second = weighed(text)
    assert (first.role, second.role) == ("core", "context")
    assert second.parent == 0
    assert [link.target for link in first.links] == [1]
    assert second.links == ()


@pytest.mark.parametrize(
    "text",
    [
        "The nurse opened the window, and the patient fell asleep.",
        "The train was late, but the passengers waited.",
        "The roof leaks; the cellar is dry.",
        "The shop opens at nine, or the owner calls us.",
    ],
)
def test_lists_contrasts_and_alternatives_are_equals(text: str) -> None:
    found = weighed(text)
    assert [one.role for one in found] == ["core"] * len(found)
    assert all(one.links for one in found)


def test_without_the_model_all_conjuncts_are_equals() -> None:
    text = "The mayor resigned (she had lost the support of her party)."
    found = split(tree(text), english(), open_relate()).propositions
    assert [one.role for one in found] == ["core", "core"]
