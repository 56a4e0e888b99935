"""Sentences of public collections, read from a folder. They are not part of this package.

Which records may be used is fixed by their ids: those whose SHA-256 begins with c to f are left to the held-out
sets, which another generator makes; of the rest, a second digit 0 or 1 means the split dev.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.line_labeller.generator.chance import Split

Section = tuple[str, list[str]]  # heading, paragraphs

_THEMES = {
    "GENHX": "story",
    "PASTMEDICALHX": "history",
    "PASTSURGICAL": "history",
    "FAM/SOCHX": "history",
    "ALLERGY": "history",
    "ROS": "exam",
    "EXAM": "exam",
    "MEDICATIONS": "drugs",
    "CC": "reason",
    "ASSESSMENT": "course",
    "PLAN": "end",
    "DIAGNOSIS": "end",
    "DISPOSITION": "end",
    "EDCOURSE": "course",
    "IMAGING": "tests",
    "LABS": "tests",
    "PROCEDURES": "technique",
    "GYNHX": "history",
    "OTHER_HISTORY": "history",
}


@dataclass(frozen=True, slots=True)
class Texts:
    """What a language's documents may quote. Empty without a folder: the generator has sentences of its own.

    Attributes:
        cases: clinical cases, each as its sentences in order.
        notes: visit notes with their own headings.
        passages: paragraphs by theme (see ``words``).
        snippets: short unordered pieces of reports.
    """

    cases: list[list[str]] = field(default_factory=list)
    notes: list[list[Section]] = field(default_factory=list)
    passages: dict[str, list[str]] = field(default_factory=dict)
    snippets: list[str] = field(default_factory=list)


def read(data: Path | None, language: str, split: Split) -> Texts:
    """Read the texts of a language from the folder with ``e3c-fr``, ``aci-bench`` and so on.

    Raises FileNotFoundError when a collection is missing.
    """
    if data is None:
        return Texts()
    cases = [sentences(text) for text in _cases(data / f"e3c-{language}" / "cases.jsonl", split)]
    if language == "fr":
        return Texts(cases=cases, snippets=list(_snippets(data / "eds-pseudo" / "templates.txt", split)))
    passages: dict[str, list[str]] = {}
    for theme, text in _passages(data / "mts-dialog" / "MTS-Dialog-TrainingSet.csv", split):
        passages.setdefault(theme, []).append(text)
    notes = [note for name in ("train.csv", "valid.csv") for note in _notes(data / "aci-bench" / name, split)]
    return Texts(cases, notes, passages)


def taken(key: str, split: Split) -> bool:
    """Whether the record with this id belongs to the split."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return digest[0] < "c" and (digest[1] < "2") == (split == "dev")


_ENDS = re.compile(r"(?<=[a-zéèà0-9)%µ]{2}[.!?])\s+(?=[A-ZÀÉÈL])")


def sentences(text: str) -> list[str]:
    """Cut a text roughly into sentences; where exactly does not matter here."""
    return [part for part in _ENDS.split(" ".join(text.split())) if part]


def _cases(file: Path, split: Split) -> Iterator[str]:
    for line in file.read_text("utf-8").splitlines():
        record = json.loads(line)
        if taken(record["id"], split):
            yield record["text"]


_MARKED = re.compile(r"\[([^\]]*)\]\([A-Z_]+\)")


def _snippets(file: Path, split: Split) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", file.read_text("utf-8")):
        text = " ".join(_MARKED.sub(r"\1", block).split())
        # Those with addresses and numbers of telephones are letterheads or notes: of no known label.
        if (
            taken(block, split)
            and len(text.split()) > 11
            and block.count("(NOM)") < 2
            and sum(map(str.isdigit, text)) < 0.15 * len(text)
            and not re.search(r"\((TEL|ADRESSE|MAIL|SECU|HOPITAL)\)", block)
        ):
            yield text


def _passages(file: Path, split: Split) -> Iterator[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            theme = _THEMES.get(row["section_header"].strip())
            text = " ".join(row["section_text"].split())
            if theme and text and taken(f"mts {row['ID']}", split):
                yield theme, text


def _notes(file: Path, split: Split) -> Iterator[list[Section]]:
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if not taken(row["encounter_id"], split):
                continue
            note: list[Section] = []
            for raw in row["note"].splitlines():
                line = " ".join(raw.split())
                if not line:
                    continue
                if line.isupper() and 1 < len(line) < 60:
                    note.append((line, []))
                elif note and (len(line.split()) > 3 or line.endswith((".", ":", ";")) or line[0] in "•-"):
                    note[-1][1].append(line)
            note = [section for section in note if section[1]]
            if note:
                yield note
