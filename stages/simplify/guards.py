"""Where splitting would change what is true."""

from __future__ import annotations

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit


def passes_whole(s: Sentence) -> bool:
    """Whether the sentence is no statement: a question, or an order."""
    for token in range(len(s) - 1, max(-1, len(s) - 4), -1):
        if s.words[token] in ("?", "?!", "!?"):
            return True
        if s.relations[token] != rel.PUNCTUATION:
            break
    return _is_cleft(s) or _is_headless(s)


# clauses that may have the subject when the root has none
_WITH_SUBJECT = frozenset({rel.COMPLEMENT_CLAUSE, rel.CONJUNCT, rel.PARATAXIS, rel.OTHER})


def _is_headless(s: Sentence) -> bool:
    """Whether the parser found no subject for a verb that must have one: the tree is not to be trusted."""
    finite = s.finite(s.root)
    if finite is None or finite == s.root or s.subject(s.root) is not None:
        return False
    if any(t < s.root and s.relations[t] in _WITH_SUBJECT for t in s.children[s.root]):
        return False
    return s.tags[finite] in ("VBZ", "VBP", "VBD", "MD") and s.lowers[finite] not in ("do", "does", "let")


def _is_cleft(s: Sentence) -> bool:
    """ "It was Ann who left": the relative clause belongs to "it"."""
    root = s.root
    subject = s.subject(root)
    if subject is None or s.lowers[subject] != "it" or s.lowers[root] not in _BE:
        return False
    predicate = s.find(root, rel.PREDICATE)
    if predicate is None:
        return False
    loose = s.child(root, (rel.COMPLEMENT_CLAUSE, rel.ADVERBIAL_CLAUSE))
    if loose is not None and s.tags[s.first(loose)] in ("WP", "WDT") and s.tags[predicate] in _NAMING:
        return s.words[s.first(loose) - 1] != ","
    clause = s.find(predicate, rel.RELATIVE_CLAUSE)
    # "it is a village that lies ...": with an indefinite noun the sentence describes, and is no cleft
    return (
        clause is not None
        and s.is_clause(clause)
        and not s.has_comma_before(clause)
        and not _is_indefinite(s, predicate)
    )


_NAMING = frozenset({"NNP", "NNPS", "PRP", "NN", "NNS"})
_BE = frozenset({"is", "was", "'s", "be", "are", "were"})


def _is_indefinite(s: Sentence, noun: int) -> bool:
    determiner = s.child(noun, (rel.DETERMINER, rel.POSSESSOR, rel.NUMBER))
    if determiner is None:
        return s.tags[noun] in ("NN", "NNS", "JJ")
    return s.lowers[determiner] in s.lexicon.indefinite or s.relations[determiner] == rel.NUMBER


def is_conditional(s: Sentence, clause: int) -> bool:
    """Whether the clause says under which condition the main clause holds."""
    conditional = s.lexicon.conditional
    return any(s.lowers[t] in conditional for t in s.children[clause] if t < clause)


def limits(s: Sentence, noun: int) -> bool:
    """Whether a restrictive modifier decides what the noun phrase speaks of, so that it is false without:
    "all men who smoke", "the only car that runs", "the best film he made", "those who left"."""
    limiting = s.lexicon.limiting
    if s.lowers[noun] in limiting:
        return True
    for child in s.children[noun]:
        if child > noun:
            continue
        if s.lowers[child] in limiting or s.tags[child] in ("JJS", "RBS"):
            return True
        if any(s.tags[t] in ("JJS", "RBS") or s.lowers[t] in limiting for t in s.children[child] if t < noun):
            return True
    return False


def is_denied(s: Sentence, unit: Unit, noun: int) -> bool:
    """Whether an indefinite noun phrase stands under a negation: "he has no car that runs"."""
    if not _is_indefinite(s, noun):
        return False
    token = noun
    while True:
        if s.is_verb(token) and s.is_negated(token):
            return True
        if token == unit.head or s.heads[token] == token:
            return False
        token = s.heads[token]
