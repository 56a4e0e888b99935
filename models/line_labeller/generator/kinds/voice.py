"""The running text of documents: from public collections where there are any, from our own sentences otherwise."""

from __future__ import annotations

from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.sources import Section, Texts


class Voice:
    """Says what a document says. A case goes on where it was left, so that a document tells one story."""

    def __init__(self, facts: Facts, texts: Texts, chance: Chance) -> None:
        self.facts = facts
        self.words = facts.words
        self._texts = texts
        self._chance = chance
        self._case: list[str] = list(_one(texts.cases, chance) or [])
        self._at = 0

    def own(self, theme: str, count: int) -> list[str]:
        """Sentences of our own on a theme."""
        chance = self._chance
        said = []
        for pattern in chance.some(self.words.sentences.get(theme, self.words.sentences["course"]), count):
            text = self.facts.fill(pattern)
            if chance.maybe(0.12) and text.endswith("."):
                text = f"{text[:-1]}, {chance.of(self.words.findings)}."
            said.append(text)
        return said

    def told(self, count: int) -> list[str]:
        """The next sentences of the case."""
        if self._at >= len(self._case):
            self._case, self._at = list(_one(self._texts.cases, self._chance) or self.own("course", 6)), 0
        part = self._case[self._at : self._at + count]
        self._at += len(part)
        return part

    def passage(self, theme: str, count: int) -> str:
        """A paragraph of about so many sentences."""
        chance = self._chance
        collected = self._texts.passages.get(theme)
        if collected and chance.maybe(0.3):
            return chance.of(collected)
        if self._texts.snippets and chance.maybe(0.1):
            return chance.of(self._texts.snippets)
        if self._texts.cases and chance.maybe(
            0.65 if theme in ("story", "course", "result", "exam", "technique") else 0.15
        ):
            return " ".join(self.told(count))
        return " ".join(self.own(theme, count))

    def note(self) -> list[Section] | None:
        """A visit note with its own headings, if there are any."""
        return _one(self._texts.notes, self._chance)


def _one(options: list[list[str]] | list[list[Section]], chance: Chance) -> list | None:  # type: ignore[type-arg]
    return options[chance.number(0, len(options) - 1)] if options else None
