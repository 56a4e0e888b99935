"""Judges collected outputs by the gates, without generating anything: shared by benchmarks/rephrase_gates.py."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from models.catalog import path
from models.language_id.detector import LanguageDetector
from stages.rephrase.backends.backend import Completion
from stages.rephrase.gates.gate import Gate
from stages.rephrase.gates.judge import gates_of, judge
from stages.rephrase.gates.options import GateOptions
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.lead_ins import strip_lead_in
from stages.rephrase.opened import token_logprobs
from stages.rephrase.requirements import DETECTION_MODEL
from stages.rephrase.styles import Style, styles_of
from stages.rephrase.token_counts import EstimatedTokens

GOLD = Path(__file__).parent / "rephrase_gold"
STYLES = ("easy", "medium", "hard", "qa")
_SOURCES = (
    "sources.jsonl",
    "held_sources.jsonl",
    "second_sources.jsonl",
    "third_sources.jsonl",
    "fourth_sources.jsonl",
    "fifth_sources.jsonl",
    "sixth_sources.jsonl",
    "seventh_sources.jsonl",
)


Probabilities = tuple[Sequence[int], Sequence[float]]


@dataclass(frozen=True)
class Judged:
    """An output with what the gates say."""

    output: dict[str, Any]
    source: dict[str, Any]
    text: str
    lead_in: str
    verdict: Verdict


def read(name: str) -> list[dict[str, Any]]:
    """Read a file of the hand-checked set."""
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _own_source(output: dict[str, Any], detector: LanguageDetector) -> dict[str, Any]:
    ((code, _),) = detector.detect([output["passage"]])
    return {"text": output["passage"], "lang": code}


def probabilities_file(name: str) -> Path:
    """Where benchmarks/rephrase_probabilities.py writes what a model gave the outputs of a set."""
    return GOLD / f"{name}_probabilities.jsonl"


def probabilities_of(name: str) -> dict[int, Probabilities]:
    """Read it: by line, where in the output each token ends, and its log probability."""
    return {
        one["line"]: (list(accumulate(one["lengths"])), one["logprobs"])
        for one in read(probabilities_file(name).name)
    }


def source_of(output: dict[str, Any]) -> dict[str, Any]:
    """The passage of an output that names its source."""
    return _sources()[output["source"]]


@cache
def _sources() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for name in _SOURCES for one in read(name)}


def judged(
    outputs: Sequence[dict[str, Any]],
    options: GateOptions,
    probabilities: Mapping[int, Probabilities] | None = None,
) -> list[Judged]:
    """Judge outputs as the stage does. Those that hold their passage themselves need no source.

    Args:
        probabilities: by number of the output, from 1; the gate ``confidence`` does not run for the others.
    """
    detector = LanguageDetector(path(DETECTION_MODEL))
    gates: list[Gate] = gates_of(options, detector, None)
    styles: dict[str, Style] = {style.name: style for style in styles_of(STYLES, {})}
    counter = EstimatedTokens()
    done = []
    for number, output in enumerate(outputs, 1):
        source = source_of(output) if "source" in output else _own_source(output, detector)
        stripped = strip_lead_in(output["text"], source["text"])
        before, after = counter.count([source["text"], stripped.text])
        style = styles[output["style"]]
        ends, logprobs = (probabilities or {}).get(number, (None, None))
        written = token_logprobs(
            Completion(output["text"], token_ends=ends, logprobs=logprobs), stripped.text
        )
        pair = Pair(
            source["text"], stripped.text, style, output["finish"], source["lang"], before, after, written
        )
        done.append(Judged(output, source, stripped.text, stripped.lead_in, judge(pair, gates)))
    return done
