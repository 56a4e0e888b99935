"""Sentences out of a treebank in CoNLL-U, as ``models.sentence_boundary.data`` reads them.

    python -m models.sentence_boundary.conllu TREEBANK OUTPUT --corpus gum --language en

reads every ``*.conllu`` file in TREEBANK as one document, its sentences from the comments ``# text``, its paragraphs
from ``# newpar``, and writes ``OUTPUT/sentences/CORPUS/train.jsonl``, one record for each file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from models.sentence_boundary.data import joined

_TEXT = "# text = "


def sentences_of(lines: Iterable[str]) -> tuple[list[str], list[int]]:
    """Return the sentences of a document, and before which of them a paragraph begins."""
    sentences: list[str] = []
    paragraphs: list[int] = []
    for line in lines:
        if line.startswith("# newpar"):
            paragraphs.append(len(sentences))
        elif line.startswith(_TEXT):
            sentences.append(line.removeprefix(_TEXT).strip())
    return sentences, paragraphs


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--language", required=True)
    options = parser.parse_args()
    target = options.output / "sentences" / options.corpus
    target.mkdir(parents=True, exist_ok=True)
    with (target / "train.jsonl").open("w", encoding="utf-8") as file:
        for source in sorted(options.treebank.glob("*.conllu")):
            sentences, paragraphs = sentences_of(source.read_text("utf-8").splitlines())
            record = joined(options.corpus, options.language, sentences)
            row = {
                "lang": record.language,
                "corpus": record.corpus,
                "text": record.text,
                "sentence_ends": record.sentence_ends,
                "paragraph_ends": [record.sentence_ends[n - 1] for n in paragraphs if n],
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
