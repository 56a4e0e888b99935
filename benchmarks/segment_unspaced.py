"""What docmill's sentences are worth in Thai, Khmer and Burmese, for which there are no annotated sentences here.

    python -m benchmarks.segment_unspaced --data DIR [--data MORE] --messages UNPACKED [--models fast]

Measured against what running text shows by itself:

- Paragraphs that have nothing to do with each other, 25 joined to a document: is the end of a paragraph found?
  ("found"; joined by a blank, and by nothing.) A paragraph may have several sentences, so ends elsewhere are not
  wrong by that: "per paragraph" tells how many sentences it is cut into.
- Ends inside paragraphs: after a sentence mark, at white space, between words (a zero width space), or inside a run
  of letters. Thai and Burmese write no blanks between words, and Khmer text marks words by zero width spaces or
  not at all, so an end in a run of letters is nearly always in the middle of a phrase, and often of a word.
  (The seam of two paragraphs joined by nothing is none of these ends.)
- Khmer and Burmese write a full stop of their own. It is taken for the sentence end ("F1", boundary F1 x 100; clean
  text, and without any punctuation). Thai has none, so there is no F1.

DIR and MORE hold text/SOURCE.LANG.txt.gz, which the models were trained on ("trained"). UNPACKED is a folder with the
unpacked Debian packages libreoffice-l10n-th, libreoffice-l10n-km and vlc-l10n; no model saw their messages ("new"),
and messages that stand in DIR or MORE, too, are left out. What is measured is technical prose, short of the variety
of other text. Peers get the same documents and are told the language.
"""

from __future__ import annotations

import argparse
import gettext
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import measure, splitters
from benchmarks.segment import stage_of
from models.sentence_boundary import data, scoring

# letters of the script, and the marks after which a sentence is over
LANGUAGES = {
    "th": ("\u0e00-\u0e7f", ""),
    "km": ("\u1780-\u17ff", "\u17d4\u17d5"),
    "my": ("\u1000-\u109f", "\u104b"),
}
ZERO_WIDTH = "\u200b"
PEERS = ("pysbd", "sentencex")  # those that know a mark beyond Latin ones
SEED = 20261122
TOGETHER = 25  # paragraphs in a document
MOST = 1500  # paragraphs of a language
SHORTEST = 40  # characters of a paragraph
_MARKS = "\u17d4\u17d5\u17d6\u104b\u104a.!?…:;)]}\"'”’»"
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Found:
    """What was counted over the documents of one variant."""

    paragraphs: int = 0
    hits: int = 0
    inner: int = 0  # ends inside paragraphs
    inner_after_mark: int = 0
    inner_at_space: int = 0
    inner_at_word: int = 0
    sentences: scoring.Counts = field(default_factory=scoring.Counts)

    def row(self, marked: bool) -> list[Any]:
        """Cells of the table."""
        inside = self.inner - self.inner_after_mark - self.inner_at_space - self.inner_at_word
        shares = (self.inner_after_mark, self.inner_at_space, self.inner_at_word, inside)
        return [
            f"{100 * self.hits / self.paragraphs:.1f}",
            f"{1 + self.inner / self.paragraphs:.2f}",
            *(f"{100 * share / self.inner:.1f}" if self.inner else "-" for share in shares),
            f"{100 * self.sentences.f1:.1f}" if marked else "-",
        ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--messages", type=Path, required=True)
    parser.add_argument("--models", nargs="+", default=["fast"])
    options = parser.parse_args()
    folders = [one / "segment" if (one / "segment").is_dir() else one for one in options.data]
    peers, missing = splitters.installed()
    systems: dict[str, Any] = {f"docmill {name}": stage_of(name) for name in options.models}
    for peer in (one for one in peers if one.name.startswith(PEERS)):
        split = peer.make()
        systems[peer.name] = lambda records, s=split: [s(r.text, r.language) for r in records]
    rows, result = [], []
    for language, (_, full_stops) in LANGUAGES.items():
        trained = _trained(folders, language)
        new = [line for line in _messages(options.messages, language) if line not in set(trained)]
        for origin, lines in (("trained", trained), ("new", new)):
            chosen = random.Random(SEED).sample(lines, min(MOST, len(lines)))
            for form, between, records in _documents(chosen, language, full_stops):
                for system, split_all in systems.items():
                    if not system.startswith("docmill") and (form != "clean" or between != "blank"):
                        continue  # without punctuation they find nothing (benchmarks/segment.py)
                    found = _count(records, split_all([record for record, _ in records]))
                    where = [language, f"{origin} ({len(chosen)})", form, between, system]
                    rows.append([*where, *found.row(bool(full_stops))])
                    result.append(dict(zip(_HEADERS, rows[-1], strict=True)))
    if missing := sorted(set(missing) & set(PEERS)):
        print(f"not installed, so not measured: {', '.join(missing)}\n")
    print(measure.table(_HEADERS, rows))
    measure.write("segment_unspaced", {"rows": result})


_HEADERS = (
    *("", "text (paragraphs)", "form", "joined by", "", "found", "per paragraph"),
    *("after mark", "at white space", "between words", "in a run of letters", "F1"),
)


def _trained(folders: Iterable[Path], language: str) -> list[str]:
    lines = (
        line
        for folder in folders
        for file in data.running_text(folder)
        if file.language == language
        for line in file.lines
    )
    return sorted({line for line in lines if _usable(line, language)})


def _messages(folder: Path, language: str) -> list[str]:
    found = set()
    for file in sorted(folder.rglob(f"{language}/LC_MESSAGES/*.mo")):
        with file.open("rb") as opened:
            catalog: Mapping[Any, Any] = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
        for source, message in catalog.items():
            if source and isinstance(message, str) and message != source:
                found.add(" ".join(_TAG.sub("", message).split()))
    return sorted(line for line in found if _usable(line, language))


def _usable(line: str, language: str) -> bool:
    """Whether a line is a paragraph that is mostly written in the script."""
    letters = len(re.findall(f"[{LANGUAGES[language][0]}]", line))
    return len(line) >= SHORTEST and letters > 0.6 * len(line.replace(ZERO_WIDTH, ""))


def _documents(
    lines: Sequence[str], language: str, full_stops: str
) -> Iterator[tuple[str, str, list[tuple[data.Record, frozenset[int]]]]]:
    """Yield form, what paragraphs are joined by, and records with the ends of their paragraphs."""
    forms = {"clean": str, "no punctuation": data.stripped_of_form}
    if any(ZERO_WIDTH in line for line in lines):
        forms["no zero width"] = lambda part: part.replace(ZERO_WIDTH, "")
    for form, change in forms.items():
        for between, gap in (("blank", " "), ("nothing", "")):
            yield (
                form,
                between,
                [
                    _joined(lines[first : first + TOGETHER], change, gap, language, full_stops)
                    for first in range(0, len(lines), TOGETHER)
                ],
            )


def _joined(
    lines: Sequence[str], change: Any, gap: str, language: str, full_stops: str
) -> tuple[data.Record, frozenset[int]]:
    text, sentence_ends, paragraph_ends = "", [], []
    for line in lines:
        inside = re.split(rf"(?<=[{full_stops}])(\s*)(?!\s)", line) if full_stops else [line]
        for part, after in zip(inside[::2], [*inside[1::2], gap], strict=True):
            kept = change(part).strip()
            if kept:
                text += kept
                sentence_ends.append(len(text))
                text += after
        paragraph_ends.append(sentence_ends[-1] if sentence_ends else 0)
    text = text.rstrip()
    record = data.Record("", language, text, tuple(sentence_ends))
    return record, scoring.inner_boundaries(text, paragraph_ends)


def _count(records: Sequence[tuple[data.Record, frozenset[int]]], ends: Sequence[Iterable[int]]) -> Found:
    found = Found()
    for (record, paragraphs), some in zip(records, ends, strict=True):
        given = list(some)
        mine = scoring.inner_boundaries(record.text, given)
        found.paragraphs += len(paragraphs)
        found.hits += len(mine & paragraphs)
        found.sentences += scoring.compare(record.text, record.sentence_ends, given)
        for end in mine - paragraphs:
            found.inner += 1
            if record.text[end - 1] in _MARKS:
                found.inner_after_mark += 1
            elif record.text[end].isspace():
                found.inner_at_space += 1
            elif ZERO_WIDTH in record.text[end - 1 : end + 1]:
                found.inner_at_word += 1
    return found


if __name__ == "__main__":
    main()
