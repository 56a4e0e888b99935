"""What routing pages up the ladder is worth, on documents of a group of journals that training never saw.

    python -m benchmarks.parse_routing --data DIR [--more DIR] [--cache CACHE] [--recognise]

DIR holds the papers, further ones what ``benchmarks.page_manuals`` collected; figures are given for all documents that
text recognition read pages of, and for those of each group. Documents that it did not read show how many good
pages are sent. CACHE is the folder of ``benchmarks.page_labels``, which makes what is missing in
it. Costs are the CPU seconds that each rung took when a page was read; the router's own are measured here.

Corpora. Each document of the test stands in a corpus twenty times; which of its copies are damaged is drawn
anew for each: ``clean`` none; ``scans`` 15 % of the documents are pictures without text; ``layers`` 15 % have a
text layer with mistakes (1 to 15 % of the characters) or wrong maps to Unicode; ``pages`` 15 % of the pages,
each by itself, have any of the damages; ``five`` the same for 5 % of the pages. Intervals are 95 % of a
bootstrap over the documents (all copies of one together).

Strategies. All spend what the router spends, or as near as they can: ``oracle`` knows the true gain and cost of
every page; ``random``; ``known words`` sends the pages with the smallest share of known words; ``AdaParse``
judges a document by the text of its first page (boosted trees on our features of text, trained on the same
pages), ranks the documents of a batch of 256 and sends whole documents, the same share of each batch, as large as
the cost allows; ``AdaParse, our model`` is the same with our model as judge. Documents come in random order.
The router's price is fitted to a corpus of the same kind made of the documents of dev, for a budget of the
damaged share.

Gap closed: (quality - quality of cheap only) / (quality of the oracle - quality of cheap only), at equal cost.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor  # type: ignore[import-untyped]

from benchmarks import measure, page_labels
from benchmarks.page_variants import Paper, papers
from models.page_router import cost, pricing
from models.page_router.features import KNOWN_SHARE, OF_TEXT
from models.page_router.predictor import Predictor, open_predictor
from models.page_router.pricing import Offers
from models.page_router.quality import in_order, with_tables, words
from stages.parse.options import ParseConfig
from stages.parse.routing import Routing
from stages.parse.rungs.catalogue import rungs_of
from stages.parse.stage import PAGES_TOGETHER
from stages.parse.wire import PackedPage

Array = NDArray[Any]

_TEXT_FEATURES = len(OF_TEXT)  # those of the text and its words come first
_COPIES = 20
_DRAWS = 1000
_BATCH = 256
_TEXT_DAMAGES = ("layer0", "layer1", "layer2", "unmapped0", "unmapped1")
LADDERS = (("geometric", page_labels.OCR), ("geometric", page_labels.TABLES, page_labels.OCR))
_ANY_DAMAGE = ("scan", *_TEXT_DAMAGES, "shuffled")
REGIMES: Mapping[str, tuple[str, float, tuple[str, ...]]] = {
    "clean": ("document", 0.0, ("scan",)),
    "scans": ("document", 0.15, ("scan",)),
    "layers": ("document", 0.15, _TEXT_DAMAGES),
    "pages": ("page", 0.15, _ANY_DAMAGE),
    "five": ("page", 0.05, _ANY_DAMAGE),
}


@dataclass(frozen=True)
class Labels:
    """The labelled pages of a split: every (paper, page) with its variants, and arrays over the records."""

    rungs: Mapping[str, str]  # name to kind
    place: Mapping[tuple[str, int, str], int]  # paper, page, variant: row of the arrays
    pages: Mapping[str, Sequence[int]]  # paper: its pages
    features: Array
    cost_features: Array
    cheap: Array
    cheap_cpu: Array
    quality: Array  # rows x rungs
    cpu: Array  # rows x rungs

    @classmethod
    def of(
        cls, records: Sequence[Mapping[str, Any]], rungs: Mapping[str, str], *, whole: bool = True
    ) -> Labels:
        """Keep the pages all of whose variants have labels of every rung; with ``whole`` false all that have
        every variant, for a sample of which only predictions are used."""
        missing: set[tuple[str, int]] = set()
        named: dict[tuple[str, int], set[str]] = {}
        for one in records:
            if one["blank"] or one["true_words"] == 0:
                continue
            key = one["paper"], one["page"]
            named.setdefault(key, set()).add(one["variant"])
            if whole and any(one[f"quality_{rung}"] is None for rung in rungs):
                missing.add(key)
        held = sorted(key for key, names in named.items() if key not in missing and names >= {*_ANY_DAMAGE})
        kept = [one for one in records if not one["blank"] and (one["paper"], one["page"]) in set(held)]
        pages: dict[str, list[int]] = {}
        for paper, page in held:
            pages.setdefault(paper, []).append(page)

        def column(name: str) -> Array:
            return np.array([one[name] for one in kept], np.float64)

        share = np.nan_to_num(column("table_share"))  # where nobody knows of tables, no rung may gain by them

        def regarded(values: Array, told: float) -> Array:
            return np.array([with_tables(one, part, told) for one, part in zip(values, share, strict=True)])

        return cls(
            rungs,
            {(one["paper"], one["page"], one["variant"]): row for row, one in enumerate(kept)},
            pages,
            np.array([one["features"] for one in kept], np.float32),
            np.array([one["cost_features"] for one in kept], np.float64),
            regarded(column("quality_pdfium"), 0.0),
            column("cpu_pdfium"),
            np.stack(
                [regarded(column(f"quality_{rung}"), float(rung == page_labels.TABLES)) for rung in rungs],
                axis=1,
            ),
            np.stack([column(f"cpu_{rung}") for rung in rungs], axis=1),
        )


@dataclass(frozen=True)
class Corpus:
    """Pages by their rows in the labels, and the number of the paper and of the document of each."""

    rows: Array
    papers: Array
    documents: Array

    @classmethod
    def draw(cls, labels: Labels, regime: str, seed: int = 1) -> Corpus:
        by, share, damages = REGIMES[regime]
        chance = np.random.default_rng(seed)
        rows, owners, documents = [], [], []
        count = 0
        # A fixed part of the copies is damaged, which ones is drawn: the share is exact.
        names = list(labels.pages)
        damaged = np.zeros((_COPIES, len(names)), bool)
        for column in range(len(names)):
            damaged[chance.permutation(_COPIES)[: round(share * _COPIES)], column] = True
        for copy in range(_COPIES):
            for number, name in enumerate(names):
                kind = damages[chance.integers(len(damages))]
                for page in labels.pages[name]:
                    if by == "document":
                        variant = kind if damaged[copy, number] else "clean"
                    else:
                        drawn = damages[chance.integers(len(damages))]
                        variant = drawn if chance.random() < share else "clean"
                    rows.append(labels.place[name, page, variant])
                    owners.append(number)
                    documents.append(count)
                count += 1
        order = chance.permutation(count)
        place = np.argsort(order[np.array(documents)], kind="stable")
        return cls(np.array(rows)[place], np.array(owners)[place], order[np.array(documents)][place])


@dataclass(frozen=True)
class Strategy:
    """What came of each page of a corpus."""

    quality: Array
    cpu: Array  # beyond the first rung
    sent: Array  # whether another rung read it


class Judge:
    """Predictions for labelled pages."""

    def __init__(self, predictor: Predictor, labels: Labels, constants: Array, text_alone: Any) -> None:
        found = predictor.of_features(labels.features)
        self.cheap = found.cheap.astype(np.float64)
        self.quality = np.stack([found.kinds[kind] for kind in labels.rungs.values()], 1).astype(np.float64)
        self.cost = cost.seconds(labels.cost_features, constants)
        self.text_alone = text_alone.predict(labels.features[:, :_TEXT_FEATURES])

    def offers(self, rows: Array) -> Offers:
        gains = self.quality[rows] - self.cheap[rows, None]
        return Offers(gains, self.cost[rows], pricing.MARGIN)


def chosen(labels: Labels, corpus: Corpus, rung: Array) -> Strategy:
    """What comes of sending each page to the rung of that number, -1 for none."""
    rows = corpus.rows
    sent = rung >= 0
    at = np.where(sent, rung, 0)
    quality = np.where(sent, labels.quality[rows, at], labels.cheap[rows])
    return Strategy(quality, np.where(sent, labels.cpu[rows, at], 0.0), sent)


def oracle(labels: Labels, corpus: Corpus, seconds: float) -> Strategy:
    """The best use of so many CPU seconds: the gain of a page is known. The price is found by bisection, and the
    remainder is spent on the pages next in line."""
    rows = corpus.rows
    gains = labels.quality[rows] - labels.cheap[rows, None]
    cpu = labels.cpu[rows]
    low, high = 0.0, 1e4

    def at(price: float) -> Array:
        values = gains - price * cpu
        best = values.argmax(1)
        return np.where(values[np.arange(len(rows)), best] > 0, best, -1)

    def spent(rung: Array) -> float:
        return float(np.where(rung >= 0, cpu[np.arange(len(rows)), np.maximum(rung, 0)], 0).sum())

    if spent(at(0.0)) <= seconds:
        return chosen(labels, corpus, at(0.0))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if spent(at(middle)) > seconds else (low, middle)
    rung, more = at(high), at(low)
    left = seconds - spent(rung)
    for page in np.flatnonzero(rung != more):
        extra = cpu[page, more[page]] - (cpu[page, rung[page]] if rung[page] >= 0 else 0.0)
        if extra <= left:
            rung[page], left = more[page], left - extra
    return chosen(labels, corpus, rung)


def ranked(labels: Labels, corpus: Corpus, order: Array, seconds: float, rung: int) -> Strategy:
    """Send pages to one rung in that order until the seconds are spent."""
    spent = np.cumsum(labels.cpu[corpus.rows[order], rung])
    taken = np.full(len(corpus.rows), -1)
    taken[order[spent <= seconds]] = rung
    return chosen(labels, corpus, taken)


def random_pages(labels: Labels, corpus: Corpus, seconds: float, rung: int) -> Strategy:
    """The expectation of sending pages by chance until the seconds are spent."""
    rows = corpus.rows
    share = min(1.0, seconds / float(labels.cpu[rows, rung].sum()))
    gain = labels.quality[rows, rung] - labels.cheap[rows]
    return Strategy(
        labels.cheap[rows] + share * gain, share * labels.cpu[rows, rung], np.full(len(rows), share)
    )


def adaparse_for(labels: Labels, corpus: Corpus, gain: Array, seconds: float, rung: int) -> Strategy:
    """``adaparse`` with the largest share of documents that costs no more than these seconds."""
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        spent = float(adaparse(labels, corpus, gain, middle, rung).cpu.sum())
        low, high = (middle, high) if spent <= seconds else (low, middle)
    return adaparse(labels, corpus, gain, low, rung)


def adaparse(labels: Labels, corpus: Corpus, gain: Array, share: float, rung: int) -> Strategy:
    """Documents judged by their first page (``gain`` of each labelled page), ranked within batches, sent whole."""
    first = np.unique(corpus.documents, return_index=True)[1]
    lead = gain[corpus.rows[first]]
    taken = np.zeros(len(first), bool)
    for start in range(0, len(first), _BATCH):
        batch = np.arange(start, min(start + _BATCH, len(first)))
        order = batch[np.argsort(-lead[batch], kind="stable")]
        taken[order[: int(share * len(batch))]] = True
    return chosen(labels, corpus, np.where(taken[corpus.documents], rung, -1))


def _by_paper(values: Array, corpus: Corpus) -> Array:
    return np.bincount(corpus.papers, values, corpus.papers.max() + 1)


def interval(values: Array) -> str:
    low, high = np.nanquantile(values, [0.025, 0.975])
    return f"{low:.3f} to {high:.3f}"


def compare(
    labels: Labels, judge: Judge, sample_labels: Labels, sample: Judge, regime: str, router_seconds: float
) -> dict[str, Any]:
    """All strategies over the corpus of a regime."""
    corpus = Corpus.draw(labels, regime)
    share = REGIMES[regime][1] or 0.15
    fitted = pricing.price_for_fraction(sample.offers(Corpus.draw(sample_labels, regime, 2).rows), share)
    ocr = list(labels.rungs).index(page_labels.OCR)
    rows = corpus.rows
    pages = len(rows)
    router = chosen(labels, corpus, pricing.choose(judge.offers(rows), fitted))
    seconds = float(router.cpu.sum())
    none = np.full(pages, -1)
    known = labels.features[rows, KNOWN_SHARE]
    found = {
        "cheap only": chosen(labels, corpus, none),
        "router": router,
        "oracle": oracle(labels, corpus, seconds),
        "random": random_pages(labels, corpus, seconds, ocr),
        "known words": ranked(labels, corpus, np.argsort(known, kind="stable"), seconds, ocr),
        "AdaParse": adaparse_for(labels, corpus, -judge.text_alone, seconds, ocr),
        "AdaParse, our model": adaparse_for(
            labels, corpus, judge.quality[:, ocr] - judge.cheap, seconds, ocr
        ),
        "OCR of all": chosen(labels, corpus, np.full(pages, ocr)),
    }
    best = oracle(labels, corpus, np.inf)
    chance = np.random.default_rng(3)
    count = corpus.papers.max() + 1
    picks = np.stack([np.bincount(chance.integers(0, count, count), minlength=count) for _ in range(_DRAWS)])
    pages_of = _by_paper(np.ones(pages), corpus)
    first = labels.cheap_cpu[rows]

    def drawn(values: Array) -> Array:
        per = _by_paper(values, corpus)
        whole = np.concatenate(([per.sum() / pages_of.sum()], (picks @ per) / (picks @ pages_of)))
        return np.asarray(whole)

    quality = {name: drawn(one.quality) for name, one in found.items()}
    cpu = {
        name: drawn(one.cpu + first + (router_seconds if name == "router" else 0.0))
        for name, one in found.items()
    }
    gap = quality["oracle"] - quality["cheap only"]
    rows_told = {}
    for name in found:
        closed = (quality[name] - quality["cheap only"]) / np.where(gap > 1e-6, gap, np.nan)
        lead = quality["router"] - quality[name]
        rows_told[name] = {
            "quality": quality[name][0],
            "sent": float(np.mean(found[name].sent)),
            "cpu_s_per_page": cpu[name][0],
            "gap_closed": closed[0],
            "gap_closed_95": None
            if np.isnan(closed).all()
            else np.nanquantile(closed[1:], [0.025, 0.975]).tolist(),
            "router_leads_by": lead[0],
            "router_leads_by_95": np.quantile(lead[1:], [0.025, 0.975]).tolist(),
        }
    speed = cpu["OCR of all"] / cpu["router"]
    lead = quality["router"] - quality["OCR of all"]
    return {
        "strategies": rows_told,
        "documents": int(count),
        "pages": pages,
        "budget": share,
        "speed_over_ocr": speed[0],
        "speed_over_ocr_95": np.quantile(speed[1:], [0.025, 0.975]).tolist(),
        "quality_over_ocr": lead[0],
        "quality_over_ocr_95": np.quantile(lead[1:], [0.025, 0.975]).tolist(),
        "regret": float(np.mean(best.quality - router.quality)),
        "calibration_error": _calibration_error(judge.cheap[rows], labels.cheap[rows]),
        "calibration_error_ocr": _calibration_error(judge.quality[rows, ocr], labels.quality[rows, ocr]),
    }


def _calibration_error(predicted: Array, true: Array, bins: int = 10) -> float:
    """Mean distance of predicted and true quality over groups of equal predictions, weighted by size."""
    at = np.minimum((predicted * bins).astype(int), bins - 1)
    sizes = np.bincount(at, minlength=bins)
    return float(np.abs(np.bincount(at, predicted - true, bins)).sum() / sizes.sum())


def first_rung(of: Sequence[Paper]) -> dict[str, float]:
    """CPU seconds per page of the first rung with and without evidence, and of the router, on the test's PDFs.
    The sides take turns. The router is asked as the stage asks it, about as many documents at once."""
    documents = [paper.read() for paper in of]
    config = ParseConfig(rungs=("pdfium", *LADDERS[0]))
    routing = Routing(config, rungs_of(config), "cpu")
    routing.warm_up()
    bare = page_labels.sandbox(rungs_of(ParseConfig())["pdfium"])
    full = page_labels.sandbox(rungs_of(config)["pdfium"])
    times: dict[str, list[float]] = {"bare": [], "full": [], "router": []}
    for repeat in range(6):
        count, spent, alone, more = 0, 0.0, 0.0, 0.0
        waiting: list[PackedPage] = []
        for number, data_ in enumerate(documents):
            alone += sum(page.cpu_seconds for page in bare.parse(memoryview(data_), page_labels.LIMITS).pages)
            read = full.parse(memoryview(data_), page_labels.LIMITS).pages
            more += sum(page.cpu_seconds for page in read)
            count += len(read)
            waiting += read
            if len(waiting) >= PAGES_TOGETHER or number + 1 == len(documents):
                began = time.process_time()
                routing.choose(waiting)
                spent += time.process_time() - began
                waiting = []
        if repeat:
            for name, value in (("bare", alone), ("full", more), ("router", spent)):
                times[name].append(value / count)
    bare.close()
    full.close()
    return {name: median(values) for name, values in times.items()}


def clean_documents(
    of: Sequence[Paper],
    cache: Path,
    predictor: Predictor,
    price: pricing.Price,
    rungs: Mapping[str, str],
    constants: Array,
) -> dict[str, Any]:
    """Whole undamaged documents: pages sent, and order recall against their reference texts, where there are any,
    before and after routing."""
    seconds = 0.0
    kept: list[float] = []
    routed: list[float] = []
    sent, pages, lost = 0, 0, 0
    tables = dict.fromkeys(("pages", "sent", "sent_rightly", "words", "words_sent"), 0.0)
    for paper in of:
        records = page_labels.records_of(cache, paper.id)
        plain = sorted((one for one in records if one["variant"] == "clean"), key=lambda one: one["page"])
        found = predictor.of_features(np.array([one["features"] for one in plain], np.float32))
        qualities = np.stack([found.kinds[kind] for kind in rungs.values()], 1).astype(np.float64)
        costs = cost.seconds(np.array([one["cost_features"] for one in plain]), constants)
        offers = Offers(qualities - found.cheap.astype(np.float64)[:, None], costs, pricing.MARGIN)
        rung = pricing.choose(offers, price)
        cheap = [one["true_text"].split() for one in plain]
        after = list(cheap)
        for at in np.flatnonzero(rung >= 0):
            sent += 1
            seconds += float(costs[at, rung[at]])
            text = page_labels.text_of(cache, list(rungs)[rung[at]], paper.id, plain[at]["page"], "clean")
            if text is None:
                lost += 1
            else:
                after[at] = words(text)
        pages += len(plain)
        if page_labels.TABLES in rungs:
            told = rung == list(rungs).index(page_labels.TABLES)
            for at, one in enumerate(plain):
                if one["table_share"] is not None:
                    worth = with_tables(1.0, one["table_share"], 0.0) < 1 - pricing.MARGIN
                    words_in = one["table_share"] * one["true_words"]
                    for name, more in (
                        ("pages", float(worth)),
                        ("sent", float(told[at])),
                        ("sent_rightly", float(told[at] and worth)),
                        ("words", words_in),
                        ("words_sent", told[at] * words_in),
                    ):
                        tables[name] += more
        if paper.reference is None:
            continue
        reference = words(paper.reference.read_text("utf-8"))
        for side, texts in ((kept, cheap), (routed, after)):
            side.append(in_order(reference, [word for text in texts for word in text]) / len(reference))
    change = np.array(routed) - np.array(kept)
    return {
        "documents": len(of),
        "pages": pages,
        "sent": sent,
        "sent_without_kept_text": lost,  # their order recall is taken as it was
        "tables": tables,
        "predicted_cpu_s_per_page": seconds / pages,
        "order_recall_cheap": float(np.mean(kept)) if kept else float("nan"),
        "order_recall_routed": float(np.mean(routed)) if kept else float("nan"),
        "change": float(change.mean()) if kept else float("nan"),
        "worst_document": float(change.min()) if kept else float("nan"),
    }


def main() -> None:
    """Measure, print the tables, write benchmarks/results/parse_routing.json."""
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with manifest.json, PDFs and references")
    parser.add_argument("--more", type=Path, action="append", default=[], help="another collection")
    parser.add_argument(
        "--cache", type=Path, default=page_labels.CACHE, help="folder of benchmarks.page_labels"
    )
    parser.add_argument(
        "--recognise", action="store_true", help="run text recognition where it is missing: 20 CPU minutes"
    )
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data DIR is needed")
    of = papers(given.data, *given.more)
    page_labels.make(of, given.cache, recognise_missing=given.recognise)
    records = list(page_labels.joined(of, given.cache))
    if not any(one["split"] == "test" and one[f"cpu_{page_labels.OCR}"] for one in records):
        parser.error(f"{given.cache} holds no page read by {page_labels.OCR}: run once with --recognise")
    predictor = open_predictor()
    text_alone = HistGradientBoostingRegressor(
        learning_rate=0.05, max_iter=200, max_leaf_nodes=15, random_state=1
    )
    train = [one for one in records if one["split"] == "train" and not one["blank"]]
    text_alone.fit(
        np.array([one["features"][:_TEXT_FEATURES] for one in train]),
        [one["quality_pdfium"] for one in train],
    )
    test = [paper for paper in of if paper.split == "test"]
    read = {one["paper"] for one in records if one["split"] == "test" and one[f"cpu_{page_labels.OCR}"]}
    spent = first_rung([paper for paper in test if paper.id in read])
    extra = spent["router"] + spent["full"] - spent["bare"]
    groups = sorted({paper.group for paper in test if paper.id in read})
    unread = sorted({paper.group for paper in test} - {*groups})  # only as they are
    result: dict[str, Any] = {"first_rung": spent, "router_share": extra / spent["bare"], "corpora": {}}
    print(
        f"First rung {1e3 * spent['bare']:.2f} ms per page, evidence {1e3 * (spent['full'] - spent['bare']):.2f}, "
        f"router {1e3 * spent['router']:.2f}: together {100 * result['router_share']:.1f} % of the first rung.\n"
    )
    for ladder in LADDERS:
        rungs = {name: page_labels.RUNGS[name] for name in ladder}
        constants = page_labels.cost_constants(
            [one for one in records if one["split"] != "test"], list(rungs)
        )
        sample = Labels.of([one for one in records if one["split"] == "dev"], rungs, whole=False)
        sample_judge = Judge(predictor, sample, constants, text_alone)
        price = pricing.price_for_fraction(sample_judge.offers(Corpus.draw(sample, "pages", 2).rows), 0.15)
        for among in [groups, *([one] for one in (*groups, *unread) if len(groups) + len(unread) > 1)]:
            labels = Labels.of(
                [one for one in records if one["split"] == "test" and one["group"] in among], rungs
            )
            count = sum(map(len, labels.pages.values()))
            name = f"{', '.join(among)}; pdfium, {', '.join(rungs)}"
            print(f"## {name}: {len(labels.pages)} documents, {count} pages\n")
            told: dict[str, Any] = {}
            result["corpora"][name] = told
            if count:
                judge = Judge(predictor, labels, constants, text_alone)
                for regime in REGIMES:
                    told[regime] = compare(labels, judge, sample, sample_judge, regime, extra)
                    _print(regime, told[regime])
            whole = [paper for paper in test if paper.group in among]
            clean = clean_documents(whole, given.cache, predictor, price, rungs, constants)
            clean["throughput"] = spent["bare"] / (spent["bare"] + extra + clean["predicted_cpu_s_per_page"])
            clean["throughput_with_none_sent"] = spent["bare"] / (spent["bare"] + extra)
            told["clean_documents"] = clean
            order = (
                "no references"
                if np.isnan(clean["change"])
                else f"order recall {clean['order_recall_cheap']:.4f} by pdfium, changed by {clean['change']:+.5f} "
                f"(worst document {clean['worst_document']:+.5f})"
            )
            print(
                f"### whole undamaged documents\n\n{clean['sent']} of {clean['pages']} pages sent; {order}; "
                f"throughput {clean['throughput']:.2f} of the first rung's, "
                f"{clean['throughput_with_none_sent']:.2f} where no page is sent\n"
            )
            if clean["tables"]["pages"]:
                found = clean["tables"]
                print(
                    f"Of {found['pages']:.0f} pages whose tables are worth it {found['sent_rightly']:.0f} are sent to "
                    f"{page_labels.TABLES}, of {found['sent']:.0f} sent there; these hold "
                    f"{found['words_sent'] / found['words']:.3f} of the words in tables.\n"
                )
    measure.write("parse_routing", result)


def _print(regime: str, found: Mapping[str, Any]) -> None:
    print(f"### {regime}\n")
    print(
        measure.table(
            [
                "strategy",
                "quality",
                "pages sent",
                "CPU s/page",
                "gap closed",
                "95 %",
                "router leads by",
                "95 %",
            ],
            [_row(name, one) for name, one in found["strategies"].items()],
        )
    )
    print(
        f"\nOCR of all costs {found['speed_over_ocr']:.1f} x the router "
        f"({_span(found['speed_over_ocr_95'], 1)}), whose quality is {found['quality_over_ocr']:+.4f} "
        f"({_span(found['quality_over_ocr_95'], 4)}); regret {found['regret']:.4f}; calibration error "
        f"{found['calibration_error']:.4f} (cheap text), {found['calibration_error_ocr']:.4f} (OCR)\n"
    )


def _row(name: str, one: Mapping[str, Any]) -> list[str]:
    closed = "-" if np.isnan(one["gap_closed"]) else f"{one['gap_closed']:.3f}"
    return [
        name,
        f"{one['quality']:.4f}",
        f"{100 * one['sent']:.1f} %",
        f"{one['cpu_s_per_page']:.3f}",
        closed,
        _span(one["gap_closed_95"], 3) if one["gap_closed_95"] else "-",
        f"{one['router_leads_by']:+.4f}",
        _span(one["router_leads_by_95"], 4),
    ]


def _span(values: Sequence[float], digits: int) -> str:
    return f"{values[0]:.{digits}f} to {values[1]:.{digits}f}"


if __name__ == "__main__":
    main()
