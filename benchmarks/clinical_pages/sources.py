"""Running text for the documents: held-out records of E3C, ACI-Bench and MTS-Dialog.

Records whose sha256 of the id begins with c to f (E3C), and the test files of the other two, are nobody
else's; c and d (or the even hash) make `dev`, the others `test`. Sentences that name an infection are left
out, so that the mentions of infections in a document are exactly those that ``case.py`` puts there.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_INFECTION = re.compile(
    r"infect|seps|septi|pneum|m[ée]ning|abc[èe]s|tubercul|\bVIH\b|\bHIV\b|grippe|influenza|covid|sars|hépatite|hepatitis"
    r"|py[ée]lon|endocard|[ée]rysip|cellulit|bact[ée]ri|cholangit|angiochol|spondylod|discit|virus|virale?\b|viral\b"
    r"|abscess|gangr[eè]n|listeri|staphyl|strept|e\. coli|klebs|palud|malaria"
    r"|germe|hémocult|pus\b|purulen|antibi|fung|mycos|syphilis|parasit|UTI\b|cold\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\s*[(\[](?:voir )?(?:figures?|fig\.?|tableau|table)\b[^)\]]{0,40}[)\]]", re.IGNORECASE)
_REPORTING = re.compile(
    r"\b(?:nous rapportons|we report|case report|notre observation|written consent|consentement)", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÝL’])")


@dataclass(frozen=True, slots=True)
class Sources:
    """Text of one half: cases as sentences by language, and visit notes as headed sections (English)."""

    cases: dict[str, list[list[str]]]
    notes: list[list[tuple[str, list[str]]]]


def load(folder: Path, half: str) -> Sources:
    """Read the held-out text of a half, ``dev`` or ``test``. The order depends on nothing but the files."""
    cases = {language: list(_cases(folder / f"e3c-{language}", half)) for language in ("fr", "en")}
    return Sources(cases, list(_notes(folder / "aci-bench", half)))


def _cases(folder: Path, half: str) -> Iterator[list[str]]:
    digits = "cd" if half == "dev" else "ef"
    with (folder / "cases.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if _digest(record["id"])[0] in digits:
                sentences = _sentences(record["text"])
                if len(sentences) >= 6:
                    yield sentences


def _notes(folder: Path, half: str) -> Iterator[list[tuple[str, list[str]]]]:
    csv.field_size_limit(1 << 30)
    for name in ("clinicalnlp_taskB_test1.csv", "clinicalnlp_taskC_test2.csv", "clef_taskC_test3.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if (int(_digest(row["encounter_id"])[0], 16) % 2 == 0) == (half == "dev"):
                    sections = _sections(row["note"])
                    if len(sections) >= 4:
                        yield sections


def _sections(note: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in (line.strip() for line in note.splitlines()):
        if not line:
            continue
        if line.isupper() and len(line) < 60:
            found.append((line, []))
        elif found and not _INFECTION.search(line):
            found[-1][1].append(line)
    return [(heading, lines) for heading, lines in found if lines]


def _sentences(text: str) -> list[str]:
    text = _FIGURE.sub("", " ".join(text.split()))
    return [
        sentence
        for sentence in _SENTENCE.split(text)
        if 20 < len(sentence) < 420 and not _INFECTION.search(sentence) and not _REPORTING.search(sentence)
    ]


def _digest(identifier: str) -> str:
    return hashlib.sha256(identifier.encode()).hexdigest()
