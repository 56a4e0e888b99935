"""Coordinated clauses and verb phrases (Quirk et al. 1985, 13.2-13.55; Huddleston and Pullum 2002, ch. 15)."""

from __future__ import annotations

from stages.simplify.realisation.frames import SharedSubject, Whole
from stages.simplify.realisation.items import Item
from stages.simplify.realisation.listed import Listed
from stages.simplify.realisation.morphology import inflect, lemma
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


def coordinate_verb_phrase(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann sings and dances." The second verb takes the first one's subject, and the auxiliaries it lacks."""
    head = s.heads[token]
    if head != unit.head or not s.is_verb(token):
        return None
    own_subject = s.subject(token)
    if own_subject is not None and own_subject < token:
        return None
    subject = s.subject(head)
    if subject is not None and s.relations[subject] == rel.EXPLETIVE:
        return None
    if subject is None and not isinstance(unit.frame, SharedSubject):
        return None
    if any(
        s.relations[t] == rel.PREPOSITION and t > head and not s.children[t] and s.tags[t] == "IN"
        for t in s.children[head]
    ):
        return None  # "fell in love with and married Ann": they share what follows
    cue, told = coordinators(s, head, token)
    auxiliaries = shared_auxiliaries(s, unit, token, [s.lowers[t] for t in cue])
    if auxiliaries is None or s.find(token, rel.MARKER) is not None:
        return None
    shared = _shared_object(s, head, token)
    if shared is not None:
        joint = told or cue
        if not joint or s.lowers[joint[0]] != "and":
            return None
        unit.borrowed = shared
    both = s.find(head, rel.CORRELATIVE)
    return Cut(
        token,
        "coordinate_verb_phrase",
        SharedSubject(unit, auxiliaries),
        "coordinate",
        cue=cue,
        cue_elsewhere=told,
        replaced=(both,) if both is not None and s.lowers[both] == "both" else (),
    )


def coordinate_infinitive(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann wants to sing and dance." becomes "Ann wants to sing." and "Ann wants to dance." """
    head = s.heads[token]
    if not _is_open(s, unit, head):
        return None
    if s.tags[token] != "VB" or s.tags[head] != "VB" or s.subject(token) is not None:
        return None
    to = s.auxiliaries(head)
    own = s.auxiliaries(token)
    if len(to) != 1 or s.tags[to[0]] != "TO" or (own and s.tags[own[0]] != "TO"):
        return None
    cue, told = coordinators(s, head, token)
    joint = told or cue
    if not joint or s.lowers[joint[0]] != "and" or _shared_object(s, head, token) is not None:
        return None
    if s.find(head, rel.CORRELATIVE) is not None:
        return None
    if s.is_negated(unit.head) or s.is_negated(s.heads[head]):
        return unit.guard()
    frame = Listed(unit, head, opening=() if own else (to[0],))
    return Cut(token, "coordinate_verb_phrase", frame, "coordinate", cue=cue, cue_elsewhere=told)


def _is_open(s: Sentence, unit: Unit, head: int) -> bool:
    """Whether an infinitive is a complement of the main clause, or of its predicate; or the purpose that a unit tells."""
    above = s.heads[head]
    if s.relations[head] == rel.OPEN_COMPLEMENT and head != unit.head:
        return head in unit.spine or (s.relations[above] == rel.PREDICATE and s.heads[above] == unit.head)
    if unit.rule != "purpose":
        return False
    return head == unit.head or s.relations[head] == rel.NOUN_CLAUSE


def coordinate_predicate(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann is tall and proud of it." Adjectives after "be", of which the second has words of its own."""
    head = s.heads[token]
    if (
        head == unit.head
    ):  # "are wide at the top, and narrow below": the parser joins the second one to the verb
        predicate = s.find(head, rel.PREDICATE)
        head = predicate if predicate is not None and predicate < token else head
    if s.relations[head] != rel.PREDICATE or s.heads[head] != unit.head or s.lowers[unit.head] not in _BE:
        return None
    if s.tags[head] not in ("JJ", "JJR", "VBN") or s.tags[token] not in ("JJ", "JJR"):
        return None
    if not any(t > token and s.relations[t] in _OWN for t in s.children[token]):
        return None
    cue, told = coordinators(s, s.heads[token], token)
    if not cue or s.lowers[cue[0]] not in ("and", "but") or s.find(head, rel.CORRELATIVE) is not None:
        return None
    if s.find(token, rel.CONJUNCT) is not None:
        return None
    if s.is_negated(unit.head) or any(w in ("so", "too", "as", "more", "less") for w in s.lowers):
        return unit.guard()
    return Cut(token, "coordinate_verb_phrase", Listed(unit, head), "coordinate", cue=cue, cue_elsewhere=told)


_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_OWN = frozenset({rel.PREPOSITION, rel.OPEN_COMPLEMENT})


def _shared_object(s: Sentence, head: int, token: int) -> int | None:
    """ "bought, mended and sold cars": what follows the last verb belongs to all, when nothing stands between them."""
    last, verbs = token, {head, token}
    while (found := _object_after(s, last)) is None:
        following = s.find(last, rel.CONJUNCT)
        if following is None or not s.is_verb(following):
            return None
        last = following
        verbs.add(last)
    # an object is of active verbs, an agent of passive ones
    if (s.relations[found] == rel.AGENT) != (s.find(head, rel.PASSIVE_AUXILIARY) is not None):
        return None
    plain = all(t in verbs or s.tags[t] == "CC" or s.words[t] == "," for t in range(head + 1, last))
    return found if plain else None


def _object_after(s: Sentence, verb: int) -> int | None:
    return next((t for t in s.children[verb] if t > verb and s.relations[t] in (rel.OBJECT, rel.AGENT)), None)


def shared_auxiliaries(s: Sentence, unit: Unit, token: int, cue: list[str]) -> tuple[Item, ...] | None:
    """Auxiliaries that a conjunct takes from the head of its unit: "has been seen and [has been] heard".

    None when its form does not fit, so that it is no conjunct of the verb phrase.
    """
    tag = s.tags[token]
    own = s.auxiliaries(token)
    if any(s.tags[t] in ("VBD", "VBP", "VBZ", "MD") for t in own):
        return ()
    if own and s.tags[own[0]] == "TO":
        return None
    head = unit.head
    if (
        tag == "VBD"
        and s.find(token, rel.AGENT) is not None
        and s.find(head, rel.PASSIVE_AUXILIARY) is not None
    ):
        tag = "VBN"  # "was read, and used by all"
    if not own and tag in ("VBD", "VBP", "VBZ", "MD"):
        return ()
    lent: list[Item] = []
    given = s.auxiliaries(head)
    if "be" in _KINDS.get(s.lowers[head], ()) and tag in ("VBN", "VBG"):
        given = [*given, head]  # "is warm and [is] heated by the sea"
    if not given and isinstance(unit.frame, SharedSubject):
        lent = list(unit.frame.auxiliaries)
        given = [t for t in lent if isinstance(t, int)]
    kinds = {s.tags[t] for t in given} | {kind for t in given for kind in _KINDS.get(s.lowers[t], ())}
    form = s.tags[own[0]] if own else tag
    if own == [] and form == "VB" and s.tags[head] in ("VBD", "VBN") and _is_past_too(s, token):
        return ()
    if own == [] and form == "VB" and kinds == {"be", "VBP"}:
        return ()  # "they are read and require care"
    if form == "VB" and not kinds & {"MD", "TO", "do"}:
        # a finite verb that was tagged as a base form, if its subject lets it look so
        return () if not given and s.tags[head] in ("VBP", "VB") else None
    if form == "VBN" and not kinds & {"have", "be"}:
        return () if not given and s.tags[head] in ("VBD", "VBN") else None
    if form == "VBG" and "be" not in kinds:
        return None
    copied: list[Item] = []
    for t in lent or given:
        kind = _KINDS.get(s.lowers[t], ()) if isinstance(t, int) else ()
        if (
            form == "VB"
            and ("have" in kind or "be" in kind)
            and kinds & {"MD", "TO"}
            and t != (lent or given)[0]
        ):
            continue
        copied.append(_full_form(s, t) if isinstance(t, int) else t)
    if "but" not in cue:
        negation = s.find(head, rel.NEGATION)
        if negation is not None and negation < head:
            copied.insert(1, (negation, "not") if s.lowers[negation] in ("n't", "n’t") else negation)
    return tuple(copied)


def _is_past_too(s: Sentence, token: int) -> bool:
    """ "quit", "put": the past looks like the base form."""
    word = s.lowers[token]
    return lemma(word) == word and inflect(word, "VBD", (word,)) == word


_KINDS = {
    **dict.fromkeys(("have", "has", "had", "having", "'ve", "’ve"), ("have",)),
    **dict.fromkeys(
        ("am", "is", "are", "was", "were", "be", "been", "being", "'m", "'re", "’m", "’re"), ("be",)
    ),
    **dict.fromkeys(("do", "does", "did"), ("do",)),
    **dict.fromkeys(("'s", "’s"), ("be", "have")),
    **dict.fromkeys(("to",), ("TO",)),
}
_FULL = {
    "'ll": "will",
    "’ll": "will",
    "'ve": "have",
    "’ve": "have",
    "'re": "are",
    "’re": "are",
    "'m": "am",
    "’m": "am",
    "wo": "will",
    "ca": "can",
    "sha": "shall",
}


def _full_form(s: Sentence, token: int) -> Item:
    full = _FULL.get(s.lowers[token])
    return (token, full) if full else token


def coordinators(s: Sentence, head: int, token: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The coordinator before a conjunct, with what belongs to it; and, where there is none, the one that a later
    conjunct of the same chain has ("A, B and C")."""
    first = s.first(token)
    before = first - 1
    if before > 0 and s.words[before] == ",":
        before -= 1
    if before > head and s.tags[before] == "CC" and s.heads[before] != head:
        return (before,), ()  # the parser gave it to another word
    found = [t for t in s.children[head] if s.relations[t] == rel.COORDINATOR and head < t < first]
    if found:
        cue = [found[-1]]
        if (
            s.lowers[cue[0]] in ("and", "but", "or")
            and cue[0] + 1 in s.children[token]
            and s.lowers[cue[0] + 1] == "then"
        ):
            cue.append(cue[0] + 1)
        return tuple(cue), ()
    while True:
        later = [t for t in s.children[token] if s.relations[t] == rel.COORDINATOR and t > token]
        if later:
            return (), (later[0],)
        following = s.find(token, rel.CONJUNCT)
        if following is None:
            return (), ()
        token = following


def _sentence_like(s: Sentence, unit: Unit) -> bool:
    """Whether the unit's head has a tense, so that an equal can stand beside it."""
    return s.finite(unit.head) is not None or isinstance(unit.frame, SharedSubject)


def _opens_with_wh(s: Sentence, token: int) -> bool:
    return s.tags[s.first(token)] in ("WDT", "WP", "WP$", "WRB")


def _lemma_in(s: Sentence, token: int, verbs: frozenset[str]) -> bool:
    return lemma(s.lowers[token]) in verbs
