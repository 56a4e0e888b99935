"""What the tests of simplify share: the real parser, and splits as text."""

from __future__ import annotations

import functools

from stages.simplify.engine import split
from stages.simplify.languages import package_of
from stages.simplify.lexicon.english import ENGLISH
from stages.simplify.parsing import Parser
from stages.simplify.relating import open_relate
from stages.simplify.rules.registry import english
from stages.simplify.syntax.relations import CLEAR
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.writing import Proposition


@functools.cache
def parser() -> Parser:
    return Parser(package_of("en", None), ENGLISH, CLEAR)


@functools.cache
def tree(text: str) -> Sentence:
    (found,) = parser().parse([parser().tokenise(text)], [0])
    assert found is not None
    return found


def propositions(text: str) -> tuple[Proposition, ...]:
    return split(tree(text), english(), open_relate()).propositions


def drawn(text: str) -> list[str]:
    """Propositions in order, two blanks for each layer."""
    return ["  " * one.layer + one.text for one in propositions(text)]


def status(text: str) -> str:
    return split(tree(text), english(), open_relate()).status


def rules_of(text: str) -> set[str]:
    return {one.rule for one in propositions(text)} - {"sentence"}
