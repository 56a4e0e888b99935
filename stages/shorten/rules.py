"""Which words of one language go as stop words, and which are never touched.

Most words are decided by one look into a table over the whole text (``word_table``). What is left needs a
closer look at its parts and is decided here, once per distinct form:

- an apostrophe: ``d'un`` goes when both parts are listed; of ``l'eau`` the elided article goes and ``eau``
  stays, in the languages that elide; ``it's`` goes when ``it`` and ``'s`` are listed;
- a slash: ``he/she`` goes when all parts are listed, ``mg/l`` stays;
- a hyphen: ``est-ce`` goes when all parts are listed, in languages that hang pronouns on by hyphen;
  elsewhere (``follow-up``) only when the whole is listed.

A word that is protected, or has a protected part, stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from stages.shorten.keys import word_key
from stages.shorten.measures import MEASURES
from stages.shorten.negations import Negations
from stages.shorten.word_table import WordTable

KEEP: Final = 0
DROP: Final = -1
_UNDECIDED: Final = -2


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


# Elided words that stand for listed ones; the ready-made lists hold only some of them.
_ELIDED: Final[dict[str, frozenset[str]]] = {
    "fr": _words("l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu entr"),
    "it": _words("l un d c m t s v n gl dell nell all dall sull coll quell quest sant"),
    "ca": _words("l d m n s t"),
    "oc": _words("l d m n s t qu"),
    "pt": _words("d n"),
    "eo": _words("l d"),
}
_HYPHENATED_PRONOUNS: Final = frozenset({"fr", "pt", "ca", "ro", "oc", "gl"})
_REMEMBERED: Final = 200_000  # forms; a bound on memory, not on results

_JOINERS: Final = re.compile(r"(?<=')|[-\u2010\u2011/]")


@dataclass(frozen=True)
class WordRules:
    """The words of one language that go, and those that never do.

    Attributes:
        language: ISO 639-1 code; None: unknown.
        stop_words: keys (``keys.word_key``) of the words to remove.
        protected: keys of words never removed by anything.
        negations: the same for negations with their affixes; empty when they are not protected.
        ready_made: the list is a collection's, so that the elided forms of the language count as listed.
    """

    language: str | None
    stop_words: frozenset[str]
    protected: frozenset[str] = frozenset()
    negations: Negations = field(default_factory=Negations)
    ready_made: bool = True

    def __post_init__(self) -> None:
        going = [word for word in self.stop_words if not self.is_protected(word)]
        elided = _ELIDED.get(self.language or "", frozenset())
        object.__setattr__(self, "table", WordTable.of(going))
        object.__setattr__(self, "_elides", bool(elided))
        object.__setattr__(self, "_elided", elided if self.ready_made else frozenset())
        object.__setattr__(self, "_decided", {})

    table: WordTable = field(init=False, repr=False, compare=False)
    _elides: bool = field(init=False, repr=False, compare=False)
    _elided: frozenset[str] = field(init=False, repr=False, compare=False)
    _decided: dict[str, int] = field(init=False, repr=False, compare=False)

    @property
    def splits_hyphens(self) -> bool:
        """Words with a hyphen go when all their parts are listed."""
        return self.language in _HYPHENATED_PRONOUNS

    def is_protected(self, key: str) -> bool:
        """Say whether a word, given by its key, or a part of it is protected."""
        if key in self.protected or key in self.negations.words:
            return True
        if key.startswith(self.negations.prefixes) or key.endswith(self.negations.suffixes):
            return True
        if "'" not in key and "-" not in key and "/" not in key:
            return False
        parts = _JOINERS.split(key)
        return any(
            part in kept or part.rstrip("'") in kept
            for kept in (self.protected, self.negations.words)
            for part in parts
            if part
        )

    def decide(self, forms: list[str]) -> list[int]:
        """Return what to do with words as they stand in a text.

        Returns:
            of each: KEEP, DROP, or how many bytes of UTF-8 to take off its front (an elided word).
        """
        if len(self._decided) > _REMEMBERED:
            self._decided.clear()
        known = self._decided.get
        decisions = [known(form, _UNDECIDED) for form in forms]
        for at, decision in enumerate(decisions):
            if decision == _UNDECIDED:
                key = word_key(forms[at])
                decision = KEEP if self.is_protected(key) else self._decide(forms[at], key)
                decisions[at] = self._decided[forms[at]] = decision
        return decisions

    def _decide(self, form: str, key: str) -> int:
        if key in self.stop_words:
            return DROP
        if "'" in key:
            return self._decide_apostrophe(form, key)
        if "/" in key and MEASURES.isdisjoint(parts := key.split("/")) and self._all_listed(parts):
            return DROP
        hyphenated = key.replace("\u2010", "-").replace("\u2011", "-")
        if "-" in hyphenated and (
            hyphenated in self.stop_words or (self.splits_hyphens and self._all_listed(hyphenated.split("-")))
        ):
            return DROP
        return KEEP

    def _decide_apostrophe(self, form: str, key: str) -> int:
        if self._elides:
            first = key.index("'") + 1
            elided, rest = key[:first], key[first:]
            if elided in self.stop_words or elided[:-1] in self.stop_words or elided[:-1] in self._elided:
                at = re.search("['’]", form)
                if at is None:  # case folding never makes or takes an apostrophe
                    return KEEP
                inner = self._decide(form[at.end() :], rest)
                return DROP if inner == DROP else len(form[: at.end()].encode()) + inner
        host, clitic = key[: key.rindex("'")], key[key.rindex("'") :]
        if host in self.stop_words and clitic in self.stop_words:
            return DROP
        if key.endswith("n't") and key[:-3] in self.stop_words and "n't" in self.stop_words:
            return DROP
        return KEEP

    def _all_listed(self, parts: list[str]) -> bool:
        return all(part in self.stop_words for part in parts)
