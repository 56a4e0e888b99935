"""Where a tree cannot be right: dependents that the form of words gives to another head.

Parsers of modest size attach a conjunct to the main verb when a clause stands between. Agreement tells better: verbs
without a subject share that of the verb they are joined to, so they have its number and its form (Quirk et al. 1985,
13.44-13.52).
"""

from __future__ import annotations

from stages.simplify.realisation.morphology import lemma
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence


def mend(s: Sentence) -> None:
    """Attach anew, in place, what cannot hang where it does and can elsewhere. English only: tags tell agreement."""
    if s.lexicon.language != "en":
        return
    _mend_name_after_time(s)
    for token in range(len(s)):
        relation = s.relations[token]
        if s.tags[token] in ("WDT", "WP", "WRB"):
            _mend_pronoun(s, token)
        elif relation == rel.CONJUNCT:
            if s.is_verb(token):
                _mend_verb(s, token)
            else:
                _mend_noun(s, token)
        elif relation == rel.OBJECT:
            _mend_second_object(s, token)
        elif relation == rel.ADVERBIAL_CLAUSE:
            _mend_infinitive(s, token)
        elif relation == rel.SUBJECT:
            _mend_second_subject(s, token)
        elif relation in (rel.NOUN_ADVERB, rel.APPOSITION):
            _mend_gap(s, token)
            _mend_name(s, token)


def _mend_name_after_time(s: Sentence) -> None:
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


def _mend_verb(s: Sentence, token: int) -> None:
    if _is_participle_of_noun(s, token):
        _join_nouns(s, token)
        return
    _mend_as(s, token)
    if _mend_lost_subject(s, token):
        return
    head = _head_of_conjunct(s, token)
    if head is not None:
        _attach(s, token, head)


def _attach(s: Sentence, token: int, head: int) -> None:
    """Give a conjunct with its coordinator to a head before it."""
    moved = [token]
    before = s.first(token) - 1
    if before >= 0 and s.words[before] == ",":
        before -= 1
    if before > head and s.relations[before] == rel.COORDINATOR:
        moved.append(before)
    for one in moved:
        s.attach(one, head)


def _head_of_conjunct(s: Sentence, token: int) -> int | None:
    head = s.heads[token]
    if head > token or not s.is_verb(token) or not s.is_verb(head):
        return None
    if s.subject(token) is not None:
        return _head_of_clause(s, token)
    both = next((verb for verb in _verbs_before(s, token) if s.find(verb, rel.CORRELATIVE) is not None), None)
    if both is not None:
        return both
    subject = s.subject(head)
    there = subject is not None and s.relations[subject] == rel.EXPLETIVE and s.lowers[subject] == "there"
    if not there and _fit(s, token, head) > 0:
        return _head_of_passive(s, token)
    found = next((verb for verb in _verbs_before(s, token) if _fit(s, token, verb) == _SAME), None)
    return found if found is not None or there else _verb_above(s, token)


def _verb_above(s: Sentence, token: int) -> int | None:
    """ "she likes using tools and also works", "he says that dogs bark and adds ...": the verb above agrees."""
    finite = s.finite(token)
    verb = s.heads[token]
    if finite is None or {s.tags[finite], s.tags[verb]} == {"VBD", "VBN"}:
        return None
    while s.heads[verb] < verb and s.relations[verb] in _CLAUSES:
        verb = s.heads[verb]
        if s.is_verb(verb) and _fit(s, token, verb) == _SAME:
            return verb
    return None


def _head_of_passive(s: Sentence, token: int) -> int | None:
    """ "was arrested after the siege failed and was imprisoned": a passive is joined to a passive."""
    head = s.heads[token]
    above = s.heads[head]
    auxiliary = s.find(token, rel.PASSIVE_AUXILIARY)
    if auxiliary is None or s.relations[head] != rel.ADVERBIAL_CLAUSE or head < above or not s.is_verb(above):
        return None
    if (
        s.find(head, rel.PASSIVE_AUXILIARY) is not None
        or s.child(head, (rel.OBJECT, rel.PREDICATE)) is not None
    ):
        return None
    other = s.find(above, rel.PASSIVE_AUXILIARY)
    return above if other is not None and s.lowers[other] == s.lowers[auxiliary] else None


def _head_of_clause(s: Sentence, token: int) -> int | None:
    """ "said that Ann left and that Bob stayed" """
    marker = s.find(token, rel.MARKER)
    if marker is None or s.lowers[marker] != "that" or s.find(s.heads[token], rel.MARKER) is not None:
        return None
    for verb in _verbs_before(s, token):
        other = s.find(verb, rel.MARKER)
        if s.relations[verb] == rel.COMPLEMENT_CLAUSE and other is not None and s.lowers[other] == "that":
            return verb
    return None


def _verbs_before(s: Sentence, token: int) -> list[int]:
    """Verbs that a conjunct may be joined to instead of its head: those whose phrase goes up to it, nearest first."""
    head = s.heads[token]
    before = s.first(token) - 1
    while before > head and s.relations[before] in (rel.PUNCTUATION, rel.COORDINATOR):
        before -= 1
    found: list[int] = []
    while before not in (head, s.heads[before]):
        if s.is_verb(before) and s.words[before].isalpha() and s.relations[before] in _CLAUSES:
            found.append(before)
        before = s.heads[before]
    return found if before == head else []


_CLAUSES = frozenset(
    {
        rel.COMPLEMENT_CLAUSE,
        rel.OPEN_COMPLEMENT,
        rel.ADVERBIAL_CLAUSE,
        rel.RELATIVE_CLAUSE,
        rel.NOUN_CLAUSE,
        rel.PREPOSITION_CLAUSE,
        rel.CONJUNCT,
    }
)
_SAME, _POSSIBLE, _CLASH = 2, 1, 0


def _fit(s: Sentence, token: int, verb: int) -> int:
    """Whether a verb without subject can be joined to another verb, by their forms."""
    finite = s.finite(token)
    if finite is not None and s.tags[finite] in ("VBZ", "VBP", "VBD", "MD"):
        other = s.finite(verb)
        if other is None:
            return _CLASH
        one, two = s.tags[finite], s.tags[other]
        if one == two:
            return _SAME
        return _CLASH if {one, two} == {"VBZ", "VBP"} else _POSSIBLE
    one, two = s.tags[token], s.tags[verb]
    if s.auxiliaries(token):
        return _POSSIBLE
    if one == two:
        return _SAME
    if one == "VB" and s.lowers[verb] in ("is", "are", "was", "were"):
        return _CLASH
    if one == "VB" and two == "VBP":
        return _SAME  # a finite verb that was tagged as a base form
    if one == "VB":
        return _CLASH if two in ("VBG", "VBN", "VBZ", "VBD") else _POSSIBLE
    if one == "VBG":
        return _CLASH if two in ("VB", "VBZ", "VBP", "VBD") else _POSSIBLE
    return _POSSIBLE


def _is_participle_of_noun(s: Sentence, token: int) -> bool:
    """ "plans with a courtyard and covered hall": a bare noun in the singular is no object of a verb."""
    before = s.first(token) - 1
    if s.tags[token] not in ("VBD", "VBN") or s.first(token) != token or before < 1:
        return False
    if (
        s.relations[before] != rel.COORDINATOR
        or s.tags[before - 1] not in _NOUNS
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


def _join_nouns(s: Sentence, token: int) -> None:
    noun = s.find(token, rel.OBJECT)
    assert noun is not None  # noqa: S101 - that of _is_participle_of_noun
    coordinator = s.first(token) - 1
    s.attach(noun, coordinator - 1, rel.CONJUNCT)
    s.attach(coordinator, coordinator - 1)
    for child in list(s.children[token]):
        s.attach(child, noun)
    s.attach(token, noun, rel.ADJECTIVE)


def _mend_noun(s: Sentence, token: int) -> None:
    """ "the study of the earth and its lands, rivers and towns": bare nouns go on with the inner list."""
    head = s.heads[token]
    example = _example(s, token, head)
    if example is not None:
        s.attach(token, example)
        return
    if s.is_verb(head) and head < token and s.tags[token] in _NOUNS and s.tags[head] != "VBG":
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


def _mend_second_object(s: Sentence, token: int) -> None:
    """ "liked fruit, including figs from Ayr, pears from Barr": one of the examples."""
    earlier = s.find(s.heads[token], rel.OBJECT)
    if earlier is None or earlier == token:
        return
    example = _example(s, token, earlier)
    if example is not None:
        s.attach(token, example, rel.CONJUNCT)


def _example(s: Sentence, token: int, head: int) -> int | None:
    """The noun after "including" or "such as" that a noun after it goes on with."""
    last = s.first(token) - 1
    if head > token or s.words[last] != "," or s.tags[token] not in _NOUNS:
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


def _mend_infinitive(s: Sentence, token: int) -> None:
    """ "it came to be known": no purpose."""
    head = s.heads[token]
    if head != s.first(token) - 1 or not s.is_infinitive(token) or s.subject(token) is not None:
        return
    if s.find(head, rel.PASSIVE_AUXILIARY) is not None:
        return  # "is needed to stop it"
    passive = s.find(token, rel.PASSIVE_AUXILIARY) is not None
    base = lemma(s.lowers[head])
    if base in s.lexicon.catenative_verbs and (passive or base not in ("come", "go")):
        s.attach(token, head, rel.OPEN_COMPLEMENT)


def _mend_lost_subject(s: Sentence, token: int) -> bool:
    """ "Ann has a dog and the cats of Bob sleep": a noun that was joined to an object is the subject of what follows."""
    head = s.heads[token]
    finite = s.finite(token)
    before = s.first(token) - 1
    if head > token or finite is None or s.subject(token) is not None or before < 2 or s.words[before] == ",":
        return False
    noun = before
    while noun not in (head, s.heads[noun]) and not (
        s.relations[noun] == rel.CONJUNCT and s.tags[noun] in _NOUNS and not s.is_verb(s.heads[noun])
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


def _mend_as(s: Sentence, token: int) -> None:
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


def _mend_second_subject(s: Sentence, token: int) -> None:
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


def _mend_gap(s: Sentence, token: int) -> None:
    """ "It borders Ayr on the west, Barr on the east": a list of nouns, each with its phrase."""
    verb = s.heads[token]
    if not s.is_verb(verb):
        verb = s.heads[verb]
    last = s.first(token) - 1
    if not s.is_verb(verb) or token < verb or s.words[last] != "," or s.tags[token] not in _NOUNS:
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


def _mend_pronoun(s: Sentence, token: int) -> None:
    """ "where they are read and sold": the pronoun hangs on the first verb, not on its conjunct."""
    verb = s.heads[token]
    while s.relations[verb] == rel.CONJUNCT and s.is_verb(s.heads[verb]) and token < s.heads[verb] < verb:
        verb = s.heads[verb]
    if verb != s.heads[token] and s.relations[verb] == rel.RELATIVE_CLAUSE:
        s.attach(token, verb)


def _mend_name(s: Sentence, token: int) -> None:
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


def _is_bare(s: Sentence, noun: int) -> bool:
    return s.child(noun, (rel.DETERMINER, rel.POSSESSOR, rel.NUMBER)) is None


_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
