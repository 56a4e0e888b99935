"""What shortening costs a classifier: macro F1 over full, head-only and shortened text.

TF-IDF and a linear classifier, trained on ``train.jsonl`` and scored once on ``test.jsonl`` (records with
``text`` and ``label``), both in the same form of the text. Nothing is chosen on the test set: the settings
are scikit-learn's usual ones and the same in every row. "none" keeps the head of the text as it is.

A bag of words cannot profit from punctuation or order, so it says whether the words that matter are still
there, not how a Transformer would use them.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from benchmarks import measure
from stages.shorten.document_frequency import DocumentFrequency
from stages.shorten.stage import Shorten

LENGTHS = (None, 512, 256, 128)
REMOVALS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("none", {"remove": []}),
    ("stop words", {"remove": ["stopwords"]}),
    ("stop words, spaCy's list", {"remove": ["stopwords"], "lists": "spacy"}),
    ("stop words, punctuation", {"remove": ["stopwords", "punctuation"]}),
    ("stop words, rare", {"remove": ["stopwords", "rare"]}),
    ("stop words, recurring", {"remove": ["stopwords", "recurring"]}),
    ("all four", {"remove": ["stopwords", "punctuation", "rare", "recurring"]}),
)


def read(file: Path) -> tuple[list[str], list[str]]:
    """Return texts and labels."""
    records = [json.loads(line) for line in file.open(encoding="utf-8")]
    return [record["text"] for record in records], [record["label"] for record in records]


def shortened(texts: list[str], options: dict[str, Any]) -> tuple[list[str], float]:
    """Return the shortened texts and their mean number of words."""
    stage = Shorten(language="en", **options)
    stage.check()
    made = stage.process(pa.record_batch([pa.array(texts, pa.string())], names=["text"]))
    short = made.column("short_text").to_pylist()
    return short, sum(len(text.split()) for text in short) / len(short)


def score(train: list[str], train_labels: list[str], test: list[str], test_labels: list[str]) -> float:
    """Return the macro F1 on the test set."""
    classifier = make_pipeline(TfidfVectorizer(sublinear_tf=True), LinearSVC(random_state=0))
    classifier.fit(train, train_labels)
    return float(f1_score(test_labels, classifier.predict(test), average="macro"))


def main() -> None:
    """Measure, print, write."""
    parser = measure.arguments(__doc__ or "", data="a folder with train.jsonl and test.jsonl: text, label")
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data is needed: a folder with train.jsonl and test.jsonl, records of text and label")
    train, train_labels = read(options.data / "train.jsonl")
    test, test_labels = read(options.data / "test.jsonl")
    results: list[dict[str, Any]] = []
    with TemporaryDirectory() as folder:
        table = DocumentFrequency()
        table.add(pa.array(train, pa.string()))
        table.save(Path(folder) / "df.parquet")
        for name, removal in REMOVALS:
            if removal.get("lists") == "spacy" and not _has_spacy():
                continue
            for length in LENGTHS:
                chosen = dict(removal)
                if "rare" in chosen["remove"]:
                    chosen["document_frequency"] = Path(folder) / "df.parquet"
                if length is not None:
                    chosen["budget"] = {"words": length}
                short_train, _ = shortened(train, chosen)
                short_test, words = shortened(test, chosen)
                f1 = score(short_train, train_labels, short_test, test_labels)
                results.append({"removed": name, "words": length, "macro_f1": f1, "mean_words": words})
    rows = []
    for name in dict.fromkeys(result["removed"] for result in results):
        of_name = [result for result in results if result["removed"] == name]
        rows.append((name, *(f"{r['macro_f1']:.3f} ({r['mean_words']:.0f})" for r in of_name)))
    headers = ["removed", *("full" if length is None else f"{length} words" for length in LENGTHS)]
    print(f"\nMacro F1 (mean words left) on {len(test)} test documents, trained on {len(train)}\n")
    print(measure.table(headers, rows))
    measure.write("shorten_quality", {"rows": results})


def _has_spacy() -> bool:
    import importlib.util

    return importlib.util.find_spec("spacy") is not None


if __name__ == "__main__":
    main()
