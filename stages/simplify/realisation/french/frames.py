"""Frames of French: the same ways to become a sentence as in English, with French words and joints."""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame, SharedSubject, Whole
from stages.simplify.realisation.french import verbs
from stages.simplify.realisation.french.spelling import joined
from stages.simplify.realisation.items import Item, tokens_of
from stages.simplify.syntax import relations as rel
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
        return joined(draft.sentence, found) if found is not None else None


@dataclass(frozen=True, slots=True)
class FrenchPresented(Frame):
    """ "Ceci était" and an adjunct of the unit it was cut from."""

    tense: verbs.Tense

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """This, the copula, the constituent."""
        return joined(draft.sentence, ["Ceci", verbs.etre(self.tense, 2), *unit.own])

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
        start: list[Item] = ["Ceci", verbs.etre(self.tense, 2), "ce", "qui" if self.impersonal else "que"]
        subject = s.subject(unit.head)
        if isinstance(self.inner, SharedSubject):
            found = self.inner.items(draft, unit)
            return joined(s, [*start, *found]) if found else None
        if subject is None:
            return None
        if self.impersonal:
            return joined(s, [*start, *(t for t in unit.own if t != subject)])
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
        if not subject:
            return None
        own: list[Item] = list(unit.own)
        if self.reverse:
            other = named(draft, self.noun, unit.head)
            who = verbs.person("", verbs.is_plural(s, unit.head))
            return joined(s, [*own, verbs.etre(self.tense, who), *other])
        who = self._person(draft, subject)
        if self.verb >= 0:
            form = _finite(s.lowers[self.verb], self.tense, who)
            if form is None:
                return None
            own = [(self.verb, form) if t == self.verb else t for t in unit.own]
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
        return verbs.imperfect(word, who)
    return verbs.present(word, who == 5)


def named(draft: Draft, noun: int, before: int) -> list[Item]:
    """A noun phrase for use elsewhere; with the article that its preposition has swallowed ("au directeur")."""
    s = draft.sentence
    found: list[Item] = draft.named(noun, before)
    if s.relations[noun] == rel.PREPOSITION_OBJECT:
        article = _SWALLOWED.get(s.lowers[s.heads[noun]])
        if article is not None and s.find(noun, rel.DETERMINER) is None:
            return joined(s, [(s.heads[noun], article), *found])
    return found


_SWALLOWED = {"au": "le", "du": "le", "aux": "les", "des": "les"}
