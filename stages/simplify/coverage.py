"""No word with content may get lost."""

from __future__ import annotations

from collections.abc import Iterator, Set

from stages.simplify.syntax.sentence import Sentence

# tags of words that a proposition may do without: marks, relative pronouns, subordinators, coordinators
_FREE_TAGS = frozenset(
    {
        "WDT",
        "WP",
        "WP$",
        "WRB",
        "CC",
        "TO",
        "EX",
        ",",
        ":",
        ".",
        "``",
        "''",
        "-LRB-",
        "-RRB-",
        "HYPH",
        "NFP",
        "_SP",
        "POS",
    }
)


def lost(s: Sentence, said: Set[object]) -> Iterator[int]:
    """Tokens with content that are in no proposition and no cue.

    Args:
        said: tokens of propositions and cues, and what else they are written from.
    """
    free = s.lexicon.free_words
    for token in sorted(set(range(len(s))).difference(said)):
        if s.tags[token] not in _FREE_TAGS and s.lowers[token] not in free:
            yield token
