"""Make the example corpus: ``python examples/make_examples.py [FOLDER]`` (default: ``examples``).

FOLDER gets ``corpus/``, on which ``make demo`` runs, and ``scans/``, a document that has no text to read
without OCR. Everything is written by ourselves: the words in ``maker/texts``, the layout in ``maker``. The
result is the same every time; the encrypted letter, whose keys are random, is left alone unless its words changed.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from maker import article, damage, letter, report, tables
from maker.texts import letters_en, letters_fr, web_fr
from maker.texts.article import HEDGEROWS
from maker.texts.report import LIBRARIES


def make(folder: Path) -> list[Path]:
    """Write all examples below the folder and return their paths."""
    corpus, scans = folder / "corpus", folder / "scans"
    corpus.mkdir(parents=True, exist_ok=True)
    scans.mkdir(parents=True, exist_ok=True)

    letter.write(letters_fr.CARDIOLOGY, corpus / "letter-fr-cardiology.pdf")
    letter.write(letters_fr.INFECTIOUS_DISEASES, corpus / "letter-fr-infectious-diseases.pdf")
    letter.write(letters_fr.RHEUMATOLOGY, corpus / "letter-fr-rheumatology.pdf")
    letter.write(letters_en.RESPIRATORY, corpus / "letter-en-respiratory.pdf")
    letter.write(letters_en.NEUROLOGY, corpus / "letter-en-neurology.pdf")
    article.write(HEDGEROWS, corpus / "article-two-columns.pdf")
    report.write(LIBRARIES, corpus / "report-libraries.pdf")
    (corpus / "page-fr-hike.txt").write_text(web_fr.PAGE, "utf-8")
    tables.write_posts(corpus / "posts.jsonl")
    tables.write_projects(corpus / "projects.parquet")

    with tempfile.TemporaryDirectory() as aside:
        whole = Path(aside) / "letter.pdf"
        letter.write(letters_en.ENDOCRINOLOGY, whole)
        damage.encrypt(whole, corpus / "letter-en-encrypted.pdf")
        letter.write(letters_en.CARDIOLOGY, whole)
        damage.truncate(whole, corpus / "letter-en-truncated.pdf")
        letter.write(letters_fr.RHEUMATOLOGY, whole)
        damage.scan(whole, scans / "letter-fr-scanned.pdf")
    return sorted([*corpus.iterdir(), *scans.iterdir()])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    for path in make(parser.parse_args().folder):
        print(f"{path.stat().st_size:>8} {path}")


if __name__ == "__main__":
    main()
