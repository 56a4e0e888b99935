"""One parsed sentence as rules see it, whatever parsed it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import lt

from stages.simplify.lexicon.lexicon import Lexicon
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.facts import Facts

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP", "EX", "POS", "$"})
PROPER_TAGS = frozenset({"NNP", "NNPS"})


class Sentence:
    """Tokens of one sentence in order, and the tree over them.

    Tokens are known by their number. ``tags`` are Penn Treebank's for every language, ``relations`` ours
    (``syntax/relations.py``). ``starts`` and ``ends`` are offsets into the document's text, ``spaces`` says whether
    white space follows. ``lowers`` are the words in lower case, ``children`` the dependents in order.
    """

    __slots__ = (
        "_facts",
        "children",
        "ends",
        "heads",
        "lexicon",
        "lowers",
        "relations",
        "root",
        "spaces",
        "starts",
        "tags",
        "words",
    )

    def __init__(
        self,
        words: Sequence[str],
        tags: Sequence[str],
        heads: Sequence[int],
        relations: Sequence[str],
        starts: Sequence[int],
        ends: Sequence[int],
        lexicon: Lexicon,
    ) -> None:
        """Take parallel sequences. The head of the root is the root itself.

        Raises:
            ValueError: the heads are no tree.
        """
        self.words = words
        self.tags = tags
        self.heads = list(heads)
        self.relations = list(relations)
        self.starts = starts
        self.ends = ends
        self.lexicon = lexicon
        self.lowers = list(map(str.lower, words))
        self.spaces = [*map(lt, ends, starts[1:]), False]
        self._facts: Facts | None = None
        self.children: list[list[int]] = [_NONE] * len(words)
        children = self.children
        self.root = -1
        for token, head in enumerate(heads):
            if head != token:
                below = children[head]
                if below:
                    below.append(token)
                else:
                    children[head] = [token]
            elif self.root < 0:
                self.root = token
            else:
                raise ValueError("a sentence has one root")
        if words and self.root < 0:
            raise ValueError("a sentence has one root")

    def __len__(self) -> int:
        return len(self.words)

    def attach(self, token: int, head: int, relation: str | None = None) -> None:
        """Give a token another head, which is not below it, and perhaps another relation to it."""
        if relation is not None:
            self.relations[token] = relation
        self._facts = None
        self._release(token)
        self.heads[token] = head
        self.children[head] = sorted((*self.children[head], token))

    def crown(self, token: int, relation: str) -> None:
        """Make a dependent of the root the root, and the root its dependent in a relation."""
        former = self.root
        self._facts = None
        self._release(token)
        self.heads[token] = self.root = token
        self.relations[token] = rel.ROOT
        self.heads[former] = token
        self.relations[former] = relation
        self.children[token] = sorted((*self.children[token], former))

    def _release(self, token: int) -> None:
        head = self.heads[token]
        self.children[head] = [one for one in self.children[head] if one != token]

    def _know(self) -> Facts:
        self._facts = facts = Facts(self.heads, self.relations, self.lowers, self.lexicon.negations)
        return facts

    # -- walking

    def child(self, token: int, relations: Collection[str]) -> int | None:
        """The first dependent in one of these relations."""
        names = self.relations
        for found in self.children[token]:
            if names[found] in relations:
                return found
        return None

    def find(self, token: int, relation: str) -> int | None:
        """The first dependent in this relation."""
        names = self.relations
        for found in self.children[token]:
            if names[found] == relation:
                return found
        return None

    def subtree(self, token: int) -> list[int]:
        """The token and all below it, in order."""
        found = [token]
        children = self.children
        for one in found:
            found.extend(children[one])
        found.sort()
        return found

    def first(self, token: int) -> int:
        """The leftmost word at or below this one; marks do not count, which parsers hang anywhere."""
        return (self._facts or self._know()).firsts[token]

    def first_without(self, token: int, without: int) -> int:
        """The leftmost word at or below this one when one dependent is left aside."""
        names = self.relations
        return min(
            (
                self.first(c)
                for c in self.children[token]
                if c < token and c != without and names[c] != rel.PUNCTUATION
            ),
            default=token,
        )

    def last(self, token: int) -> int:
        """The rightmost word at or below this one; marks do not count."""
        return (self._facts or self._know()).lasts[token]

    # -- asking

    def subject(self, verb: int) -> int | None:
        """The subject of a clause, an expletive included; the one nearest to the verb."""
        return (self._facts or self._know()).subjects.get(verb)

    def is_verb(self, token: int) -> bool:
        """Whether the token is a verb, an auxiliary included."""
        return self.tags[token] in VERB_TAGS

    def auxiliaries(self, verb: int) -> Sequence[int]:
        """Auxiliaries of a verb, in order, the "to" of an infinitive included."""
        return (self._facts or self._know()).auxiliaries.get(verb, ())

    def finite(self, verb: int) -> int | None:
        """The word of a clause that bears its tense: the first auxiliary or the verb; None in a clause without."""
        known = (self._facts or self._know()).finites
        if verb not in known:
            known[verb] = self._bearing_tense(verb)
        return known[verb]

    def _bearing_tense(self, verb: int) -> int | None:
        tags = self.tags
        auxiliaries = self.auxiliaries(verb)
        for one in auxiliaries:
            if tags[one] in FINITE_TAGS:
                return one
            if tags[one] == "TO":
                return None
        if tags[verb] in FINITE_TAGS:
            return verb
        if tags[verb] != "VBN" or auxiliaries:
            return None
        place = self.relations[verb]
        marked = place == rel.ADVERBIAL_CLAUSE and self.find(verb, rel.MARKER) is not None
        if marked or place in _FINITE_PLACES:
            # past tense and participle look alike, and taggers confuse them: a subject of its own decides
            subject = self.subject(verb)
            if subject is not None and subject < verb:
                return verb
        return None

    def is_clause(self, verb: int) -> bool:
        """Whether this is a verb with a tense and a subject of its own."""
        return self.is_verb(verb) and self.subject(verb) is not None and self.finite(verb) is not None

    def is_infinitive(self, verb: int) -> bool:
        """Whether "to" stands before the verb."""
        return any(self.tags[one] == "TO" for one in self.auxiliaries(verb))

    def is_negated(self, verb: int) -> bool:
        """Whether the verb has "not" or "never" or the like."""
        return verb in (self._facts or self._know()).negated

    def is_closed_aside(self, token: int) -> bool:
        """Whether a bracket that opens before what the token heads closes right after it; True without a bracket."""
        first = self.first(token)
        closing = _BRACKETS.get(self.words[first - 1]) if first > 0 else None
        if closing is None:
            return True
        after = self.last(token) + 1
        return after < len(self) and self.words[after] == closing

    def has_comma_before(self, token: int) -> bool:
        """Whether a comma, a dash or an opening bracket stands before what the token heads."""
        at = self.first(token) - 1
        while at >= 0 and self.tags[at] == "``":
            at -= 1
        return at >= 0 and self.words[at] in BREAKS


_NONE: list[int] = []
"""Dependents of a word without any; lists of dependents are made anew when they change."""
_BRACKETS = {"(": ")", "[": "]", "-LRB-": "-RRB-"}
_FINITE_PLACES = frozenset({rel.ROOT, rel.RELATIVE_CLAUSE, rel.CONJUNCT, rel.COMPLEMENT_CLAUSE})
BREAKS = frozenset({",", ";", ":", "--", "-", "–", "—", "(", "[", "-LRB-", "..."})
