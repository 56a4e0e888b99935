"""Adverbial clauses with a tense and a subject (Quirk et al. 1985, 15.24-15.48; Huddleston and Pullum 2002, ch. 11)."""

from __future__ import annotations

from stages.simplify.realisation.frames import Whole
from stages.simplify.realisation.morphology import lemma
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def adverbial_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann left because Bob came." The subordinator is the cue; both clauses stand as they are.

    Not cut: conditions, which say whether the main clause holds; comparisons and clauses of degree; what stands in
    the place of a predicate ("this is because ..."); "not ... because", whose negation may be of either clause;
    "only when", "not until".
    """
    head = s.heads[token]
    if s.lowers[head] == "soon" and s.heads[head] in unit.spine:
        return _as_soon_as(s, token, head)
    if head not in unit.spine and s.heads[head] not in unit.spine:
        return None
    if not s.is_clause(token):
        return None
    cue = subordinator(s, token)
    if cue is None or not _can_stand_alone(s, unit, token, cue):
        return None
    return Cut(token, "adverbial_clause", Whole(), cue=cue)


def _as_soon_as(s: Sentence, token: int, soon: int) -> Cut | None:
    """ "As soon as the bell rang, they ran." """
    cue = (soon - 1, soon, soon + 1)
    if not s.is_clause(token) or cue[0] < 0 or any(s.lowers[t] != "as" for t in (cue[0], cue[2])):
        return None
    return Cut(token, "adverbial_clause", Whole(), cue=cue)


def subordinator(s: Sentence, token: int) -> tuple[int, ...] | None:
    """Tokens of the subordinator of a clause, with words that belong to it: "even though", "two years after"."""
    subject = s.subject(token)
    end = s.first(subject) if subject is not None else token
    found = [
        t
        for t in s.children[token]
        if t < end and (s.relations[t] == rel.MARKER or (s.tags[t] == "WRB" and s.relations[t] == rel.ADVERB))
    ]
    if not found:
        return None
    first, last = min(found), max(found)
    opening = s.first(token)
    if s.lowers[last] == "that" and first == opening and first > 0 and s.lowers[first - 1] in ("now", "so"):
        opening = first = first - 1  # "now that", of which the parser gave "now" to the main clause
    # everything from the opening of the clause up to the subordinator is one cue, if it is short
    if last - opening > 4 or any(s.words[t] == "," for t in range(opening, last)):
        return None
    if any(s.lowers[t] not in s.lexicon.cue_adverbs for t in range(opening, first)) and not _is_measure(
        s, opening, first
    ):
        return None
    return tuple(range(opening, last + 1))


def _is_measure(s: Sentence, start: int, end: int) -> bool:
    """ "two years", "a few days" """
    return any(s.relations[t] == rel.NOUN_ADVERB for t in range(start, end)) or s.tags[end - 1] in (
        "NN",
        "NNS",
    )


def _can_stand_alone(s: Sentence, unit: Unit, token: int, cue: tuple[int, ...]) -> bool:
    words = [s.lowers[t] for t in cue]
    lexicon = s.lexicon
    head = s.heads[token]
    if any(w in lexicon.conditional for w in words):
        unit.guard()
        return False
    if any(w in lexicon.comparative for w in words):
        return False
    if words[-1] == "that" and words[0] not in ("so", "now", "given", "considering", "except", "in"):
        return False
    if words[-1] == "that" and len(words) == 1:
        return False
    if words[-1] not in lexicon.adverbial:
        return False
    if "only" in words or (words[0] == "as" and _is_comparison(s, token, cue[0])):
        return False
    if words[-1] in ("where", "wherever") and token > head and not s.has_comma_before(token):
        return False
    if lemma(s.lowers[token]) in ("do", "be", "have") and s.last(token) == token:
        return False  # "before Bob did": the verb phrase is left out
    before = s.lowers[cue[0] - 1] if cue[0] > 0 else ""
    if before in _UNSETTLED:
        return False
    main = head if head in unit.spine else s.heads[head]
    denied = s.is_negated(main) and token > main
    if before in ("only", "not") or (
        denied and (words[-1] in ("because", "until", "as") or not s.has_comma_before(token))
    ):
        unit.guard()
        return False
    return not _is_predicate(s, main, token)


_UNSETTLED = frozenset({"just", "as", "such", "except", "than", "even", "or"})


def _is_comparison(s: Sentence, token: int, mark: int) -> bool:
    """ "as tall as he is", "the same as", "such as" """
    head = s.heads[token]
    if not s.is_verb(head):
        return True
    before = [s.lowers[t] for t in range(max(0, mark - 6), mark)]
    return "as" in before or "same" in before or "such" in before


def _is_predicate(s: Sentence, main: int, token: int) -> bool:
    """Whether the clause is all that follows a copula: "this is because ..."."""
    if s.lowers[main] not in ("is", "was", "are", "were", "be", "been", "'s", "being") or token < main:
        return False
    return not any(
        main < t < token and s.relations[t] not in (rel.PUNCTUATION, rel.NEGATION, rel.ADVERB)
        for t in s.children[main]
    )
