"""Trains the page router and writes ``model.onnx``:

    python -m models.page_router.train LABELS [--out FILE]

LABELS is the Parquet file of ``python -m benchmarks.page_labels``. All documents of the splits "train" and "dev"
are learned from; "test" is not read. Each network sees seven of ten documents, so that every document is held
out from some of them: calibration is fitted to what these say of it.

Choices (features, weights, caution) were made by ``--compare``: what is learned from all groups of documents but
one is tried on that one, and on each third of the largest what all the rest taught. Needs torch, onnx and
scikit-learn.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq
import torch
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor  # type: ignore[import-untyped, unused-ignore]
from sklearn.isotonic import IsotonicRegression  # type: ignore[import-untyped, unused-ignore]
from torch import nn

from models.page_router import forest, graph
from models.page_router.architecture import Encoding, encoding_of, loss, member
from models.page_router.features import NAMES
from models.page_router.predictor import HEADS, INPUT, OUTPUT
from models.page_router.pricing import BASE_PRICE, MARGIN
from models.page_router.quality import TABLE_WORTH

_FILE = Path(__file__).with_name("model.onnx")
_LABELS = {
    "cheap": "quality_pdfium",
    "text": "quality_geometric",
    "ocr": "quality_rapidocr",
    "table_text": "table_text",
    "table_share": "table_share",
}
READINGS, TABLES = 3, 2  # heads of the networks and of the trees
# What tells a publisher rather than damage: the networks for quality do not see it.
_UNSEEN = (
    *("line_length", "line_length_spread", "left_spread", "line_width", "line_width_spread", "narrow_share"),
    *(
        "row_share",
        "figure_line_share",
        "log_paths",
        "log_horizontal_rules",
        "log_vertical_rules",
        "log_boxes",
    ),
    *("log_ruled_rows", "ruled_share", "log_captions"),
)
_MEMBERS = 8
_BAG = 0.7  # of the documents
_STEPS, _ROWS = 700, 256
_RATE, _DECAY = 4e-3, 3e-2
_PREFERENCE = 0.3
_CLEAN = (
    10.0  # weight of a good page: most pages are good, and sending one of them away costs a thousand others
)
# Standard deviations that the quality of each reading loses; none where invisible text lies on a picture, as only
# recognisers make it. On other pages text is nearly always what it seems, so sending one needs good reason.
CAUTION = (0.0, 1.0, 1.5)
SURE = tuple(map(NAMES.index, ("image_share", "invisible_share")))
_KNOTS = 9
_FOLDS = 5
_FEW = 15  # labelled pages of a head: fewer bear no calibration
_WORTH = 0.95  # a calibration must lower the squared error by a twentieth
_OCR_SECONDS = 5.5
Array = NDArray[Any]


class Pages(NamedTuple):
    """Labelled pages: features, features by lexicons with gaps (pages x lexicons x features), quality per head (NaN
    where unknown), weight, and which document, group and version each is of."""

    rows: Array
    thinned: Array
    quality: Array
    weight: Array
    papers: Array
    groups: Array
    variants: Array

    def only(self, which: Array) -> Pages:
        return Pages(*[column[which] for column in self])


class Ensemble(NamedTuple):
    """Networks with the documents that each was trained on."""

    encoding: Encoding
    members: Sequence[nn.Sequential]
    bags: Sequence[frozenset[str]]

    def every(self, rows: Array) -> Array:
        """Return members x pages x heads."""
        with torch.no_grad():
            ready = torch.from_numpy(self.encoding.spelled(rows))
            return np.stack([one(ready).sigmoid().double().numpy() for one in self.members])

    def held_out(self, pages: Pages) -> Array:
        """Return pages x heads, by the networks that did not see a page's document; NaN where all did."""
        every = self.every(pages.rows)
        for found, bag in zip(every, self.bags, strict=True):
            found[np.isin(pages.papers, list(bag))] = np.nan
        seen_by_all = np.isnan(every).all(0)
        every[:, seen_by_all] = np.where(np.arange(len(every))[:, None] == 0, -1.0, np.nan)
        mean = np.nanmean(every, axis=0)
        return np.where(mean < 0, np.nan, mean)


def read(labels: Path) -> Pages:
    """Read the pages of train and dev."""
    table = pq.read_table(labels, filters=[("split", "in", ["train", "dev"]), ("blank", "=", False)])

    def column(name: str) -> Array:
        return np.array(table.column(name).to_pylist())

    rows, thinned = column("features").astype(np.float32), column("features_thinned").astype(np.float32)
    if rows.shape[1:] != (len(NAMES),):
        raise SystemExit(f"{labels}: was made with other features: make it anew")
    quality = np.stack([column(_LABELS[head]).astype(np.float64) for head in HEADS], axis=1)
    variants = column("variant")
    weight = np.where(variants == "clean", _CLEAN, 1.0)
    return Pages(rows, thinned, quality, weight / weight.mean(), column("paper"), column("group"), variants)


def fit(pages: Pages, *, preference: float = 0.0, seed: int = 1) -> Ensemble:
    """Train the networks for the quality of readings."""
    torch.set_num_threads(1)
    quality = pages.quality[:, :READINGS]
    known: Array = np.asarray(np.isfinite(quality).any(1))
    pages, quality = pages.only(known), quality[known]
    columns = [number for number, name in enumerate(NAMES) if name not in _UNSEEN]
    encoding = encoding_of(np.concatenate((pages.rows, pages.thinned[:, 0])), columns)
    looks = np.concatenate((pages.rows[:, None], pages.thinned), axis=1)  # the whole lexicon first
    spelled = encoding.spelled(looks)
    names = np.unique(pages.papers)
    chance = np.random.default_rng(seed)
    members, bags = [], []
    for number in range(_MEMBERS):
        bag = frozenset(chance.choice(names, round(_BAG * len(names)), replace=False).tolist())
        inside = np.flatnonzero(np.isin(pages.papers, list(bag)))
        torch.manual_seed(1000 * seed + number)
        members.append(_train(spelled[inside], quality[inside], pages.weight[inside], preference, chance))
        bags.append(bag)
    return Ensemble(encoding, members, bags)


def _train(
    spelled: Array, quality: Array, weight: Array, preference: float, chance: np.random.Generator
) -> nn.Sequential:
    network = member(spelled.shape[-1], quality.shape[-1])
    known = torch.from_numpy(np.isfinite(quality)).float()
    true = torch.from_numpy(np.nan_to_num(quality)).float()
    weights = torch.from_numpy(weight / weight.mean()).float()
    # Pages of which everything is known come as often as all others together.
    rich = np.isfinite(quality).all(1)
    chances = np.where(rich, 1 / max(rich.sum(), 1), 1 / max((~rich).sum(), 1))
    chances /= chances.sum()
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_STEPS)
    for _ in range(_STEPS):
        taken = chance.choice(len(spelled), _ROWS, p=chances)
        rows = torch.from_numpy(spelled[taken, chance.integers(0, spelled.shape[1], _ROWS)])
        at = torch.from_numpy(taken)
        error = loss(network(rows), true[at], known[at], weights[at], preference)
        optimizer.zero_grad()
        error.backward()
        optimizer.step()
        schedule.step()
    network.eval()
    return network


def of_tables(pages: Pages) -> graph.Forest:
    """Learn the heads for tables, and say how they do on documents that were left out."""
    known: Array = np.asarray(np.isfinite(pages.quality[:, READINGS:]).all(1))
    pages = pages.only(known)
    quality = pages.quality[:, READINGS:]
    names, owner = np.unique(pages.papers, return_inverse=True)
    found = np.zeros_like(quality)
    for number in range(_FOLDS):
        out = owner * _FOLDS // len(names) == number
        trees = forest.fit(pages.rows[~out], quality[~out], pages.variants[~out])
        found[out] = forest.told(trees, pages.rows[out])
    for which in ("clean", "made"):
        some = pages.variants == which
        errors = np.abs(found[some] - quality[some]).mean(0)
        # What is gained: half the words in tables where the quality is told of cells (quality.with_tables).
        sent = found[some, 1] * TABLE_WORTH > MARGIN
        gained = (sent * quality[some, 1]).sum() / quality[some, 1].sum()
        print(
            f"tables, {which}: {some.sum()} pages, {(quality[some, 1] > 0).sum()} with tables; mean error "
            f"{errors[0]:.4f} and {errors[1]:.4f} held out; {sent.sum()} pages sent, with {gained:.3f} of the words"
        )
    return forest.fit(pages.rows, quality, pages.variants)


def cautious(every: Array, mean: Array, rows: Array) -> Array:
    """Take from each reading's quality its doubt: see ``models.page_router.graph.Group``."""
    lead = every - every[:, :, :1]
    unsure = 1 - rows[:, SURE].clip(0, 1).prod(1, keepdims=True)
    return np.asarray((mean - np.array(CAUTION) * lead.std(0) * unsure).clip(0, 1))


def calibrated(found: Array, pages: Pages) -> list[graph.Knots]:
    """Return the points that each head's mean is put on, from predictions for documents that were held out.

    Of no change, a straight line and an isotonic curve that one is taken which is nearest to the truth on
    documents that it was not made from.
    """
    ways = (_as_it_is, _line, _curve)
    names, owner = np.unique(pages.papers, return_inverse=True)
    knots = []
    for head in range(found.shape[1]):
        quality = pages.quality[:, head]
        known = np.isfinite(quality) & np.isfinite(found[:, head])
        points, true, weight = found[known, head], quality[known], pages.weight[known]
        if len(points) < _FEW:
            knots.append(_as_it_is(points, true, weight))
            continue
        fold = owner[known] % min(_FOLDS, len(names))
        errors = []
        for way in ways:
            left = np.zeros(len(points))
            for number in np.unique(fold):
                out = fold == number
                left[out] = np.interp(points[out], *way(points[~out], true[~out], weight[~out])) - true[out]
            errors.append(float(np.average(left**2, weights=weight)))
        best = int(np.argmin(np.array(errors) * [_WORTH, 1.0, 1.0]))
        error = float(np.average(np.abs(points - true), weights=weight))
        print(
            f"{HEADS[head]}: {len(points)} pages, mean error {error:.4f} held out; calibration "
            f"{ways[best].__name__[1:]}, squared errors {np.round(errors, 5)}"
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


def put_on(knots: Sequence[graph.Knots], found: Array) -> Array:
    """Calibrate predictions."""
    placed = [np.interp(found[:, head], *one).clip(0, 1) for head, one in enumerate(knots)]
    return np.stack(placed, axis=1)


def compare(pages: Pages) -> None:
    """Say how networks and boosted trees do on documents and journals that they were not trained on."""
    pages = pages.only(pages.groups != "made")
    groups = np.unique(pages.groups)
    folds = [(f"learned from all but {one}", pages.groups == one) for one in groups]
    largest = max(groups, key=lambda one: len(set(pages.papers[pages.groups == one])))
    ids = np.unique(pages.papers[pages.groups == largest])
    folds += [
        (f"learned from all but a third of {largest}", np.isin(pages.papers, part))
        for part in np.array_split(ids, 3)  # neighbours are often of one author, so they stay together
    ]
    print(
        "| | judge | good pages sent | error of cheap | net gain at 15 % bad | at 5 % |\n|---|---|---|---|---|---|"
    )
    for name, out in folds:
        train, test = pages.only(~out), pages.only(out)
        judges = {}
        for preference in (0.0, _PREFERENCE):
            ensemble = fit(train, preference=preference)
            every = ensemble.every(test.rows)
            judges[f"networks, preference {preference}"] = every.mean(0)
            judges[f"networks, preference {preference}, caution"] = cautious(every, every.mean(0), test.rows)
        judges["boosted trees"] = _boosted(train, test.rows)
        for judge, found in judges.items():
            print(f"| {name} | {judge} | {' | '.join(_told(found, test))} |")


def _boosted(train: Pages, rows: Array) -> Array:
    found = np.zeros((len(rows), READINGS))
    for head in range(READINGS):
        known = np.isfinite(train.quality[:, head])
        trees = HistGradientBoostingRegressor(
            learning_rate=0.05, max_leaf_nodes=15, min_samples_leaf=10, l2_regularization=1.0, random_state=1
        )
        looks = np.concatenate((train.rows[known], train.thinned[known, 0]))
        trees.fit(looks, np.tile(train.quality[known, head], 2), np.tile(train.weight[known], 2))
        found[:, head] = trees.predict(rows).clip(0, 1)
    return found


def _told(found: Array, pages: Pages) -> list[str]:
    """Share of good pages that would be sent to text recognition, error of the cheap head, and what is gained
    over what could be, less the price of the seconds. Readings that nobody made are taken for usual ones."""
    cheap, ocr = pages.quality[:, 0], pages.quality[:, 2]
    good = pages.variants == "clean"
    bad = np.array([name.startswith(("layer", "unmapped")) for name in pages.variants])
    usual = np.where(good | np.char.startswith(pages.variants, "unmapped"), 0.985, 0.965)
    price = BASE_PRICE * _OCR_SECONDS
    worth = np.where(np.isfinite(ocr), ocr, usual) - cheap - price
    sent = found[:, 2] - found[:, 0] - MARGIN - price > 0
    cells = [
        f"{100 * sent[good].mean():.1f} %",
        f"{np.abs(found[good | bad, 0] - cheap[good | bad]).mean():.4f}",
    ]
    for share in (0.15, 0.05):
        weight = np.where(good, (1 - share) / good.sum(), np.where(bad, share / bad.sum(), 0.0))
        gained, could = (weight * sent * worth).sum(), (weight * worth.clip(0)).sum()
        cells.append(f"{gained / could:.3f}")
    return cells


def main() -> None:
    """Train and write, or compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("--out", type=Path, default=_FILE)
    parser.add_argument("--compare", action="store_true", help="write nothing, try journals on each other")
    given = parser.parse_args()
    pages = read(given.labels)
    if given.compare:
        compare(pages)
        return
    ensemble = fit(pages, preference=_PREFERENCE)
    knots = calibrated(ensemble.held_out(pages), pages)
    every = ensemble.every(pages.rows)
    readings = cautious(every, put_on(knots, every.mean(0)), pages.rows)
    layers = [_layers(one) for one in ensemble.members]
    trees = of_tables(pages)
    parts: list[graph.Group | graph.Forest] = [
        graph.Group(ensemble.encoding, layers, knots, CAUTION, SURE),
        trees,
    ]
    graph.write(given.out, len(NAMES), parts, (INPUT, OUTPUT))
    _same(given.out, pages.rows, np.concatenate((readings, forest.told(trees, pages.rows)), axis=1))
    digest = hashlib.sha256(given.out.read_bytes()).hexdigest()
    print(f"{given.out.name}: {given.out.stat().st_size} bytes, sha256 {digest}")


def _layers(network: nn.Sequential) -> graph.Layers:
    return [
        (layer.weight.detach().numpy(), layer.bias.detach().numpy())
        for layer in network
        if isinstance(layer, nn.Linear)
    ]


def _same(file: Path, rows: Array, wanted: Array) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    (got,) = session.run([OUTPUT], {INPUT: rows})
    difference = float(np.abs(got - wanted).max())
    if difference > 1e-4:
        raise SystemExit(f"the graph differs from the networks by {difference}")


if __name__ == "__main__":
    main()
