"""Frames of French: the same ways to become a sentence as in English, with French words and joints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stages.simplify.realisation.draft import CLOSING, OPENING, Draft
from stages.simplify.realisation.frames import Frame, SharedSubject, Whole
from stages.simplify.realisation.french import conjugation, verbs
from stages.simplify.realisation.french.spelling import joined
from stages.simplify.realisation.items import Item, tokens_of
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit


@dataclass(frozen=True, slots=True)
class FrenchWhole(Whole):
    """The constituent as it stands, with verbs in another form where ``forms`` says so."""

    forms: tuple[tuple[int, str], ...] = ()

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """All tokens in order."""
        forms = dict(self.forms)
        return joined(draft.sentence, [(t, forms[t]) if t in forms else t for t in unit.own])


@dataclass(frozen=True, slots=True)
class FrenchSharedSubject(SharedSubject):
    """ "Il mange et boit": subject and auxiliaries of another unit."""

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Subject, auxiliaries, the rest."""
        found = SharedSubject.items(self, draft, unit)
        if found is None or is_torn(draft.sentence, tokens_of(found)):
            return None
        return joined(draft.sentence, found)


@dataclass(frozen=True, slots=True)
class FrenchPresented(Frame):
    """ "Ceci était" and an adjunct of the unit it was cut from."""

    tense: verbs.Tense

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """This, the copula, the constituent."""
        return joined(draft.sentence, ["Ceci", verbs.etre(self.tense, 2), *bare(draft, unit.own)])

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """This."""
        return ["Ceci"]


@dataclass(frozen=True, slots=True)
class FrenchAttributed(Frame):
    """ "Ceci était ce que Paul a dit", of "a dit Paul" or "Paul a dit".

    Args:
        inner: how the clause of saying is written without what was said.
        tense: of the copula.
        impersonal: "il a été annoncé": what is said is its subject.
    """

    inner: Frame
    tense: verbs.Tense
    impersonal: bool = False

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Subject before verb, whatever the source has."""
        s = draft.sentence
        start: list[Item] = ["Ceci", verbs.etre(self.tense, 2), "ce", "que"]
        subject = s.subject(unit.head)
        if not isinstance(self.inner, Whole):
            found = self.inner.items(draft, unit)
            return joined(s, [*start, *found]) if found else None
        if subject is None:
            return None
        if self.impersonal:
            return joined(s, [*start[:-1], (subject, "qui"), *(t for t in unit.own if t != subject)])
        phrase = draft.phrase(subject)
        verb_group = {t for t in unit.own if _is_of_verb(draft, unit.head, t)}
        rest = [t for t in unit.own if t not in phrase and t not in verb_group]
        opening = [t for t in rest if t < min(phrase[0], min(verb_group))]
        closing = [t for t in rest if t not in opening]
        said: list[Item] = [detached(s.words[t], t) for t in phrase]
        return joined(s, [*start, *said, *sorted(verb_group), *closing, *opening])

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Of the clause, for verb phrases that share it."""
        return self.inner.subject(draft, unit)


def detached(word: str, token: int) -> Item:
    """A pronoun that stood behind its verb, without the hyphen: "-t-il" is "il"."""
    if not word.startswith("-"):
        return token
    return (token, word.removeprefix("-t").removeprefix("-"))


def _is_of_verb(draft: Draft, verb: int, token: int) -> bool:
    s = draft.sentence
    if token == verb:
        return True
    if s.heads[token] != verb:
        return False
    if s.relations[token] in (rel.AUXILIARY, rel.PASSIVE_AUXILIARY, rel.CLITIC, rel.NEGATION):
        return True
    return token < verb and s.tags[token] == "PRP" and s.relations[token] in (rel.OBJECT, rel.INDIRECT_OBJECT)


@dataclass(frozen=True, slots=True)
class FrenchDescribed(Frame):
    """A noun phrase, a form of "être" or a verb made finite, and the constituent.

    Args:
        noun: head of the noun phrase.
        tense: of the verb.
        lender: a unit whose subject is the subject here.
        copula: what is put in: a form of "être" ("be"), "a été" ("been"), nothing ("").
        verb: token that is made finite, with its forms for one and for several: past, or present.
        reverse: the constituent is the subject, and the noun phrase what it is.
    """

    noun: int
    tense: verbs.Tense
    lender: Unit | None = None
    copula: str = "be"
    verb: int = -1
    reverse: bool = False

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Subject, verb, the rest."""
        s = draft.sentence
        subject = self.subject(draft, unit)
        if not subject or is_torn(s, [*tokens_of(subject), *unit.own]):
            return None
        own: list[Item] = list(bare(draft, unit.own))
        if self.reverse:
            other = named(draft, self.noun, unit.head)
            who = verbs.person("", verbs.is_plural(s, unit.head))
            return joined(s, [*own, verbs.etre(self.tense, who), *other])
        who = self._person(draft, subject)
        if self.verb >= 0:
            form = _finite(s.lowers[self.verb], self.tense, who)
            if form is None:
                return None
            own = [(self.verb, form) if t == self.verb else t for t in bare(draft, unit.own)]
            before = [t for t in own if not isinstance(t, int) or _is_before_verb(draft, self.verb, t)]
            return joined(s, [*subject, *before, *(t for t in own if t not in before)])
        verb: list[Item] = []
        if self.copula == "be":
            verb = [verbs.etre(self.tense, who)]
        elif self.copula == "been":
            verb = [verbs.avoir("present", who), "été"]
        return joined(s, [*subject, *verb, *own])

    def _person(self, draft: Draft, subject: list[Item]) -> int:
        s = draft.sentence
        tokens = tokens_of(subject)
        head = self.noun
        if self.lender is not None:
            found = s.subject(self.lender.head)
            head = found if found is not None else head
        word = s.lowers[tokens[0]].replace("’", "'").lstrip("-") if len(tokens) == 1 else ""
        return verbs.person(word, verbs.is_plural(s, head))

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The noun phrase, or the lender's subject."""
        if self.lender is not None:
            return draft.subject(self.lender)
        if self.reverse:
            return list(unit.own)
        return named(draft, self.noun, unit.head)


def bare(draft: Draft, own: list[int]) -> list[int]:
    """Tokens without the marks around them."""
    s = draft.sentence
    first = next(
        (i for i, t in enumerate(own) if s.relations[t] != rel.PUNCTUATION or s.tags[t] in OPENING), 0
    )
    last = next(
        (
            i
            for i in range(len(own), 0, -1)
            if s.relations[own[i - 1]] != rel.PUNCTUATION or s.tags[own[i - 1]] in CLOSING
        ),
        len(own),
    )
    return own[first:last]


def is_torn(s: Sentence, tokens: Sequence[int]) -> bool:
    """Whether a word with hyphens is not whole among the tokens: "années" of "années-lumière"."""
    present = set(tokens)
    return any(
        s.words[t] in ("-", "–")
        and not s.spaces[t]
        and not s.spaces[t - 1]
        and len({t - 1, t + 1} & present) == 1
        for t in range(1, len(s) - 1)
    )


def _is_before_verb(draft: Draft, verb: int, token: int) -> bool:
    """Clitics and negation that stand before a participle stay before the finite verb."""
    s = draft.sentence
    return token < verb and s.heads[token] == verb and s.relations[token] in (rel.CLITIC, rel.NEGATION)


def _finite(word: str, when: verbs.Tense, who: int) -> str | None:
    if word in ("avoir", "ayant"):
        return verbs.avoir("present" if word == "avoir" else when, who)
    if word in ("être", "étant"):
        return verbs.etre("present" if word == "être" else when, who)
    if when == "past" or who not in (2, 5):
        return conjugation.imperfect(word, who)
    return conjugation.present(word, who == 5)


def named(draft: Draft, noun: int, before: int) -> list[Item]:
    """A noun phrase for use elsewhere; with the article that its preposition has swallowed ("au directeur")."""
    s = draft.sentence
    found: list[Item] = draft.named(noun, before)
    if s.relations[noun] == rel.PREPOSITION_OBJECT:
        preposition = s.heads[noun]
        article = _SWALLOWED.get(s.lowers[preposition])
        if s.lowers[preposition] == "des" and s.relations[preposition] != rel.PREPOSITION:
            article = "des"  # the article itself: "et des amis"
        if article is not None and s.find(noun, rel.DETERMINER) is None:
            return joined(s, [(s.heads[noun], article), *found])
    return found


_SWALLOWED = {"au": "le", "du": "le", "aux": "les", "des": "les"}
