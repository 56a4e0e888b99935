"""Subjects that were taken for something else, and nouns that were taken for subjects."""

from __future__ import annotations

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.mending.nouns import NOUNS
from stages.simplify.syntax.sentence import Sentence


def mend_lost_subject(s: Sentence, token: int) -> bool:
    """ "Ann has a dog and the cats of Bob sleep": a noun that was joined to an object is the subject of what follows."""
    head = s.heads[token]
    finite = s.finite(token)
    before = s.first(token) - 1
    if head > token or finite is None or s.subject(token) is not None or before < 2 or s.words[before] == ",":
        return False
    noun = before
    while noun not in (head, s.heads[noun]) and not (
        s.relations[noun] == rel.CONJUNCT and s.tags[noun] in NOUNS and not s.is_verb(s.heads[noun])
    ):
        noun = s.heads[noun]
    if (
        noun == head
        or s.relations[noun] != rel.CONJUNCT
        or noun < head
        or s.find(noun, rel.CONJUNCT) is not None
    ):
        return False
    coordinator = s.first(noun) - 1
    if s.relations[coordinator] != rel.COORDINATOR or s.tags[finite] not in ("VBZ", "VBP", "VBD", "MD"):
        return False
    if s.tags[finite] in ("VBZ", "VBP") and (s.tags[noun] in ("NNS", "NNPS")) != (s.tags[finite] == "VBP"):
        return False
    if any(s.relations[t] == rel.COORDINATOR and noun < t < token for t in s.children[head]):
        return False
    s.attach(noun, token, rel.SUBJECT)
    s.attach(coordinator, head)
    return True


def mend_as(s: Sentence, token: int) -> None:
    """ "began in Ayr and as a child sang": "as" opens no clause after a coordinator."""
    mark = s.first(token)
    subject = s.subject(token)
    if (
        s.relations[mark] != rel.MARKER
        or s.lowers[mark] != "as"
        or subject is None
        or s.tags[subject] != "NN"
    ):
        return
    if mark < 1 or s.relations[mark - 1] != rel.COORDINATOR or s.first(subject) != mark + 1:
        return
    s.attach(mark, token, rel.PREPOSITION)
    s.attach(subject, mark, rel.PREPOSITION_OBJECT)


def mend_second_subject(s: Sentence, token: int) -> None:
    """ "Chapel, now known as the Abbey, is ...": "as" with the noun that was taken for another subject."""
    verb = s.heads[token]
    if token > verb or s.subject(verb) != token:
        return
    earlier = s.child(verb, (rel.SUBJECT, rel.PASSIVE_SUBJECT))
    mark = s.first(token) - 1
    if earlier is None or earlier == token or mark <= earlier or s.relations[mark] != rel.MARKER:
        return
    before = mark - 1
    while before > earlier and s.relations[before] == rel.ADVERB and s.heads[before] == verb:
        before -= 1
    if s.lowers[mark] != "as" or s.tags[before] not in ("VBN", "VBD"):
        return
    for adverb in range(before + 1, mark):
        s.attach(adverb, mark)
    s.attach(mark, before, rel.PREPOSITION)
    s.attach(token, mark, rel.PREPOSITION_OBJECT)


def mend_absolute(s: Sentence, token: int) -> None:
    """ "It is a disc, the long axis pointing to the sun": a noun before a participle, after an article of its own, is its
    subject, not the first part of a name for it. One tagged as a noun must go somewhere ("a meeting in May")."""
    noun, preposition = token - 1, token + 1
    if s.heads[noun] != token or s.tags[noun] not in NOUNS or not s.lowers[token].endswith("ing"):
        return
    if (
        s.child(token, (rel.DETERMINER, rel.POSSESSOR)) is None
        or s.find(token, rel.PREPOSITION) != preposition
    ):
        return
    if s.tags[token] != "VBG" and s.lowers[preposition] not in _TOWARDS:
        return
    verb = s.heads[token]
    while not s.is_verb(verb) and s.heads[verb] != verb:
        verb = s.heads[verb]
    if not s.is_verb(verb) or verb > token or s.heads[verb] == token or not s.has_comma_before(token):
        return
    for child in list(s.children[token]):
        if child < noun and s.relations[child] != rel.PUNCTUATION:
            s.attach(child, noun)
    s.attach(noun, token, rel.SUBJECT)
    s.attach(token, verb, rel.ADVERBIAL_CLAUSE)


def mend_with(s: Sentence, token: int) -> None:
    """ "The town grew, with people working elsewhere": the noun is the subject of a participle that closes the phrase."""
    if s.lowers[token] != "with" or not s.has_comma_before(token):
        return
    noun = s.find(token, rel.PREPOSITION_OBJECT)
    clause = s.find(noun, rel.NOUN_CLAUSE) if noun is not None else None
    if noun is None or clause is None or s.tags[clause] != "VBG" or s.last(clause) != s.last(token):
        return
    if s.first(clause) != noun + 1 or s.find(noun, rel.CONJUNCT) is not None:
        return
    s.attach(clause, token, rel.PREPOSITION_CLAUSE)
    s.attach(noun, clause, rel.SUBJECT)


_TOWARDS = frozenset({"to", "toward", "towards", "into", "onto"})


def mend_name_after_time(s: Sentence) -> None:
    """ "In the last century Ely was a village": no name is part of one phrase with "century"."""
    finite = s.finite(s.root)
    if finite is None or s.subject(s.root) is not None or finite < 2:
        return
    name = finite - 1
    preposition = s.heads[name]
    time = name - 1
    if s.tags[name] not in ("NNP", "NNPS") or s.relations[name] != rel.PREPOSITION_OBJECT:
        return
    if s.heads[time] != name or s.lowers[time] not in s.lexicon.time_words or s.tags[time] != "NN":
        return
    for child in list(s.children[name]):
        if child < time:
            s.attach(child, time)
    s.attach(time, preposition, rel.PREPOSITION_OBJECT)
    s.attach(name, s.root, rel.SUBJECT)


def mend_root(s: Sentence) -> None:
    """ "Severe damage extended up the coast": a past tense that was taken for a participle of the only noun."""
    noun = s.root
    if s.tags[noun] not in NOUNS or s.subject(noun) is not None:
        return
    verbs = [t for t in range(len(s)) if s.is_verb(t)]
    if len(verbs) != 1 or s.relations[verbs[0]] != rel.NOUN_CLAUSE or s.tags[verbs[0]] != "VBD":
        return
    verb = verbs[0]
    if verb < noun or s.subject(verb) is not None or s.words[s.first(verb) - 1] == ",":
        return
    above = s.heads[verb]
    while above != noun and s.relations[above] in (rel.PREPOSITION, rel.PREPOSITION_OBJECT):
        above = s.heads[above]  # "a part of the line passed": the part did
    if above != noun:
        return
    s.attach(verb, noun)
    for child in list(s.children[noun]):
        opens = s.relations[child] == rel.PREPOSITION and child < noun
        if child != verb and (child > verb or opens or (s.words[child] == "," and child < noun)):
            s.attach(child, verb)
    s.crown(verb, rel.SUBJECT)
