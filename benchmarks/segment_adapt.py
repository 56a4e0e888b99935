"""What adaptation to 256 sentences of legal text gains.

    python -m benchmarks.segment_adapt --data DIR

From sentences/legal_en_us in DIR: for each seed, eight stretches of 32 sentences out of eight training documents
are the examples; boundary F1 is that of the stage with default options on dev, documents of which no sentence is an
example. Where a base model saw legal sentences in training, the catalog says so (``trained_on``) and so does the
table. CPU seconds of the whole adaptation.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from models.sentence_boundary import scoring
from models.sentence_boundary.adapted.artifact import adapt
from models.sentence_boundary.opening import find
from stages.segment.stage import Segment

CORPUS = "legal_en_us"
DOCUMENTS, STRETCH = 8, 32
RESULTS = Path(__file__).parent / "results"


def records(data: Path, split: str) -> list[dict[str, Any]]:
    """The documents of a split."""
    path = data / "segment" / "sentences" / CORPUS / f"{split}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def examples(train: Sequence[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Stretches of consecutive sentences."""
    generator = random.Random(seed)
    made = []
    long_enough = [one for one in train if len(one["sentence_ends"]) >= STRETCH]
    for record in generator.sample(long_enough, DOCUMENTS):
        ends = record["sentence_ends"]
        first = generator.randrange(len(ends) - STRETCH + 1)
        start = ends[first - 1] if first else 0
        chosen = ends[first : first + STRETCH]
        made.append(
            {"text": record["text"][start : chosen[-1]], "sentence_ends": [end - start for end in chosen]}
        )
    return made


def f1(model: str, dev: Sequence[dict[str, Any]]) -> float:
    """Micro boundary F1 of the stage, per cent."""
    batch = pa.RecordBatch.from_pydict({"text": [one["text"] for one in dev]})
    found = Segment(model=model).process(batch).column("sentences").to_pylist()
    counts = (
        scoring.compare(one["text"], one["sentence_ends"], [s["end"] for s in spans])
        for one, spans in zip(dev, found, strict=True)
    )
    return 100 * scoring.total(counts).f1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", nargs="+", default=["fast"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    options = parser.parse_args()
    train, dev = records(options.data, "train"), records(options.data, "dev")
    rows = []
    print("| model | saw legal sentences | seed | before | after | CPU seconds |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for model in options.models:
        saw = CORPUS in find(model).settings.get("trained_on", ())
        before = f1(model, dev)
        for seed in options.seeds:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "examples.jsonl"
                file.write_text("\n".join(map(json.dumps, examples(train, seed))), encoding="utf-8")
                began = time.process_time()
                adapt(model, file, Path(folder) / "adapted")
                spent = time.process_time() - began
                after = f1(str(Path(folder) / "adapted"), dev)
            row = {"model": model, "saw": saw, "seed": seed, "before": before, "after": after, "cpu_s": spent}
            rows.append(row)
            print(
                f"| {model} | {'yes' if saw else 'no'} | {seed} | {before:.1f} | {after:.1f} | {spent:.0f} |"
            )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "segment_adapt.json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
