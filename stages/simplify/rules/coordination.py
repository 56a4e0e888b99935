"""Coordinated clauses (Quirk et al. 1985, 13.2-13.55; Huddleston and Pullum 2002, ch. 15)."""

from __future__ import annotations

from stages.simplify.realisation.frames import SharedSubject, Whole
from stages.simplify.realisation.morphology import lemma
from stages.simplify.rules.coordinators import coordinators
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def coordinate_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann sings and Bob dances." Each clause has its own subject and tense."""
    head = s.heads[token]
    if head != unit.head or not s.is_clause(token) or not _sentence_like(s, unit):
        return None
    subject = s.subject(token)
    if subject is None or (
        subject > token and s.relations[subject] != rel.EXPLETIVE and s.first(token) == token
    ):
        return None  # a noun phrase after a verb phrase without subject was taken for one
    if _opens_with_wh(s, token):
        return None
    cue, told = coordinators(s, head, token)
    markers = tuple(t for t in s.children[token] if s.relations[t] == rel.MARKER and t < token)
    return Cut(
        token, "coordinate_clause", Whole(), "coordinate", cue=cue, cue_elsewhere=told, replaced=markers
    )


def juxtaposed_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann sings; Bob dances." Joined by a mark alone.

    Parsers hang the first clause under the second one as a complement or loosely; a complement proper has a verb
    that takes one, and follows it.
    """
    head = s.heads[token]
    if head != unit.head or not s.is_clause(token) or not s.is_clause(head):
        return None
    if token > head:
        # "Ann sings; Bob dances." with the first clause as the head
        strong = (
            s.relations[token] == rel.PARATAXIS
            and s.words[s.first(token) - 1] in (";", ":", "–", "—", "--", "(", "-LRB-")
            and s.is_closed_aside(token)
        )
        return Cut(token, "coordinate_clause", Whole(), "coordinate") if strong else None
    if s.find(token, rel.MARKER) is not None or _opens_with_wh(s, token):
        return None
    end = s.last(token) + 1
    marks = [
        t for t in range(end, min(end + 2, len(s))) if s.words[t] in (";", ":", ",", ".", "--", "–", "—")
    ]
    if not marks or marks[0] != end:
        return None
    weak = s.words[end] == ","
    following = end + 1
    if (
        weak
        and following < head
        and s.lowers[following] in ("so", "yet", "but", "and", "or")
        and s.heads[following] == head
    ):
        return Cut(token, "coordinate_clause", Whole(), "coordinate", cue=(following,))
    coordinator = s.find(token, rel.COORDINATOR)
    if coordinator is not None and coordinator < s.last(token):
        coordinator = None  # it joins words inside the clause
    if weak and s.words[head] in _QUOTING:
        return None
    if weak and _lemma_in(s, head, s.lexicon.attribution_verbs):
        return None
    return Cut(token, "coordinate_clause", Whole(), "coordinate", cue=(coordinator,) if coordinator else ())


def spliced_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann sang, however Bob left." Clauses joined by an adverb, which parsers take for subordination."""
    head, first = s.heads[token], s.first(token)
    if head != unit.head or token < head or not s.is_clause(token) or not _sentence_like(s, unit):
        return None
    if s.lowers[first] not in _JOINING or s.heads[first] != token or s.words[first - 1] not in (",", ";"):
        return None
    if s.find(token, rel.MARKER) is not None:
        return None
    return Cut(token, "coordinate_clause", Whole(), "coordinate", cue=(first,))


_JOINING = frozenset(
    {"however", "therefore", "thus", "hence", "nevertheless", "moreover", "furthermore", "consequently"}
)


_QUOTING = frozenset({"says", "said"})


def _sentence_like(s: Sentence, unit: Unit) -> bool:
    """Whether the unit's head has a tense, so that an equal can stand beside it."""
    return s.finite(unit.head) is not None or isinstance(unit.frame, SharedSubject)


def _opens_with_wh(s: Sentence, token: int) -> bool:
    return s.tags[s.first(token)] in ("WDT", "WP", "WP$", "WRB")


def _lemma_in(s: Sentence, token: int, verbs: frozenset[str]) -> bool:
    return lemma(s.lowers[token]) in verbs
