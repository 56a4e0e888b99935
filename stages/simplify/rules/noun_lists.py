"""Coordinated noun phrases (Quirk et al. 1985, 13.61-13.67 on joint and separate coordination)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.listed import Listed
from stages.simplify.realisation.morphology import lemma
from stages.simplify.rules.coordinators import coordinators
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import PROPER_TAGS, Sentence
from stages.simplify.unit import Cut, Unit

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})


def noun_list(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann bought tea and milk." becomes "Ann bought tea." and "Ann bought milk."

    Only what is said of each may be said of one: not "Ann and Bob met", "between tea and milk", "both", "Ann and Bob
    respectively", "a mixture of tea and milk", names as "Ernst & Young".
    """
    first = s.heads[token]
    base = unit
    if s.relations[token] == rel.APPOSITION and not _is_listed_apposition(s, first, token):
        return None
    if isinstance(unit.frame, Listed):
        if first != unit.head:
            return None
        first, base = unit.frame.slot, unit.frame.base
    elif s.is_verb(first) and s.lowers[first] in _BE:
        # "is the first month, and one of twelve": the parser joins the second predicate to the verb
        predicate = s.find(first, rel.PREDICATE)
        if predicate is None or predicate > token:
            return None
        first = predicate
    if not _is_noun(s, first) or not _is_noun(s, token) or base.listed not in (-1, first):
        return None
    if not _place_is_plain(s, base, first):
        return None
    if _is_joint(s, base, first, token):
        return base.guard()
    if _is_gapped(s, first, token):
        return None
    cue, told = coordinators(s, s.heads[token], token)
    told = told or cue
    if not told or s.lowers[told[0]] not in ("and", "or", "&"):
        return None
    if any(
        s.relations[t] == rel.RELATIVE_CLAUSE and t > token and s.finite(t) is None for t in s.children[first]
    ):
        return None  # "ants and bees, which sting": of both, and it will not be cut
    if base.denied(s):
        return base.guard()
    if _has_list_inside(s, first, token):
        return None
    base.listed = first
    both = s.find(first, rel.CORRELATIVE)
    return Cut(
        token,
        "noun_list",
        Listed(base, first),
        "member",
        relation=(Relation.DISJUNCTION if s.lowers[told[0]] == "or" else Relation.LIST).value,
        cue=cue,
        cue_elsewhere=told,
        slot=first,
        replaced=(both,) if both is not None and s.relations[both] == rel.CORRELATIVE else (),
    )


def _is_gapped(s: Sentence, first: int, token: int) -> bool:
    """ "replaced tea with milk and beer with wine": each noun goes with the phrase after it."""
    preposition = s.heads[first]
    if s.relations[first] != rel.PREPOSITION_OBJECT:
        return False
    word = s.lowers[preposition]
    if word == "of" and s.first(token) != token:
        return False  # "the waters of the Ouse and the Bay of Wells"; but "king of Ayr and duke of Barr"
    governors = (s.heads[preposition], first, token)
    return any(
        t > token and s.lowers[t] == word and s.relations[t] == rel.PREPOSITION
        for governor in governors
        for t in s.children[governor]
    )


def _has_list_inside(s: Sentence, first: int, token: int) -> bool:
    """ "the study of the earth and its lands, rivers, ...": what follows may go on the inner list."""
    start = s.first(token)
    return any(
        s.tags[t] == "CC" and t not in (start - 1, start - 2)
        for below in s.children[first]
        if first < below < token and s.relations[below] == rel.PREPOSITION
        for t in s.subtree(below)
    )


def _is_noun(s: Sentence, token: int) -> bool:
    if not any(c.isalnum() for c in s.words[token]):
        return False
    if s.tags[token] == "CD":
        return s.find(token, rel.PREPOSITION) is not None
    if s.tags[token] == "JJ":  # an adjective with an article is a noun that was tagged amiss
        return s.find(token, rel.DETERMINER) is not None
    return s.tags[token] in _NOUNS


_BE = frozenset({"is", "was", "are", "were", "be", "been"})


def _is_listed_apposition(s: Sentence, noun: int, token: int) -> bool:
    """ "an actress, singer and dancer", where the parser took the second member for an apposition."""
    if s.tags[token] == s.tags[noun] == "NNP":
        # names one after another; one or two may be a place in a place
        second = s.find(token, rel.CONJUNCT)
        if second is None or s.find(second, rel.CONJUNCT) is None:
            return False
    return (
        s.tags[noun] == s.tags[token]
        and s.tags[token] in ("NN", "NNS", "NNP")
        and s.find(token, rel.CONJUNCT) is not None
        and s.find(noun, rel.CONJUNCT) is None
        and s.child(token, (rel.DETERMINER, rel.POSSESSOR)) is None
        and s.has_comma_before(token)
    )


def _place_is_plain(s: Sentence, unit: Unit, first: int) -> bool:
    """Whether the list is an argument or an adjunct of the main clause, or of a noun phrase that is."""
    token = first
    while True:
        head, relation = s.heads[token], s.relations[token]
        if relation in _ARGUMENTS:
            return head in unit.spine
        if relation == rel.PREPOSITION_OBJECT:
            if s.lowers[head] in _NOT_EACH and not _is_of_each(s, unit, head):
                return False
            token = head
        elif relation in (rel.PREPOSITION, rel.AGENT, rel.PREPOSITION_CLAUSE) and not s.is_verb(token):
            if head in unit.spine or (s.relations[head] == rel.PREDICATE and s.heads[head] in unit.spine):
                return True
            if s.is_verb(head) or s.lowers[head] in s.lexicon.collections:
                return False
            token = head
        elif token == unit.head and relation == rel.NOUN_CLAUSE:
            return False
        else:
            return token == unit.head and s.tags[token] == "IN"


def _is_of_each(s: Sentence, unit: Unit, preposition: int) -> bool:
    """ "people from Ayr and Barr", "was charged with theft and murder" """
    head = s.heads[preposition]
    if s.lowers[preposition] == "with":
        return head in unit.spine
    return s.lowers[preposition] == "from" and s.tags[head] in ("NNS", "NNPS")


_ARGUMENTS = frozenset({rel.SUBJECT, rel.PASSIVE_SUBJECT, rel.OBJECT, rel.PREDICATE})
_NOT_EACH = frozenset({"between", "among", "amongst", "from", "with", "than", "without"})


def _is_joint(s: Sentence, unit: Unit, first: int, token: int) -> bool:
    """Whether the members are meant together."""
    lexicon = s.lexicon
    if not _TOGETHER.isdisjoint(s.lowers):
        return True
    both = s.find(first, rel.CORRELATIVE)
    if not _EACH.isdisjoint(s.lowers) and any(
        w in _EACH and t != both and _same_clause(s, t, first) for t, w in enumerate(s.lowers)
    ):
        return True
    subject = s.relations[first] in (rel.SUBJECT, rel.PASSIVE_SUBJECT)
    if lemma(s.lowers[unit.head]) in (lexicon.joint_verbs if subject else _JOINING):
        return True
    if subject and s.lowers[unit.head] in ("is", "are", "was", "were", "be"):
        predicate = s.find(unit.head, rel.PREDICATE)
        # "Ann and Bob are the members": an identity is of both
        if predicate is not None and s.tags[predicate] in ("NN", "NNS", "NNP", "NNPS"):
            return True
        if predicate is not None and s.lowers[predicate] in (
            "similar",
            "different",
            "equal",
            "identical",
            "alike",
            "common",
        ):
            return True
    correlative = s.find(first, rel.CORRELATIVE)
    if correlative is not None and s.lowers[correlative] != "both":
        return True
    if s.find(first, rel.NUMBER) is not None and s.find(token, rel.NUMBER) is None:
        return True  # "two moons, Phobos and Deimos": what follows are the two
    return _is_name(s, first, token)


_JOINING = frozenset({"combine", "merge", "mix", "join", "connect", "link", "compare", "unite"})
_TOGETHER = frozenset({"respectively", "together", "jointly", "respective", "alike", "combined"})
_EACH = frozenset({"each", "both", "either", "neither"})


def _same_clause(s: Sentence, token: int, other: int) -> bool:
    """Whether the same verb is the nearest one above both."""
    return _verb_above(s, token) == _verb_above(s, other)


def _verb_above(s: Sentence, token: int) -> int:
    while not s.is_verb(token) and s.heads[token] != token:
        token = s.heads[token]
    return token


def _is_name(s: Sentence, first: int, token: int) -> bool:
    """ "Ernst & Young", "Marks and Spencer plc": names joined in one name."""
    if any(s.words[t] == "&" for t in range(first, token)):
        return True
    if s.tags[first] not in PROPER_TAGS or s.tags[token] not in PROPER_TAGS:
        return False
    if s.child(first, (rel.DETERMINER,)) is None and s.child(token, (rel.DETERMINER,)) is not None:
        if s.heads[token] != first:
            return False
        return s.words[token - 1] != ","  # "Harry and the Stone": as likely a title
    if s.heads[token] != first or s.find(token, rel.CONJUNCT) is not None or token - first != 2:
        return False
    return s.find(first, rel.DETERMINER) is not None  # "the Smith and Wesson"
