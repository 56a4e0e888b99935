"""Trains the page router and writes ``model.onnx``:

    python -m models.page_router.train LABELS [--out FILE]

LABELS is the Parquet file of ``python -m benchmarks.page_labels``. Weights come from its documents of the
split "train"; the calibration of the outputs, and the comparison with boosted trees, from "dev". The split
"test" is not read. Needs torch, onnx and scikit-learn.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq
import torch
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor  # type: ignore[import-untyped, unused-ignore]
from sklearn.isotonic import IsotonicRegression  # type: ignore[import-untyped, unused-ignore]

from models.page_router import graph
from models.page_router.architecture import Network, encoding_of, loss
from models.page_router.features import NAMES
from models.page_router.predictor import HEADS, INPUT, OUTPUT

_FILE = Path(__file__).with_name("model.onnx")
LABELS = {
    "cheap": "quality_pdfium",
    "text": "quality_geometric",
    "tables": "quality_tables",
    "ocr": "quality_rapidocr",
    "table_share": "table_share",
}
_READINGS = len(HEADS) - 1
_STEPS, _ROWS = 1200, 256
_RATE, _DECAY = 4e-3, 3e-2
_PREFERENCE = 0.3
_KNOTS = 9
_FOLDS = 5
_FEW = 15  # labelled pages of a head: fewer bear no calibration
_WORTH = 0.95  # a calibration must lower the squared error by a twentieth
Array = NDArray[Any]


class Pages(NamedTuple):
    """Labelled pages: features, quality per head (NaN where unknown), weight, and which document each is of."""

    rows: Array
    quality: Array
    weight: Array
    papers: Array
    variants: Array


def read(labels: Path, split: str) -> Pages:
    """Read the pages of a split."""
    table = pq.read_table(labels, filters=[("split", "=", split), ("blank", "=", False)])
    rows = np.array(table.column("features").to_pylist(), np.float32)
    if rows.shape[1:] != (len(NAMES),):
        raise SystemExit(f"{labels}: was made with other features: make it anew")
    quality = np.stack(
        [
            np.array(table.column(LABELS[head]).to_pylist(), np.float64)
            if LABELS[head] in table.column_names
            else np.full(len(rows), np.nan)
            for head in HEADS
        ],
        axis=1,
    )
    variants = np.array(table.column("variant").to_pylist())
    weight = np.where(variants == "clean", 3.0, 1.0)
    return Pages(rows, quality, weight / weight.mean(), np.array(table.column("paper").to_pylist()), variants)


def fit(pages: Pages, *, preference: float = _PREFERENCE, seed: int = 1) -> Network:
    """Train the networks."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = np.random.default_rng(seed)
    rows = torch.from_numpy(pages.rows)
    network = Network(encoding_of(pages.rows), len(HEADS))
    known = torch.from_numpy(np.isfinite(pages.quality)).float()
    quality = torch.from_numpy(np.nan_to_num(pages.quality)).float()
    weight = torch.from_numpy(pages.weight).float()
    # A page whose reading by text recognition is known comes as often as all others together.
    rich = np.isfinite(pages.quality[:, HEADS.index("ocr")])
    chances = np.where(rich, 1 / max(rich.sum(), 1), 1 / max((~rich).sum(), 1))
    chances /= chances.sum()
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_STEPS)
    network.train()
    for _ in range(_STEPS):
        taken = torch.from_numpy(chance.choice(len(rows), _ROWS, p=chances))
        error = loss(
            network.logits(rows[taken]), quality[taken], known[taken], weight[taken], preference, _READINGS
        )
        optimizer.zero_grad()
        error.backward()
        optimizer.step()
        schedule.step()
    network.eval()
    return network


def predict(network: Network, rows: Array) -> Array:
    """Return pages x heads."""
    with torch.no_grad():
        return np.asarray(network(torch.from_numpy(rows)).double().numpy())


def boosted(train: Pages, rows: Array) -> Array:
    """The peer: boosted trees, one set for each head."""
    found = np.zeros((len(rows), len(HEADS)))
    for head in range(len(HEADS)):
        known = np.isfinite(train.quality[:, head])
        if known.sum() < 20:
            continue
        trees = HistGradientBoostingRegressor(
            learning_rate=0.05,
            max_iter=200,
            max_leaf_nodes=15,
            min_samples_leaf=10,
            l2_regularization=1.0,
            random_state=1,
        )
        trees.fit(train.rows[known], train.quality[known, head], train.weight[known])
        found[:, head] = trees.predict(rows).clip(0, 1)
    return found


def calibrated(found: Array, pages: Pages) -> list[graph.Knots]:
    """Return the points that each head's output is put on, from pages that were not trained on.

    Of no change, a straight line and an isotonic curve that one is taken which is nearest to the truth on
    documents that it was not made from.
    """
    ways = (_as_it_is, _line, _curve)
    names, owner = np.unique(pages.papers, return_inverse=True)
    knots = []
    for head in range(len(HEADS)):
        known = np.isfinite(pages.quality[:, head])
        if known.sum() < _FEW:
            knots.append(_as_it_is(found[:0, head], found[:0, head], found[:0, head]))
            continue
        points, true, weight = found[known, head], pages.quality[known, head], pages.weight[known]
        fold = owner[known] % min(_FOLDS, len(names))
        errors = []
        for way in ways:
            left = np.zeros(len(points))
            for number in np.unique(fold):
                out = fold == number
                left[out] = np.interp(points[out], *way(points[~out], true[~out], weight[~out])) - true[out]
            errors.append(float(np.average(left**2, weights=weight)))
        best = int(np.argmin(np.array(errors) * [_WORTH, 1.0, 1.0]))
        print(
            f"calibration of {HEADS[head]}: {ways[best].__name__[1:]}, squared errors {np.round(errors, 5)}"
        )
        knots.append(ways[best](points, true, weight))
    return knots


def _as_it_is(points: Array, true: Array, weight: Array) -> graph.Knots:
    return np.array([0.0, 1.0]), np.array([0.0, 1.0])


def _line(points: Array, true: Array, weight: Array) -> graph.Knots:
    slope = float(np.clip(np.polyfit(points, true, 1, w=np.sqrt(weight))[0], 0.5, 1.5))
    offset = float(np.average(true - slope * points, weights=weight))
    ends = np.array([0.0, 1.0])
    return ends, ends * slope + offset


def _curve(points: Array, true: Array, weight: Array) -> graph.Knots:
    monotone = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(points, true, weight)
    spread = np.concatenate((np.quantile(points, np.linspace(0, 1, _KNOTS)), np.linspace(0, 1, _KNOTS)))
    at = np.unique(spread.clip(points.min(), points.max()).round(3))
    near = np.linspace(-0.01, 0.01, 5)
    smooth = np.array([np.mean(monotone.predict(np.clip(one + near, 0, 1))) for one in at])
    return at, np.maximum.accumulate(smooth)


def put_on(knots: list[graph.Knots], found: Array) -> Array:
    """Calibrate predictions."""
    return np.stack([np.interp(found[:, head], *one) for head, one in enumerate(knots)], axis=1).clip(0, 1)


def gap_closed(found: Array, pages: Pages, share: float) -> float:
    """Of the gain that text recognition of the best ``share`` of the pages could bring, the part that it brings
    to those with the largest predicted gain. Pages without any text are left out: they are easy."""
    cheap, ocr = HEADS.index("cheap"), HEADS.index("ocr")
    known = np.isfinite(pages.quality[:, ocr]) & (pages.variants != "scan")
    gain = (pages.quality[:, ocr] - pages.quality[:, cheap])[known]
    lead = (found[:, ocr] - found[:, cheap])[known]
    count = max(1, round(share * known.sum()))
    taken = np.argsort(-lead, kind="stable")[:count]
    best = np.sort(gain)[::-1][:count].clip(0).sum()
    return float(gain[taken][lead[taken] > 0].sum() / best) if best > 0 else float("nan")


def _told(name: str, found: Array, pages: Pages) -> str:
    cells = []
    for head in range(len(HEADS)):
        known = np.isfinite(pages.quality[:, head])
        error = np.abs(found[known, head] - pages.quality[known, head])
        cells.append(f"{np.average(error, weights=pages.weight[known]):.4f}" if known.any() else "-")
    closed = [f"{gap_closed(found, pages, share):.3f}" for share in (0.05, 0.15, 0.3, 0.6)]
    return f"| {name} | {' | '.join(cells + closed)} |"


def main() -> None:
    """Train, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("--out", type=Path, default=_FILE)
    given = parser.parse_args()
    train, dev = read(given.labels, "train"), read(given.labels, "dev")
    print(f"{len(train.rows)} pages to train, {len(dev.rows)} to calibrate; known per head:")
    print(dict(zip(HEADS, np.isfinite(train.quality).sum(0).tolist(), strict=True)))
    network = fit(train)
    found = predict(network, dev.rows)
    knots = calibrated(found, dev)
    heads = " | ".join(f"error of {head}" for head in HEADS)
    print(f"| dev | {heads} | gap .05 | gap .15 | gap .3 | gap .6 |\n|{'---|' * (len(HEADS) + 5)}")
    print(_told("networks without preference", predict(fit(train, preference=0.0), dev.rows), dev))
    print(_told("networks", found, dev))
    print(_told("networks, calibrated (on these pages)", put_on(knots, found), dev))
    print(_told("boosted trees", boosted(train, dev.rows), dev))
    members = [
        [
            (layer.weight.detach().numpy(), layer.bias.detach().numpy())
            for layer in member
            if isinstance(layer, torch.nn.Linear)
        ]
        for member in network.members
    ]
    graph.write(
        given.out,
        columns=len(NAMES),
        steps=network.encoding,
        members=members,
        knots=knots,
        names=(INPUT, OUTPUT),
    )
    _same(given.out, dev.rows, put_on(knots, found))
    digest = hashlib.sha256(given.out.read_bytes()).hexdigest()
    print(f"{given.out.name}: {given.out.stat().st_size} bytes, sha256 {digest}")


def _same(file: Path, rows: Array, wanted: Array) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    (got,) = session.run([OUTPUT], {INPUT: rows})
    difference = float(np.abs(got - wanted).max())
    if difference > 1e-4:
        raise SystemExit(f"the graph differs from the networks by {difference}")


if __name__ == "__main__":
    main()
