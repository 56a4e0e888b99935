"""The command: see the package."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from models.line_labeller.generator import fonts, sources
from models.line_labeller.generator.make import LANGUAGES, SCANS, document


def main() -> int:
    """Write the documents as NAME.pdf and NAME.json."""
    parser = argparse.ArgumentParser(
        prog="python -m models.line_labeller.generator", description="Make labelled documents."
    )
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        help="folder with e3c-fr, e3c-en, aci-bench, mts-dialog, eds-pseudo",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--count", type=int, required=True, help="how many documents")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    parser.add_argument("--split", choices=("train", "dev"), default="train")
    parser.add_argument("--scans", type=float, default=SCANS, help="share of scanned documents, 0 to 1")
    given = parser.parse_args()
    try:
        texts = {language: sources.read(given.data, language, given.split) for language in LANGUAGES}
    except FileNotFoundError as error:
        print(f"there is no {error.filename}: give --data the folder with all collections", file=sys.stderr)
        return 2
    given.out.mkdir(parents=True, exist_ok=True)
    families = fonts.installed()
    for number in range(given.first, given.first + given.count):
        made = document(number, given.seed, given.split, texts, families, given.scans)
        (given.out / f"{made.name}.pdf").write_bytes(made.pdf)
        (given.out / f"{made.name}.json").write_text(json.dumps(made.as_json()), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
