"""What somebody says, thinks or shows (Quirk et al. 1985, 14.28-14.35, 16.30-16.32; verbs after Levin, *English Verb
Classes*, 1993, 37 and 29-30).

What is said is the core. Who said it is its context, as RST has it (Carlson and Marcu 2001, attribution).
"""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.attributed import Attributed
from stages.simplify.realisation.frames import Whole
from stages.simplify.realisation.morphology import lemma, tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def attribution(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann said that Bob left." '"Bob left," said Ann.' "It is known that Bob left."

    Not cut: what is denied or asked ("did not say", "whether"), or said under a condition.
    """
    head = s.heads[token]
    if (
        head != unit.head
        or not s.is_clause(token)
        or lemma(s.lowers[head]) not in s.lexicon.attribution_verbs
    ):
        return None
    if s.is_negated(head) or not _is_told(s, head):
        return unit.guard()
    if s.is_infinitive(head):
        return None
    if token < head and not _is_before_comma(s, head, token):
        return None
    marker = s.find(token, rel.MARKER)
    if marker is not None and s.lowers[marker] != "that":
        return None
    opening = s.first(token)
    if (s.tags[opening] in ("WDT", "WP", "WP$", "WRB") and s.lowers[opening] != "that") or _asks(s, token):
        return None
    subject = s.subject(head)
    expletive = None
    if subject is not None and s.lowers[subject] == "it" and s.find(head, rel.PASSIVE_AUXILIARY) is not None:
        expletive = subject
    if subject is None and not hasattr(unit.frame, "lender"):
        return None
    if any(s.relations[t] == rel.OBJECT and s.tags[t] not in ("PRP",) for t in s.children[head]):
        return None  # "proved a failure that ..."
    frame = Attributed(unit.frame, tense(s, head), expletive)
    return Cut(
        token,
        "attribution",
        Whole(),
        "governing",
        relation=Relation.ATTRIBUTION.value,
        replaced=(marker,) if marker is not None else (),
        unit_frame=frame,
    )


def attribution_astray(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann showed before the board that Bob left", where the parser took what is said for an adverbial clause."""
    head, first = s.heads[token], s.first(token)
    if s.lowers[first - 1] == "that" and s.heads[first - 1] in s.subtree(token):
        first -= 1  # hangs on a conjunct of the verb
    if head > token or s.lowers[first] != "that" or s.words[first - 1] == ",":
        return None
    if s.subject(token) is None or s.subject(token) == first or s.relations[first - 1] == rel.ADVERB:
        return None
    if any(s.lowers[t] in ("so", "such") for t in range(head, first)):
        return None
    cut = attribution(s, unit, token)
    return cut._replace(replaced=(first,)) if cut is not None and cut.frame is not None else None


def attribution_aside(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Bob, Ann said, has left." The clause of saying stands inside what is said."""
    if s.heads[token] != unit.head or not s.is_clause(token):
        return None
    if lemma(s.lowers[token]) not in s.lexicon.attribution_verbs or s.is_negated(token):
        return None
    if s.find(token, rel.COMPLEMENT_CLAUSE) is not None or s.find(token, rel.OBJECT) is not None:
        return None
    if s.find(token, rel.MARKER) is not None:
        return None
    return Cut(
        token, "attribution", Attributed(Whole(), tense(s, token)), relation=Relation.ATTRIBUTION.value
    )


def _is_before_comma(s: Sentence, head: int, token: int) -> bool:
    """Whether a clause before its verb of saying ends in a comma or a quotation mark, and not in a stronger mark."""
    marks = [
        s.words[t]
        for t in range(s.last(token), min(s.last(token) + 3, head))
        if s.relations[t] == rel.PUNCTUATION
    ]
    return (
        bool(marks)
        and not any(m in (";", ":", ".") for m in marks)
        and s.find(head, rel.PASSIVE_AUXILIARY) is None
    )


def _is_told(s: Sentence, head: int) -> bool:
    """Whether the clause of saying is a statement: finite or shared, and without a modal that takes it back."""
    return not any(s.lowers[t] in ("if", "unless", "whether") for t in s.children[head])


def _asks(s: Sentence, token: int) -> bool:
    return any(s.lowers[t] in ("whether", "if") for t in s.children[token] if t < token)
