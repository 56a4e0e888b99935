"""Frames of appositions."""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.realisation import morphology
from stages.simplify.realisation.descriptions import article_for
from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.items import Item
from stages.simplify.syntax import relations as rel
from stages.simplify.unit import Unit


@dataclass(frozen=True, slots=True)
class Appositive(Frame):
    """ "Paris is the capital".

    Args:
        noun: head of the first noun phrase.
        tense: of the copula.
        reverse: the apposition is the subject.
    """

    noun: int
    tense: morphology.Tense
    reverse: bool = False

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Subject, copula, the other noun phrase."""
        s = draft.sentence
        other: list[Item] = draft.named(self.noun, unit.head)
        if other == [self.noun] and s.lowers[self.noun] in morphology.SUBJECT_CASE:
            other = [(self.noun, morphology.SUBJECT_CASE[s.lowers[self.noun]])]
        own: list[Item] = list(unit.own)
        subject, predicate = (own, other) if self.reverse else (other, own)
        head = unit.head if self.reverse else self.noun
        plural = is_plural_apart(draft, head, subject)
        return [*subject, morphology.be(self.tense, plural, _word(draft, subject)), *predicate]


@dataclass(frozen=True, slots=True)
class Titled(Frame):
    """ "Ann Lee is a singer", of "singer Ann Lee".

    Args:
        name: head of the name.
        tense: of the copula.
        title: tokens that say what the bearer of the name is.
    """

    name: int
    tense: morphology.Tense
    title: tuple[int, ...]

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Name, copula, title with an article where it has none."""
        s = draft.sentence
        name: list[Item] = [t for t in draft.noun_phrase(self.name, len(s)) if t not in self.title]
        if not name:
            return None
        first = self.title[0]
        bare = (
            s.relations[first] not in (rel.DETERMINER, rel.POSSESSOR)
            and s.tags[first] not in ("PRP$", "DT")
            and not any(s.tags[t] in ("POS", "PRP$", "DT") for t in self.title)
        )
        article: list[Item] = []
        if bare and s.tags[unit.head] != "NNS" and s.lowers[unit.head] not in s.lexicon.offices:
            article = [article_for(s.words[first])]
        title: list[Item] = list(self.title)
        if article and s.tags[unit.head] in ("NNP", "NNPS"):
            title = [
                (t, s.lowers[t]) if t == unit.head else t for t in self.title
            ]  # "Captain Smith": a captain
        plural = s.tags[unit.head] == "NNS"
        return [*name, morphology.be(self.tense, plural), *article, *title]


def is_plural_apart(draft: Draft, head: int, phrase: list[Item]) -> bool:
    """Whether a phrase is plural when it stands without conjuncts that it had in the source."""
    s = draft.sentence
    conjunct = s.find(head, rel.CONJUNCT)
    if conjunct is not None and conjunct not in phrase:
        return s.tags[head] in ("NNS", "NNPS")
    return morphology.is_plural(s, head)


def _word(draft: Draft, subject: list[Item]) -> str:
    only = subject[0]
    return draft.sentence.lowers[only] if len(subject) == 1 and isinstance(only, int) else ""
