"""Titles and kinds before names, and names after what they name (Quirk et al. 1985, 17.65-17.93; Huddleston
and Pullum 2002, ch. 5, 14.3)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.guards import limits
from stages.simplify.realisation.appositive import Appositive, Titled
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.rules.appositions import has_determiner
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import PROPER_TAGS, Sentence
from stages.simplify.unit import Cut, Unit


def title(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The singer Ann Lee left." What a person or thing is, without comma before its name: "Ann Lee is the singer"."""
    if s.tags[token] not in ("NN", "NNP", "NNS") or (
        s.tags[token] == "NNP" and s.lowers[token] not in s.lexicon.titles
    ):
        return None
    name = s.heads[token]
    while s.relations[name] == rel.COMPOUND and s.heads[name] > name and s.tags[name] in PROPER_TAGS:
        name = s.heads[name]  # "Chancellor Ann Mary Lee", where the parser took "Chancellor Ann" for one
    if s.tags[name] not in PROPER_TAGS or token > name:
        return None
    if s.relations[name] in (rel.COMPOUND, rel.NOUN_MODIFIER, rel.POSSESSOR, rel.ROOT):
        return None
    if s.tags[token] == "NN" and not _is_kind(s, token):
        return None
    if s.tags[token] != "NNP" and not _names_follow(s, token, name):
        return None
    if s.tags[token] == "NNS" and s.find(name, rel.CONJUNCT) is None:
        return None
    if s.tags[token] == "NN" and any(token < t < name and s.tags[t] == "NN" for t in s.children[name]):
        return None
    before = [t for t in s.subtree(name) if t < token]
    # from the beginning of the noun phrase to the title: determiner, adjectives, compounds
    if any(s.tags[t] in (",", "CC", "VBZ", "VBD", "IN") for t in before):
        return None
    if any(
        s.lowers[t] in s.lexicon.limiting or s.lowers[t] in ("month", "number", "type", "class", "version")
        for t in [*before, token]
    ):
        return None
    inside = s.subtree(token)
    if s.tags[token] == "NNP" and any(t not in inside and not _may_precede_title(s, t, name) for t in before):
        return None  # the title may be part of a longer name
    first = before[0] if before else token
    rest = list(range(token + 1, name + 1))
    if not rest or any(
        s.tags[t] not in PROPER_TAGS and s.relations[t] not in (rel.COMPOUND, rel.PUNCTUATION) for t in rest
    ):
        return None
    frame = Titled(name, unit_tense(s, unit), tuple(range(first, token + 1)))
    return Cut(
        token, "apposition_title", frame, relation=Relation.ELABORATION.value, taken=tuple(t for t in before)
    )


def _may_precede_title(s: Sentence, token: int, name: int) -> bool:
    """ "the late", "Spain's", "Prime" before "President", "King", "Minister" """
    if s.tags[token] in ("DT", "JJ", "PRP$", "POS") or s.lowers[token] in _TITLE_PREFIXES:
        return True
    owner = s.find(name, rel.POSSESSOR)
    return owner is not None and token <= owner


_TITLE_PREFIXES = frozenset(
    {"prime", "vice", "attorney", "deputy", "foreign", "chief", "grand", "crown", "rear"}
)


def title_after(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "His book The Cave sold." "The critics Ann and Bob left." Names right after what they are the names of."""
    noun = s.heads[token]
    if s.tags[token] not in PROPER_TAGS or s.tags[noun] not in ("NN", "NNS") or s.first(token) != noun + 1:
        return None
    several = s.find(token, rel.CONJUNCT) is not None
    if several != (s.tags[noun] == "NNS") or limits(s, noun) or _is_counted(s, noun):
        return None
    if not several and not has_determiner(s, noun):
        return None
    if s.lowers[noun] in s.lexicon.time_words or s.lowers[noun] in ("number", "letter"):
        return None
    tense = unit_tense(s, unit)
    followed = any(t > noun and t != token and s.relations[t] != rel.PUNCTUATION for t in s.children[noun])
    if followed or noun == unit.head:
        frame: Frame = Appositive(noun, tense, reverse=True)
        return Cut(token, "apposition_title", frame, relation=Relation.ELABORATION.value)
    # the name stays, and what it is the name of goes
    head = tuple(t for t in s.subtree(noun) if t <= noun and s.relations[t] != rel.PUNCTUATION)
    return Cut(
        noun,
        "apposition_title",
        Titled(token, tense, head),
        relation=Relation.ELABORATION.value,
        taken=head,
        kept=token,
    )


def _is_counted(s: Sentence, noun: int) -> bool:
    """ "two books"; not "his 2004 book" """
    number = s.find(noun, rel.NUMBER)
    return number is not None and not (s.words[number].isdigit() and len(s.words[number]) == 4)


_KIND_ENDINGS = ("er", "or", "ist", "ian", "man", "ess", "ant", "ent", "eer", "ee", "ine", "ar")


def _is_kind(s: Sentence, token: int) -> bool:
    """Whether the noun says what the bearer of a name is: a person by its ending, else by the lexicon."""
    word = s.lowers[token]
    return word in s.lexicon.kinds or (word.endswith(_KIND_ENDINGS) and word not in s.lexicon.no_kinds)


def _names_follow(s: Sentence, token: int, name: int) -> bool:
    return all(s.tags[t] in PROPER_TAGS for t in range(token + 1, name + 1))
