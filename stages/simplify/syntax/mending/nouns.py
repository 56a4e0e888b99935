"""Nouns joined to the wrong noun, or to a verb."""

from __future__ import annotations

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence


def mend_noun(s: Sentence, token: int) -> None:
    """ "the study of the earth and its lands, rivers and towns": bare nouns go on with the inner list."""
    head = s.heads[token]
    example = _example(s, token, head)
    if example is not None:
        s.attach(token, example)
        return
    if s.is_verb(head) and head < token and s.tags[token] in NOUNS and s.tags[head] != "VBG":
        _join_object(s, token)
        return
    if head > token or s.tags[token] not in ("NN", "NNS") or s.tags[head] != "NN" or not _is_bare(s, token):
        return
    if s.child(head, (rel.DETERMINER, rel.POSSESSOR)) is None or s.words[s.first(token) - 1] != ",":
        return
    before = s.first(token) - 2
    inner = before
    while inner not in (head, s.heads[inner]):
        if s.relations[inner] == rel.CONJUNCT and s.tags[inner] == s.tags[token]:
            s.attach(token, inner)
            return
        inner = s.heads[inner]


def mend_second_object(s: Sentence, token: int) -> None:
    """ "liked fruit, including figs from Ayr, pears from Barr": one of the examples."""
    earlier = s.find(s.heads[token], rel.OBJECT)
    if earlier is None or earlier == token:
        return
    example = _example(s, token, earlier)
    if example is not None:
        s.attach(token, example, rel.CONJUNCT)


def mend_gap(s: Sentence, token: int) -> None:
    """ "It borders Ayr on the west, Barr on the east": a list of nouns, each with its phrase."""
    verb = s.heads[token]
    if not s.is_verb(verb):
        verb = s.heads[verb]
    last = s.first(token) - 1
    if not s.is_verb(verb) or token < verb or s.words[last] != "," or s.tags[token] not in NOUNS:
        return
    noun, preposition = s.find(verb, rel.OBJECT), s.find(token, rel.PREPOSITION)
    if noun is None or preposition is None or noun > token or s.find(token, rel.CONJUNCT) is None:
        return
    other = s.first(last - 1)
    while s.heads[other] not in (verb, noun, other):
        other = s.heads[other]
    if s.relations[other] != rel.PREPOSITION or s.lowers[other] != s.lowers[preposition] or other < noun:
        return
    s.attach(other, noun)
    s.attach(token, noun, rel.CONJUNCT)


def mend_name(s: Sentence, token: int) -> None:
    """ "the album by the band Ely": a name right after a common noun is a name of that."""
    head, before = s.heads[token], s.first(token) - 1
    if (
        s.relations[token] != rel.APPOSITION
        or s.tags[token] not in ("NNP", "NNPS")
        or not head < before < token
    ):
        return
    if s.tags[before] == "NN" and s.relations[before] == rel.PREPOSITION_OBJECT:
        s.attach(token, before)


def is_participle_of_noun(s: Sentence, token: int) -> bool:
    """ "plans with a courtyard and covered hall": a bare noun in the singular is no object of a verb."""
    before = s.first(token) - 1
    if s.tags[token] not in ("VBD", "VBN") or s.first(token) != token or before < 1:
        return False
    if (
        s.relations[before] != rel.COORDINATOR
        or s.tags[before - 1] not in NOUNS
        or s.subject(token) is not None
    ):
        return False
    noun = s.find(token, rel.OBJECT)
    if noun is None or s.tags[noun] != "NN" or s.first(noun) != token + 1:
        return False
    if s.child(noun, (rel.DETERMINER, rel.POSSESSOR)) is not None:
        return False
    finite = s.finite(s.heads[token])
    return finite is not None and s.tags[finite] in ("VBZ", "VBP")


def join_nouns(s: Sentence, token: int) -> None:
    """Join the noun of ``is_participle_of_noun`` to the noun before."""
    noun = s.find(token, rel.OBJECT)
    assert noun is not None  # noqa: S101 - that of is_participle_of_noun
    coordinator = s.first(token) - 1
    s.attach(noun, coordinator - 1, rel.CONJUNCT)
    s.attach(coordinator, coordinator - 1)
    for child in list(s.children[token]):
        s.attach(child, noun)
    s.attach(token, noun, rel.ADJECTIVE)


def _join_object(s: Sentence, token: int) -> None:
    """ "saw a dog, and cats": a noun is joined to the object, not to the verb."""
    verb, coordinator = s.heads[token], s.first(token) - 1
    if s.relations[coordinator] != rel.COORDINATOR or s.child(token, rel.SUBJECTS) is not None:
        return
    before = coordinator - 1
    if before > verb and s.words[before] == ",":
        before -= 1
    while s.heads[before] not in (verb, before):
        if s.relations[before] == rel.CONJUNCT and s.tags[before] == s.tags[token]:
            s.attach(token, before)
            s.attach(coordinator, before)
            return
        before = s.heads[before]
        if before < verb:
            return
    if before > verb and s.relations[before] == rel.OBJECT and s.tags[before] == s.tags[token]:
        while (after := s.find(before, rel.CONJUNCT)) is not None:
            before = after
        s.attach(token, before)
        s.attach(coordinator, before)


def _example(s: Sentence, token: int, head: int) -> int | None:
    """The noun after "including" or "such as" that a noun after it goes on with."""
    last = s.first(token) - 1
    if head > token or s.words[last] != "," or s.tags[token] not in NOUNS:
        return None
    for preposition in s.children[head]:
        if head < preposition < last and s.relations[preposition] == rel.PREPOSITION:
            noun = s.find(preposition, rel.PREPOSITION_OBJECT)
            opens = s.lowers[preposition] == "including" or (
                s.lowers[preposition] == "as" and s.lowers[preposition - 1] == "such"
            )
            if opens and noun is not None and s.last(preposition) == last - 1:
                return noun
    return None


def _is_bare(s: Sentence, noun: int) -> bool:
    return s.child(noun, (rel.DETERMINER, rel.POSSESSOR, rel.NUMBER)) is None


NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
