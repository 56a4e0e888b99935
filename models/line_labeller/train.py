"""Trains the labeller and writes ``model.onnx``:

    python -m models.line_labeller.train TRAIN.parquet [TRAIN2.parquet ...] --score NAME.parquet ...

The files are those that ``benchmarks.layout_lines`` writes. Every document is learned as it is and in changed copies
(``augment``). Boosted trees (LightGBM) and networks (torch) are trained on the same features; ``--weight`` is the
share that the networks' answers have. Needs onnx, lightgbm and torch, none of which docmill itself needs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.augment import Augmenter
from models.line_labeller.corpus import Labelled, read
from models.line_labeller.features import NAMES, features
from models.line_labeller.gate import gate
from models.line_labeller.labels import LABELS
from models.line_labeller.predictor import Labeller
from models.line_labeller.scoring import score, table
from models.session import open_session

Array = NDArray[Any]

_FILE = Path(__file__).with_name("model.onnx")
_TOGETHER = 64  # documents
_GATED = 200  # documents on which the graph is compared with what it was written from
_RARITY = 0.35  # a label's weight: its rarity to this power
_BOOSTING = {
    "objective": "multiclass",
    "num_class": len(LABELS),
    "learning_rate": 0.2,
    "num_leaves": 31,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.25,
    "feature_fraction_bynode": 0.5,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "max_bin": 63,
    "lambda_l2": 5.0,
    "min_gain_to_split": 0.01,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


def features_of(documents: Sequence[Labelled]) -> Array:
    """Return the features of all lines, one document after the other."""
    parts = [
        features([one.lines for one in documents[first : first + _TOGETHER]])
        for first in range(0, len(documents), _TOGETHER)
    ]
    return np.concatenate(parts)


def truth_of(documents: Sequence[Labelled]) -> Array:
    """Return the label numbers of all lines."""
    return np.concatenate([one.truth for one in documents])


def enlarged(documents: Sequence[Labelled], copies: int, seed: int) -> list[Labelled]:
    """Return the documents and changed copies of them."""
    change = Augmenter(documents, seed)
    return [*documents, *(change(one) for _ in range(copies) for one in documents)]


def boosted(rows: Array, truth: Array, rounds: int, seed: int) -> Any:
    """Train boosted trees; lines without a label are left out."""
    import lightgbm

    known = truth >= 0
    share = np.bincount(truth[known], minlength=len(LABELS))
    weight = np.maximum(share, 1.0)[truth[known]] ** -_RARITY
    data = lightgbm.Dataset(
        rows[known], truth[known], weight=weight / weight.mean(), params={"max_bin": _BOOSTING["max_bin"]}
    )
    return lightgbm.train(_BOOSTING | {"seed": seed}, data, rounds)


def main() -> None:
    """Train, write, score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--score", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=_FILE)
    parser.add_argument("--copies", type=int, default=2, help="changed copies of each document")
    parser.add_argument("--rounds", type=int, default=16, help="of boosting; 0: no trees")
    parser.add_argument("--networks", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--weight", type=float, default=0.5, help="of the networks")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    documents = [one for path in given.corpora for one in read(path)]
    began = time.process_time()
    every = enlarged(documents, given.copies, given.seed)
    rows, truth = features_of(every), truth_of(every)
    print(f"{len(documents)} documents, {len(rows)} lines with copies, {time.process_time() - began:.0f} s")
    write(given, every, rows, truth)
    digest = hashlib.sha256(given.out.read_bytes()).hexdigest()
    print(f"{given.out.name}: {given.out.stat().st_size} bytes, sha256 {digest}")
    labeller = Labeller(open_session(given.out, "edge"))
    for path in given.score:
        held = read(path)
        found = np.concatenate(labeller.logits([one.lines for one in held])).argmax(1)
        print(f"\n{path.stem}\n{table(score(truth_of(held), found))}")


def write(given: argparse.Namespace, every: Sequence[Labelled], rows: Array, truth: Array) -> None:
    """Train what is asked for and write the graph."""
    from models.line_labeller import graph

    trees, networks = None, []
    sample = every[: min(_GATED, len(every))]
    count = sum(len(one.truth) for one in sample)
    wanted = np.zeros((count, len(LABELS)))
    share = given.weight if given.rounds else 1.0
    began = time.process_time()
    if given.rounds:
        trained = boosted(rows, truth, given.rounds, given.seed)
        trees = graph.trees_of(trained.dump_model(), len(LABELS))
        wanted += (1 - share if given.networks else 1.0) * trained.predict(rows[:count], raw_score=True)
        print(f"trees: {time.process_time() - began:.0f} s")
    if given.networks:
        import torch

        from models.line_labeller import learn

        torch.set_num_threads(1)
        parts = learn.sequences_of(every, rows)
        for number in range(given.networks):
            began = time.process_time()
            network = learn.fit(parts, epochs=given.epochs, seed=given.seed + number)
            networks.append(learn.parameters(network))
            wanted += share / given.networks * learn.logits(network, sample, rows[:count])
            print(f"network {number}: {time.process_time() - began:.0f} s")
    graph.write(given.out, len(NAMES), len(LABELS), trees, networks, given.weight)
    print("gate:", gate(given.out, [one.lines for one in sample], wanted))
    print(json.dumps({name: value for name, value in vars(given).items() if isinstance(value, int | float)}))


if __name__ == "__main__":
    main()
