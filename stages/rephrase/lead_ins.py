"""Talk about the task: "Here is the rewritten text:", "I hope this helps", "The passage is written in ...".

What merely announces is taken off the beginning of an answer; what remains is counted, and the gate refuses it. A
sentence that the passage itself holds is never taken for talk.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("lead_ins.toml")
_LONGEST = 300  # characters of an announcement
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})
_PAIRS = {'"': '"', "“": "”", "«": "»", "'": "'"}
# where a sentence of an answer ends, roughly: counting needs no more
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?:…][\"'”’»)*]*(?=\s|$)|(?=\n|$))")
_WORDS = re.compile(r"\w+")
_NOUNS = frozenset(
    ["passage", "text", "texte", "paragraph", "paragraphe", "conversation", "language", "tone", "version", "word",
     "words", "sentence", "sentences", "question", "questions", "answer", "note", "rewrite", "paraphrase",
     "story", "tale", "article", "reader", "readers", "histoire", "phrase", "wording", "moral", "lesson",
     "summary", "conclusion", "stories", "tales", "narrative", "récit", "lecteur", "lecteurs", "rephrase"]
)  # fmt: skip
# who speaks: in English or French; words that are of both ("me") or another word of the other ("on", "ma") do not count
_SPEAKER = re.compile(
    r"\b(?:i(?:'(?:m|ve|ll|d))?|my|we(?:'(?:re|ve|ll|d))?|our|ours|let's|je|mon|mes|nous|notre|nos)\b(?! \d)|\bj'"
)
_QUOTED = re.compile(r"\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)")
_EMPHASIS = re.compile(r"^[\s*_#>`{\"'“«-]+|[\s*_`}\"'”»]+$")


@dataclass(frozen=True, slots=True)
class Stripped:
    """An answer without what announced it; ``lead_in`` is what was taken off, "" for nothing."""

    text: str
    lead_in: str


def strip_lead_in(answer: str, passage: str) -> Stripped:
    """Take announcements, titles and the quotes around a whole answer off.

    Only whole first sentences go, and only when they end in a colon or stand on a line of their own; and never what
    the passage begins with as well.
    """
    text = answer.strip()
    taken: list[str] = []
    for _ in range(3):  # "Sure! Here is the text:" and a title
        found = _announcement(text, passage) or _label(text, passage)
        if not found:
            break
        taken.append(found.strip())
        text = text[len(found) :].lstrip()
    return Stripped(_unquoted(text, passage), " ".join(taken))


def remarks(answer: str, passage: str, instruction: str = "", *, speaks: bool = True) -> list[str]:
    """Return the sentences of an answer that talk about the task, of those that the passage does not hold.

    Args:
        instruction: what the model was told; a sentence that repeats it is such talk.
        speaks: somebody who says "I" or "we" speaks to the user, too, where nobody in the passage does.
    """
    known = _plain(passage)
    own = _NOUNS & set(_WORDS.findall(known))
    # what the passage says in such words itself is its matter
    patterns = [p for p in (*_patterns("remarks"), *_patterns("announcements")) if not p.search(known)]
    told = _grams(instruction)
    speaker = None if not speaks or _SPEAKER.search(known) else _SPEAKER
    found = []
    for match in _SENTENCE.finditer(answer):
        sentence = _plain(match[0])
        if not sentence or sentence in known:
            continue
        new_speaker = speaker is not None and speaker.search(_QUOTED.sub(" ", sentence))
        if new_speaker or _is_talk(sentence, own, patterns) or (told and _grams(sentence) & told):
            found.append(match[0].strip())
    return found


def _is_talk(sentence: str, own: frozenset[str], patterns: Sequence[re.Pattern[str]]) -> bool:
    """Whether a sentence matches, other than by nouns that are the passage's own matter: a passage about a text."""
    for pattern in patterns:
        found = pattern.search(sentence)
        if found is not None and not own & set(_WORDS.findall(found[0])):
            return True
    return False


def _announcement(text: str, passage: str) -> str:
    """The announcing sentence or line at the beginning, with the white space after it."""
    first = _SENTENCE.match(text)
    if first is None or first.end() > _LONGEST or first.end() == len(text):
        return ""
    sentence = _plain(first[0])
    alone = (
        first[0].rstrip("*_ \"'").endswith(":")
        or text[first.end() :].startswith("\n")
        or sentence.endswith("!")
    )
    if not alone or sentence in _plain(passage):
        return ""
    return text[: first.end()] if any(p.search(sentence) for p in _patterns("announcements")) else ""


def _label(text: str, passage: str) -> str:
    for pattern in _patterns("labels"):
        found = pattern.match(text)
        if found and not _plain(passage).startswith(_plain(found[0])):
            return found[0]
    return ""


def _unquoted(text: str, passage: str) -> str:
    closing = _PAIRS.get(text[:1])
    if closing is None or len(text) < 2 or not text.endswith(closing) or passage.strip()[:1] == text[:1]:
        return text
    inner = text[1:-1]
    return text if text[0] in inner or closing in inner else inner.strip()


def _plain(text: str) -> str:
    return _EMPHASIS.sub("", " ".join(text.translate(_QUOTES).lower().split()))


def _grams(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words: Sequence[str] = _WORDS.findall(text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    with _FILE.open("rb") as opened:
        read: dict[str, list[str]] = tomllib.load(opened)
    flags = re.IGNORECASE if kind == "labels" else 0
    return tuple(re.compile(pattern, flags) for pattern in read[kind])
