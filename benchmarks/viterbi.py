"""Length-bounded cutting against wtpsplit's Viterbi, on the same probabilities.

    python -m benchmarks.viterbi --data DIR

The probabilities are those of the fast model for sentences/ud_en_ewt/dev.jsonl in DIR, given to both sides for
every character, as wtpsplit's function takes them. "every character": the model's zeros are replaced by a tiny
probability, so that no place can be left out. CPU time. Needs the extra peers.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.prediction import Predictor
from stages.segment.priors import log_prior
from stages.segment.viterbi import best_cuts

PRIORS = ("uniform", "gaussian", "lognormal", "clipped_polynomial")
TARGET, SPREAD = 70, 60
RESULTS = Path(__file__).parent / "results"


def probabilities(data: Path, characters: int) -> np.ndarray:
    """The model's probability of a sentence end after each character."""
    records = (data / "sentences" / "ud_en_ewt" / "dev.jsonl").read_text(encoding="utf-8").split("\n")
    text = " ".join(json.loads(line)["text"] for line in records if line)[:characters]
    (places,) = Predictor(open_model(find("fast"))).places([text])
    found = np.zeros(len(text), np.float32)
    found[places.ends - 1] = places.probabilities
    return found


def ours(values: np.ndarray, kind: Any, longest: int) -> list[int] | None:
    """Cuts by docmill: only places with a probability are candidates."""
    places = np.union1d(np.flatnonzero(values) + 1, [len(values)])
    with np.errstate(divide="ignore"):
        gains = np.log(values[places - 1]).astype(np.float64)
    found = best_cuts(places, gains, log_prior(kind, longest, TARGET, SPREAD), 1, flat=kind == "uniform")
    return None if found is None else found[:-1].tolist()


def peers(values: np.ndarray, kind: str, longest: int) -> list[int]:
    """Cuts by wtpsplit."""
    from wtpsplit.utils.constraints import constrained_segmentation
    from wtpsplit.utils.priors import create_prior_function

    prior = create_prior_function(kind, {"max_length": longest, "target_length": TARGET, "spread": SPREAD})
    return list(constrained_segmentation(values, prior, max_length=longest))


def timed(work: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """CPU seconds of one call, and what it returned."""
    began = time.process_time()
    for _ in range(repeats):
        result = work()
    return (time.process_time() - began) / repeats, result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--characters", type=int, default=8000)
    options = parser.parse_args()
    as_given = probabilities(options.data / "segment", options.characters)
    dense = np.maximum(as_given, np.float32(1e-8))
    peers(dense[:50], "uniform", 20)  # what it imports is not its speed
    rows = []
    print("| prior | max | places | docmill chars/s | wtpsplit chars/s | ratio | same cuts |")
    print("| --- | ---: | --- | ---: | ---: | ---: | --- |")
    for longest in (120, 500):
        for kind in PRIORS:
            for label, values in (("token ends", as_given), ("every character", dense)):
                own, found = timed(lambda v=values, k=kind, m=longest: ours(v, k, m), 5)
                other, wanted = timed(lambda v=values, k=kind, m=longest: peers(v, k, m), 1)
                row = {
                    "prior": kind, "max": longest, "places": label, "docmill": len(values) / own,
                    "wtpsplit": len(values) / other, "ratio": other / own, "same": found == wanted,
                }  # fmt: skip
                rows.append(row)
                print(
                    f"| {kind} | {longest} | {label} | {row['docmill']:,.0f} | {row['wtpsplit']:,.0f} | "
                    f"{row['ratio']:,.0f} | {'yes' if row['same'] else 'no'} |"
                )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "viterbi.json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
