"""What the tests of French share: the real parser, and splits as text."""

from __future__ import annotations

import functools

from stages.simplify.engine import Split, split
from stages.simplify.languages import LANGUAGES, Tools, package_of
from stages.simplify.syntax.sentence import Sentence


@functools.cache
def tools() -> Tools:
    return LANGUAGES["fr"].open(package_of("fr", None), None)


@functools.cache
def tree(text: str) -> Sentence:
    parser = tools().parser
    (found,) = parser.parse([parser.tokenise(text)], [0])
    assert found is not None
    return found


def done(text: str) -> Split:
    return split(tree(text), tools().rules, tools().relate)


def drawn(text: str) -> list[str]:
    """Propositions in order, two blanks for each layer."""
    return ["  " * one.layer + one.text for one in done(text).propositions]
