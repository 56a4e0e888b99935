"""Frames that say of something what it is: "Ann is a doctor", "This was in May"."""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.realisation import morphology
from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame, SharedSubject
from stages.simplify.realisation.items import Item, tokens_of
from stages.simplify.syntax import relations as rel
from stages.simplify.unit import Unit


@dataclass(frozen=True, slots=True)
class Presented(Frame):
    """ "This was" and the constituent, which is an adjunct of the unit it was cut from."""

    tense: morphology.Tense

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """This, the copula, the constituent."""
        return ["This", morphology.be(self.tense, False), *unit.own]

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """This."""
        return ["This"]


@dataclass(frozen=True, slots=True)
class Described(Frame):
    """A noun phrase, a form of "be" or another verb form, and the constituent.

    Args:
        noun: head of the noun phrase.
        tense: of the copula.
        spoken_of: a unit whose subject stands for the noun phrase (see ``RelativeFrame``).
        copula: whether "be" is put in.
        article: "a" or "an" before the constituent where it has none.
        verb: token of the constituent's verb, with base form, when it is to be finite instead of having "be".
        word: the subject, where neither noun phrase nor unit is it.
        forms: tokens of the constituent in another form, "have" or "be" by name, to agree with the subject.
        reverse: the constituent is the subject, and the noun phrase what it is.
    """

    noun: int
    tense: morphology.Tense
    spoken_of: Unit | None = None
    copula: bool = True
    article: bool = False
    verb: tuple[int, str] | None = None
    forms: tuple[tuple[int, str], ...] = ()
    word: str | None = None

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Noun phrase, copula, constituent."""
        subject = self.subject(draft, unit)
        if not subject:
            return None
        plural, word = agreement(draft, self, subject)
        forms = {}
        for token, base in self.forms:
            form = morphology.have if base == "have" else morphology.be
            forms[token] = form(self.tense, plural, word)
        if self.verb is not None:
            token, base = self.verb
            finite = finite_form(draft, base, self.tense, plural, word)
            if finite is None:
                return None
            forms[token] = finite
        rest: list[Item] = [(token, forms[token]) if token in forms else token for token in unit.own]
        if self.copula:
            return [*subject, morphology.be(self.tense, plural, word), *self._article(draft, unit), *rest]
        adverbs, rest = _before_verb(draft, unit, rest)
        return [*subject, *adverbs, *rest]

    def _article(self, draft: Draft, unit: Unit) -> list[Item]:
        if not self.article or not unit.own:
            return []
        return [article_for(draft.sentence.words[unit.own[0]])]

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The noun phrase."""
        if self.word is not None:
            return [self.word]
        if self.spoken_of is not None:
            found = draft.subject(self.spoken_of)
            if found:
                return found
            if self.noun == self.spoken_of.head:
                return None
        s = draft.sentence
        noun: list[Item] = draft.named(self.noun, unit.head)
        if noun == [self.noun] and s.lowers[self.noun] in morphology.SUBJECT_CASE:
            return [(self.noun, morphology.SUBJECT_CASE[s.lowers[self.noun]])]
        return noun


def _before_verb(draft: Draft, unit: Unit, rest: list[Item]) -> tuple[list[Item], list[Item]]:
    return [], rest


def article_for(word: str) -> str:
    """ "a" or "an", by the letter that follows."""
    lower = word.lower()
    if lower.startswith(("uni", "use", "usu", "eu", "one", "ura", "ute")) and not lower.startswith(
        ("unim", "unin")
    ):
        return "a"
    if lower.startswith(("hour", "honest", "honour", "honor", "heir")):
        return "an"
    if len(word) > 1 and word.isupper() and lower[0] in "fhlmnrsx":
        return "an"  # spelled: an MP
    return "an" if lower[:1] in "aeiou" else "a"


def agreement(draft: Draft, frame: Described, subject: list[Item]) -> tuple[bool, str]:
    """Whether the subject is plural, and its only word if it has one."""
    s = draft.sentence
    if frame.word is not None:
        return False, ""
    tokens = tokens_of(subject)
    word = s.lowers[tokens[0]] if len(tokens) == 1 else ""
    head = frame.noun
    if word in ("they", "we", "you"):
        return True, word
    if frame.spoken_of is not None:
        unit = frame.spoken_of
        while isinstance(unit.frame, SharedSubject) and s.subject(unit.head) is None:
            unit = unit.frame.lender
        found = s.subject(unit.head)
        head = found if found is not None else head
    plural = morphology.is_plural(s, head)
    conjunct = s.find(head, rel.CONJUNCT)
    if conjunct is not None and conjunct not in tokens:
        plural = s.tags[head] in ("NNS", "NNPS")
    return plural, word


def finite_form(draft: Draft, base: str, tense: morphology.Tense, plural: bool, word: str) -> str | None:
    """A verb with the tense and the agreement of a sentence."""
    if base == "be":
        return morphology.be(tense, plural, word)
    if base == "have":
        return morphology.have(tense, plural, word)
    tag = "VBD" if tense == "past" else "VBP" if plural or word in ("i", "you", "we", "they") else "VBZ"
    return morphology.inflect(base, tag, draft.sentence.lowers)
