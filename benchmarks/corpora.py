"""Corpora of any size for the benchmarks: copies of real PDFs, or texts made of the words of a seed."""

from __future__ import annotations

import json
import random
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[1]


def pdfs(data: Path | None) -> list[Path]:
    """Return the PDFs of ``--data`` (its folder ``parse/pdf``, or itself), else those of the examples."""
    if data is None:
        known = {"letter-en-encrypted.pdf", "letter-en-truncated.pdf"}
        return sorted(p for p in (ROOT / "examples" / "corpus").glob("*.pdf") if p.name not in known)
    found: list[Path] = []
    for folder in (data / "parse" / "pdf", data / "pdf", data):
        found = sorted(folder.glob("*.pdf"))
        if found:
            return found
    raise SystemExit(f"{data}: no .pdf files in it, in its folder pdf or in its folder parse/pdf")


def copies(files: list[Path], folder: Path, times: int) -> Path:
    """Fill a folder with links to the files, each under as many names as asked; return the folder."""
    folder.mkdir(parents=True)
    for turn in range(times):
        for file in files:
            (folder / f"{turn:04}-{file.name}").symlink_to(file.resolve())
    return folder


def texts(path: Path, megabytes: float, seed: int = 1) -> Path:
    """Write a JSONL file of about that many megabytes, texts of 1 to 8 kB; return the path.

    A word's frequency falls with its rank as in a language, so that what depends on it (packing, tables of
    words) behaves as it does on real text.
    """
    random_ = random.Random(seed)
    letters = "etaoinshrdlucmfwypvbgk"
    words = ["".join(random_.choices(letters, k=random_.randint(2, 10))) for _ in range(20_000)]
    words[:8] = ["the", "of", "and", "to", "in", "is", "that", "not"]
    weights = [1 / (rank + 2) for rank in range(len(words))]
    written = 0
    with path.open("w", encoding="utf-8") as out:
        for number in count():
            if written >= megabytes * 1e6:
                return path
            text = " ".join(random_.choices(words, weights, k=random_.randint(180, 1400)))
            written += out.write(json.dumps({"id": f"text-{number}", "text": text}) + "\n")
    return path
