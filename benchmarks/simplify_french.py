"""How well docmill splits French sentences: cuts judged by hand.

    python -m benchmarks.simplify_french --data DIR [--sample 1|2|3] [--details FILE]

DIR (or its folder ``segment``) holds ``sentences/ud_fr_gsd/test.jsonl`` and ``dev.jsonl`` (UD French GSD, CC BY-SA 4.0).
The sentences and the judgements stand in ``simplify_french_gold.json`` by reference: the file, the number of the sentence
in it, the first 16 digits of the SHA-256 of its text, and of each judged proposition. Sentences were drawn at random of
those with 8 to 35 words that hold a word such as *qui, que, et, pour* or a participle. Samples 1 and 2 were looked at for
faults after they had been judged; sample 3 was judged last. A **cut** is a proposition of any rule but
``sentence``; it is right when it is good French, true to the source, and leaves a good sentence behind. A cut that
nobody has judged yet counts for nothing and is reported; ``--details`` writes those for judging.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks import measure
from stages.simplify.stage import Simplify

GOLD = Path(__file__).with_name("simplify_french_gold.json")


def main() -> None:
    """Command line."""
    options = _arguments().parse_args()
    if options.data is None:
        raise SystemExit("give --data DIR: the folder with sentences/ud_fr_gsd/test.jsonl")
    folder = options.data / "segment" if (options.data / "segment").is_dir() else options.data
    gold = [one for one in json.loads(GOLD.read_text("utf-8")) if one["sample"] == options.sample]
    texts = list(_sentences(folder / "sentences" / "ud_fr_gsd" / f"{gold[0]['file']}.jsonl"))
    for one in gold:
        if one["sentence"] >= len(texts) or digest(texts[one["sentence"]]) != one["sha256"]:
            raise SystemExit(
                f"sentence {one['sentence']} is not the one that was judged: the file is of another version"
            )
    report(gold, texts, options.details)


def report(gold: Sequence[Mapping[str, Any]], texts: Sequence[str], details: Path | None) -> None:
    """Print the share of cuts that are right, by rule, and of sentences without a wrong cut."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    unjudged: list[dict[str, Any]] = []
    whole = fine = split = 0
    for one, found in zip(gold, propositions([texts[one["sentence"]] for one in gold]), strict=True):
        cuts = [(rule, text) for rule, text in found if rule != "sentence"]
        split += bool(cuts)
        verdicts = [one["cuts"].get(digest(text)) for _, text in cuts]
        for (rule, text), verdict in zip(cuts, verdicts, strict=True):
            if verdict is None:
                unjudged.append({"sentence": one["sentence"], "source": texts[one["sentence"]], "text": text})
            else:
                (right if verdict else wrong)[rule] += 1
        if cuts and None not in verdicts:
            whole += 1
            fine += all(verdicts)
    rows = [
        [rule, str(right[rule] + wrong[rule]), f"{right[rule] / (right[rule] + wrong[rule]):.2f}"]
        for rule in sorted({*right, *wrong})
    ]
    total = right.total() + wrong.total()
    rows.append(["all", str(total), f"{right.total() / max(1, total):.3f}"])
    table = measure.table(["rule", "judged cuts", "right"], rows)
    print(table)
    print(
        f"\n{len(gold)} sentences, {split} split; {fine} of {whole} wholly judged ones have no wrong cut; "
        f"{len(unjudged)} cuts are not judged"
    )
    if details is not None:
        details.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in unjudged), "utf-8")
    measure.write("simplify_french", {"right": dict(right), "wrong": dict(wrong), "unjudged": len(unjudged)})


def propositions(texts: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Rule and text of what the stage makes of each sentence."""
    stage = Simplify(language="fr")
    stage.warm_up()
    schema = stage.requires
    sentences = [[{"start": 0, "end": len(text), "probability": 1.0}] for text in texts]
    batch = pa.RecordBatch.from_arrays(
        [pa.array(list(texts), schema.field(0).type), pa.array(sentences, schema.field(1).type)],
        schema=schema,
    )
    column = stage.process(batch).column("propositions").to_pylist()
    return [[(one["rule"], one["text"]) for one in found] for found in column]


def digest(text: str) -> str:
    """The first 16 digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _sentences(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            start = 0
            for end in record["sentence_ends"]:
                yield " ".join(record["text"][start:end].split())
                start = end


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="DIR")
    parser.add_argument("--sample", type=int, choices=(1, 2, 3), default=3)
    parser.add_argument("--details", type=Path)
    return parser


if __name__ == "__main__":
    main()
