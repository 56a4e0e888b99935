"""Choose a model's thresholds on dev splits, one for each condition of a text.

    python -m models.sentence_boundary.tuning MODEL --data DIR [--held-out CORPUS=N ...]

prints them as ``models/catalog.toml`` wants them, and what each corpus scores with them. MODEL is what
``models.sentence_boundary.opening`` takes. Of corpora whose dev records a model was trained on but for one in N
(records number 1, N + 1, ...) only those are used: name them after ``--held-out``, or, where N is 2, after
``--halves``. Test splits are never read.
"""

from __future__ import annotations

import argparse
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary import data, scoring
from models.sentence_boundary.condition import CONDITIONS, DEFAULT, conditions, thresholds_at
from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.prediction import Places, Predictor

Predict = Callable[[Sequence[str]], Iterable[Places]]

_GRID = np.concatenate((np.arange(0.02, 0.1, 0.01), np.arange(0.1, 0.96, 0.025)))
_FEWEST = 50  # boundaries; a corpus with fewer under a condition says nothing about it
_SIGNS = str.maketrans("", "", ".!?…。！？｡।॥؟۔።។")


def variants(record: data.Record) -> dict[str, data.Record]:
    """Return the record as it is, in lower case, without sentence marks, and corrupted."""
    parts = data.sentences(record)

    def changed(change: Callable[[str], str]) -> data.Record:
        kept = [new for part in parts if (new := change(part).strip())]
        return data.joined(record.corpus, record.language, kept)

    return {
        "clean": record,
        "lower": changed(str.lower),
        "unmarked": changed(lambda part: part.translate(_SIGNS)),
        "corrupted": data.corrupted(record),
    }


def choose(predict: Predict, corpora: Mapping[str, Sequence[data.Record]]) -> dict[str, float]:
    """Return the threshold for each condition, and ``default``, the one for punctuated text.

    For each condition the mean F1 over corpora and variants is made largest, counting only places where the
    condition holds. The middle of the thresholds within 0.1 points of the best is taken.

    Raises:
        ValueError: there is too little text.
    """
    curves: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for records in corpora.values():
        by_variant: dict[str, list[data.Record]] = defaultdict(list)
        for record in records:
            for name, changed in variants(record).items():
                by_variant[name].append(changed)
        for some in by_variant.values():
            for number, curve in _curves(predict, some).items():
                curves[CONDITIONS[number]].append(curve)
    chosen: dict[str, float] = {}
    for condition in CONDITIONS:
        if curves[condition]:
            mean = np.mean(curves[condition], axis=0)
            good = _GRID[mean >= mean.max() - 0.001]
            chosen[condition] = round(float((good[0] + good[-1]) / 2), 3)
    if CONDITIONS[0] not in chosen:
        raise ValueError(f"thresholds need a corpus with at least {_FEWEST} boundaries in punctuated text")
    return {DEFAULT: chosen[CONDITIONS[0]], **chosen}


def scores(
    predict: Predict, records: Sequence[data.Record], thresholds: Mapping[str, float]
) -> scoring.Counts:
    """Return the counts of some records at thresholds by condition."""
    found = predict([record.text for record in records])
    return scoring.total(
        scoring.compare(
            record.text,
            record.sentence_ends,
            places.ends[places.probabilities > thresholds_at(record.text, places.ends, thresholds)].tolist(),
        )
        for record, places in zip(records, found, strict=True)
    )


def _curves(predict: Predict, records: Sequence[data.Record]) -> dict[int, NDArray[np.float64]]:
    """F1 for each threshold of the grid by condition, where the condition is met often enough."""
    kinds, probabilities, true = [], [], []
    for record, places in zip(records, predict([record.text for record in records]), strict=True):
        ends = scoring.inner_boundaries(record.text, record.sentence_ends)
        kinds.append(conditions(record.text, places.ends))
        probabilities.append(places.probabilities)
        true.append([scoring.before_space(record.text, int(end)) in ends for end in places.ends])
        # the end of a text is no boundary
        if len(places.ends) and places.ends[-1] == len(record.text):
            kinds[-1], probabilities[-1], true[-1] = kinds[-1][:-1], probabilities[-1][:-1], true[-1][:-1]
    kind, probability = np.concatenate(kinds), np.concatenate(probabilities)
    right = np.concatenate([np.array(t, dtype=np.bool_) for t in true])
    curves = {}
    for condition in np.unique(kind).tolist():
        here = kind == condition
        if right[here].sum() >= _FEWEST:
            curves[condition] = _f1(probability[here], right[here])
    return curves


def _f1(probability: NDArray[np.float32], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    taken = probability[None, :] > _GRID[:, None]
    hits = (taken & right).sum(axis=1)
    found: NDArray[np.float64] = 2 * hits / (taken.sum(axis=1) + right.sum())
    return found


def _first(records: Sequence[data.Record], characters: int) -> tuple[data.Record, ...]:
    before = itertools.accumulate((len(record.text) for record in records), initial=0)
    return tuple(record for record, size in zip(records, before, strict=False) if size < characters)


def _held_out(text: str) -> tuple[str, int]:
    corpus, _, number = text.partition("=")
    if not number.isdigit() or int(number) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is not CORPUS=N with N of 2 or more")
    return corpus, int(number)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--halves", nargs="*", default=[], metavar="CORPUS", help="as CORPUS=2 below")
    parser.add_argument(
        "--held-out",
        nargs="*",
        default=[],
        type=_held_out,
        metavar="CORPUS=N",
        help="use one dev record in N",
    )
    parser.add_argument(
        "--keep", action="store_true", help="score with the model's own thresholds, choose none"
    )
    parser.add_argument("--only", nargs="*", metavar="CORPUS", help="choose and score on these corpora alone")
    parser.add_argument("--characters", type=int, help="of each corpus at most about so many")
    options = parser.parse_args()
    predict = Predictor(open_model(find(options.model))).places
    every = dict.fromkeys(options.halves, 2) | dict(options.held_out)
    dev = {name: data.records(options.data, name, "dev") for name in data.corpora(options.data, "dev")}
    dev |= {name: data.held_out(dev[name], n) for name, n in every.items()}
    if options.only:
        dev = {name: dev[name] for name in options.only}
    if options.characters:
        dev = {name: _first(some, options.characters) for name, some in dev.items()}
    thresholds = find(options.model).thresholds if options.keep else choose(predict, dev)
    print("thresholds = {", ", ".join(f"{name} = {value}" for name, value in thresholds.items()), "}")
    for name, records in dev.items():
        pair = [scores(predict, some, thresholds) for some in (records, [data.corrupted(r) for r in records])]
        print(f"{name:<18} clean {100 * pair[0].f1:5.1f}  corrupted {100 * pair[1].f1:5.1f}")


if __name__ == "__main__":
    main()
