"""Measures what the rungs cost on this machine, over a sample of a corpus: ``docmill calibrate parse``.

Two passes. The first reads the sample by the first rung and asks the router about every page. The second
sends some pages of each rung's to it: half of them those that promise it most, since such pages are what it
will get, half of them any. Nothing of a document's text is kept.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from models.catalog import CatalogError
from models.page_router import calibration as files
from models.page_router import cost, pricing
from models.page_router.calibration import KINDS, Calibration, RungCost, Sample
from models.page_router.pricing import Price, Spending
from models.session import SessionError
from pipeline.stage import Profile, StageError
from stages.parse.choice import is_blank
from stages.parse.options import ParseConfig
from stages.parse.process import CannotStartError
from stages.parse.rungs.catalogue import rungs_of
from stages.parse.rungs.rung import Rung, UnavailableError
from stages.parse.sandbox import Limits, Sandbox
from stages.parse.wire import PackedPage

if TYPE_CHECKING:
    from models.page_router.predictor import Predictor

KEPT_PAGES = 2000  # of the sample, in the file
FRACTIONS = (0.01, 0.02, 0.05, 0.1, 0.2)
SECONDS = (0.01, 0.05, 0.2, 1.0)


class Measured(NamedTuple):
    """What one rung was found to cost. ``seconds`` are CPU seconds per page, on average; ``failed`` counts
    failures by code."""

    name: str
    kind: str
    pages: int
    seconds: float
    memory_mb: int
    failed: Mapping[str, int]


class Budget(NamedTuple):
    """What a budget comes to over the sample."""

    name: str
    price: Price
    spending: Spending


@dataclass
class _Page:
    """A page of the sample. ``place`` is that of its document in the input; ``order`` a hash that no text and
    no number of pages decides."""

    place: int
    number: int
    order: bytes
    qualities: tuple[float, ...]  # of the text as it is, then by KINDS
    features: tuple[float, ...]


@dataclass
class _Bench:
    """What is known of one rung so far."""

    rung: Rung
    wanted: dict[int, list[_Page]] = field(default_factory=dict)  # by the place of the document
    features: list[tuple[float, ...]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    memory: int = 0
    sandbox: Sandbox | None = None


class Calibrator:
    """Give it every document of the sample with ``look``, then once more, in the same order, with ``measure``."""

    def __init__(
        self, config: ParseConfig, *, pages_per_rung: int = 24, seed: int = 0, profile: Profile = "cpu"
    ) -> None:
        """Raises StageError when there is nothing to calibrate."""
        if len(config.rungs) == 1:
            raise StageError(
                "there is nothing to calibrate: the configuration reads every page by pdfium alone; name more "
                "parsers in the option rungs of parse"
            )
        try:
            first, *others = rungs_of(config, profile).values()
        except UnavailableError as error:
            raise StageError(str(error)) from None
        self._config = config
        self._first = first
        self._benches = [_Bench(rung) for rung in others]
        self._each = pages_per_rung
        self._seed = seed
        self._profile: Profile = profile
        self._predictor: Predictor | None = None
        self._sandbox: Sandbox | None = None
        self._pages: list[_Page] = []
        self._seconds = [0.0, 0.0]  # of the first rung, and of the router
        self.documents = 0  # that could be read
        self.blank = 0
        self.unreadable: Counter[str] = Counter()  # documents, by code

    @property
    def pages(self) -> int:
        """Pages looked at, the blank ones included."""
        return len(self._pages) + self.blank

    @property
    def first(self) -> tuple[str, float, float]:
        """Name of the first rung, CPU seconds per page that it took, and that the router took."""
        pages = max(1, self.pages)
        return self._first.name, self._seconds[0] / pages, self._seconds[1] / pages

    def open(self) -> None:
        """Look whether everything can run here, and open the model. Raises StageError."""
        from models.page_router import predictor

        try:
            for bench in self._benches:
                bench.rung.check()
            predictor.check(self._profile)
            self._predictor = predictor.open_predictor(self._profile)
        except (UnavailableError, CatalogError, SessionError) as error:
            raise StageError(str(error)) from None
        self._sandbox = self._started(self._first)

    def close(self) -> None:
        """End all processes."""
        for sandbox in (self._sandbox, *(bench.sandbox for bench in self._benches)):
            if sandbox is not None:
                sandbox.close()

    def look(self, place: int, name: str, data: memoryview) -> None:
        """Read a document by the first rung and ask the router about its pages.

        Args:
            place: its number in the sample.
            name: its id, which picks pages together with the seed.
            data: the file.
        """
        assert self._sandbox is not None  # noqa: S101 - open() made both
        assert self._predictor is not None  # noqa: S101
        config = self._config
        if not data.nbytes:
            self.unreadable["no_bytes"] += 1
            return
        limits = Limits(config.timeout_s, config.page_timeout_s, config.max_pages)
        try:
            outcome = self._sandbox.parse(data, limits, self._passwords())
        except CannotStartError as error:
            raise StageError(str(error)) from None
        if not outcome.pages:
            self.unreadable[outcome.failures[0].code if outcome.failures else "empty"] += 1
            return
        self.documents += 1
        self._seconds[0] += sum(page.cpu_seconds for page in outcome.pages)
        pages = [page for page in outcome.pages if not is_blank(page)]
        self.blank += len(outcome.pages) - len(pages)
        if pages:
            began = time.process_time()
            found = self._predictor.predict(pages)
            self._seconds[1] += time.process_time() - began
            table = np.stack([found.cheap, *(found.kinds[kind] for kind in KINDS)], 1).astype(np.float64)
            for page, row, size in zip(
                pages, table.tolist(), cost.cost_features(pages).tolist(), strict=True
            ):
                key = f"{self._seed}\0{page.number}\0{name}".encode("utf-8", "surrogateescape")
                order = hashlib.blake2b(key, digest_size=8).digest()
                self._pages.append(_Page(place, page.number, order, tuple(row), tuple(size)))

    def select(self) -> set[int]:
        """Choose the pages that the rungs are to read; return the places of their documents.

        Raises:
            StageError: there is no page to choose.
        """
        if not self._pages:
            raise StageError("the sample has no page that is not blank: give another one")
        for bench in self._benches:
            kind = 1 + KINDS.index(bench.rung.kind)

            def gain(page: _Page, kind: int = kind) -> tuple[float, bytes]:
                return page.qualities[0] - page.qualities[kind], page.order

            best = sorted(self._pages, key=gain)[: (self._each + 1) // 2]
            taken = {(page.place, page.number) for page in best}
            rest = sorted(self._pages, key=lambda page: page.order)
            rest = [page for page in rest if (page.place, page.number) not in taken]
            bench.wanted = {}
            for page in sorted(
                best + rest[: self._each - len(best)], key=lambda page: (page.place, page.number)
            ):
                bench.wanted.setdefault(page.place, []).append(page)
        return {place for bench in self._benches for place in bench.wanted}

    def measure(self, place: int, data: memoryview) -> None:
        """Let each rung read the pages of a document that were chosen for it. A failure is counted."""
        for bench in self._benches:
            if place in bench.wanted:
                self._measure(bench, bench.wanted[place], data)

    def result(self) -> Calibration:
        """Fit the constants.

        Raises:
            StageError: a rung failed on every page, so nothing is known of it.
        """
        from models.page_router import predictor

        rungs = {}
        for bench in self._benches:
            rung = bench.rung
            if not bench.seconds:
                what = ", ".join(f"{code} {count}" for code, count in bench.failed.most_common(3))
                raise StageError(
                    f"the parser {rung.name} failed on all {bench.failed.total()} pages ({what}): mend it, or "
                    "leave it out of rungs"
                )
            constants = cost.fit(np.array(bench.features), np.array(bench.seconds))
            rungs[rung.name] = RungCost(
                rung.kind,
                files.settings_digest(rung.adaptor, rung.settings),
                tuple(constants.tolist()),
                -(-bench.memory >> 20) if bench.memory else 0,
                len(bench.seconds),
                bench.failed.total(),
            )
        (router,) = predictor.model_hashes().values()
        return Calibration(router, rungs, self._kept())

    def save(self, calibration: Calibration, path: str) -> str:
        """Write the file; return its sha256. Raises OSError."""
        return files.save(calibration, Path(path))

    def measured(self) -> list[Measured]:
        """What was found of each rung."""
        return [
            Measured(
                bench.rung.name,
                bench.rung.kind,
                len(bench.seconds),
                float(np.mean(bench.seconds)) if bench.seconds else 0.0,
                bench.memory >> 20,
                bench.failed,
            )
            for bench in self._benches
        ]

    def budgets(self, calibration: Calibration) -> list[Budget]:
        """What budgets come to over the sample: that of the configuration first, if it has one."""
        offers = calibration.offers({bench.rung.name: bench.rung.kind for bench in self._benches})
        base, config = calibration.base_price, self._config

        def of_pages(fraction: float, note: str = "") -> Budget:
            price = pricing.price_for_fraction(offers, fraction, base)
            name = f"budget_fraction: {fraction:g}{note}"
            return Budget(name, price, pricing.spending(offers, price))

        def of_seconds(seconds: float, note: str = "") -> Budget:
            price = pricing.price_for_seconds(offers, seconds, base)
            name = f"budget_cpu_s_per_page: {seconds:g}{note}"
            return Budget(name, price, pricing.spending(offers, price))

        own = " (set)"
        found: list[Budget] = []
        if config.budget_fraction is not None:
            found.append(of_pages(config.budget_fraction, own))
        if config.budget_cpu_s_per_page is not None:
            found.append(of_seconds(config.budget_cpu_s_per_page, own))
        found += [of_pages(fraction) for fraction in FRACTIONS]
        found += [of_seconds(seconds) for seconds in SECONDS]
        free = pricing.price_without_budget(base)
        return [*found, Budget("no budget", free, pricing.spending(offers, free))]

    def _measure(self, bench: _Bench, pages: list[_Page], data: memoryview) -> None:
        rung, config = bench.rung, self._config
        if bench.sandbox is None:
            bench.sandbox = self._started(rung)
        numbers = [page.number for page in pages]
        each = rung.page_timeout_s * (len(pages) if rung.per == "document" else 1)
        limits = Limits(config.rung_timeout_s, each, config.max_pages)
        try:
            outcome = bench.sandbox.parse(data, limits, self._passwords(), numbers)
        except CannotStartError:
            bench.failed["cannot_start"] += len(pages)
            return
        bench.memory = max(bench.memory, bench.sandbox.peak_memory)
        read: Mapping[int, PackedPage] = {page.number: page for page in outcome.pages}
        lost = {failure.page: failure.code for failure in outcome.failures if failure.page is not None}
        whole = next((failure.code for failure in outcome.failures if failure.page is None), "missing")
        for page in pages:
            if page.number in read:
                bench.features.append(page.features)
                bench.seconds.append(read[page.number].cpu_seconds)
            else:
                bench.failed[lost.get(page.number, whole)] += 1

    def _kept(self) -> Sample:
        """The sample, or an evenly thinned one."""
        kept = sorted(self._pages, key=lambda page: page.order)[:KEPT_PAGES]
        kept.sort(key=lambda page: (page.place, page.number))
        qualities = np.array([page.qualities for page in kept]).clip(0.0, 1.0)
        blank = round(self.blank * len(kept) / len(self._pages))
        by_kind = {kind: qualities[:, 1 + number] for number, kind in enumerate(KINDS)}
        features = np.array([page.features for page in kept])
        return Sample(self.documents, blank, qualities[:, 0], by_kind, features)

    def _passwords(self) -> list[str]:
        return [word.get_secret_value() for word in self._config.passwords]

    def _started(self, rung: Rung) -> Sandbox:
        return Sandbox(
            rung.adaptor,
            memory_bytes=rung.memory_mb << 20,
            recycle_after=self._config.recycle_after,
            settings=rung.settings,
            starts_programs=rung.starts_programs,
        )
