"""Collects outputs for hand-checking: what a model answers to passages of ours, in every style, asked as the stage does.

Rounds are at temperature 0 and then, with one seed after the other, at each of the others. The same model and passages
give the same file.

    python -m benchmarks.rephrase_collect held_sources.jsonl held_outputs.jsonl --rounds 5
    python -m benchmarks.rephrase_collect second_sources.jsonl second_outputs.jsonl --rounds 4 --temperatures 0.7 0.4
    python -m benchmarks.rephrase_collect third_sources.jsonl third_outputs.jsonl --rounds 8 --temperatures 0.7 0.4
    python -m benchmarks.rephrase_collect fourth_sources.jsonl fourth_outputs.jsonl --rounds 7 --temperatures 0.7 0.4
    python -m benchmarks.rephrase_collect seventh_sources.jsonl seventh_outputs.jsonl --rounds 6 --temperatures 0.7 0.4
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.rephrase_judging import GOLD, STYLES, read
from stages.rephrase.backends.onnx import OnnxBackend
from stages.rephrase.chunking import Chunk
from stages.rephrase.options import Generation, RephraseConfig
from stages.rephrase.planning import Passage, request_of
from stages.rephrase.styles import Style, styles_of

_FIELDS = ("source", "style", "temperature", "seed")


def generation_of(number: int, temperatures: Sequence[float]) -> Generation:
    """Return how round ``number``, from 0, samples."""
    if number == 0:
        return Generation(temperature=0.0)
    seed, which = divmod(number - 1, len(temperatures))
    return Generation(temperature=temperatures[which], top_p=0.95, seed=seed)


def collect(
    backend: OnnxBackend, config: RephraseConfig, sources: Sequence[dict[str, Any]], target: Path
) -> None:
    """Append the answers of one round to a file, ordered by passage and style."""
    counts = backend.counter().count([one["text"] for one in sources])
    asked: list[tuple[dict[str, Any], Style, Passage]] = []
    for row, (one, tokens) in enumerate(zip(sources, counts, strict=True)):
        passage = Passage(row, 0, one["text"], Chunk(0, len(one["text"]), tokens))
        asked += [(one, style, passage) for style in styles_of(STYLES, {})]
    answers = dict(backend.complete([request_of(passage, style, config) for _, style, passage in asked]))
    with target.open("a", encoding="utf-8") as opened:
        for place, (one, style, _) in enumerate(asked):
            answer = answers[place]
            values = (one["id"], style.name, config.generation.temperature, config.generation.seed)
            line = dict(zip(_FIELDS, values, strict=True)) | {"finish": answer.finish, "text": answer.text}
            opened.write(json.dumps(line, ensure_ascii=False) + "\n")


def main() -> None:
    """Collect; say how far it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", help="file of benchmarks/rephrase_gold with passages")
    parser.add_argument("output", type=Path, help="file to write")
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--temperatures", type=float, nargs="+", default=[0.4, 0.7])
    given = parser.parse_args()
    target = given.output if given.output.parent != Path() else GOLD / given.output
    target.write_text("", encoding="utf-8")
    backend = OnnxBackend(given.model, Generation(rows=8), "cpu")
    print(backend.identity(), flush=True)
    for number in range(given.rounds):
        generation = generation_of(number, given.temperatures)
        collect(
            backend, RephraseConfig(model=given.model, generation=generation), read(given.sources), target
        )
        print(f"round {number}: {generation}", flush=True)


if __name__ == "__main__":
    main()
