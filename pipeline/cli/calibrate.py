"""``docmill calibrate``: measure on this machine, over a sample, what a configuration's parsers cost."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline import config as configuration
from pipeline import registry, shards
from pipeline.config import Settings
from pipeline.console import figures
from pipeline.errors import JobError, UsageError
from pipeline.sources.location import Location, locate
from pipeline.sources.reading import Reader
from pipeline.stage import Profile, StageError

_DEFAULT: dict[str, Any] = {"rungs": ["pdfium", "geometric", "tables", "rapidocr"]}
_FEW = 200  # pages


def calibrate_parse(
    source: str,
    config: str | None,
    out: str,
    *,
    limit: int | None,
    seed: int,
    pages_per_rung: int,
    profile: Profile,
) -> None:
    """Measure, fit, write, and say what was found.

    Raises:
        UsageError: the sample or the configuration is unusable.
        JobError: a parser failed throughout, or the file cannot be written.
    """
    settings, stage = _stage(config)
    location = locate(source)
    sample = _Sample(location, settings, limit, source)
    try:
        calibrator = registry.load_object(registry.PARSE_CALIBRATOR)(
            stage.config, pages_per_rung=pages_per_rung, seed=seed, profile=profile
        )
        with closing(calibrator):
            calibrator.open()
            began = time.perf_counter()
            for place, name, data in sample:
                calibrator.look(place, name, data)
            print(
                f"{figures.plural(calibrator.documents, 'document')} with {figures.plural(calibrator.pages, 'page')} "
                f"read in {figures.seconds(time.perf_counter() - began)}, {calibrator.blank} of them blank; now up "
                f"to {pages_per_rung} pages by each parser",
                flush=True,
            )
            for code, count in sorted(calibrator.unreadable.items()):
                print(f"note: {figures.plural(count, 'document')} could not be read ({code})")
            try:
                wanted = calibrator.select()
            except StageError as error:
                raise UsageError(f"{source}: {error}") from None
            for place, _, data in sample:
                if place in wanted:
                    calibrator.measure(place, data)
            try:
                calibration = calibrator.result()
            except StageError as error:
                raise JobError(str(error)) from None
            digest = calibrator.save(calibration, out)
            _show(calibrator, calibration)
    except StageError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise JobError(f"{out}: cannot be written: {error.strerror or type(error).__name__}") from None
    print(f"{out}: sha256 {digest[:16]}; use it in a configuration: parse: {{calibration: {out}}}")


class _Sample:
    """The PDFs of an input, as often as one goes through them: number, id, bytes."""

    def __init__(self, location: Location, settings: Settings, limit: int | None, given: str) -> None:
        listing = io.BytesIO()
        self._plan = shards.make(
            location, listing, fingerprint="", options=settings.input, bounds=settings.shards, limit=limit
        )
        if not self._plan.has_pdf:
            raise UsageError(f"{given}: holds no PDF file to calibrate with")
        self._listing = listing.getvalue()
        self._reader = Reader(location, settings.input, settings.batch, self._plan.passthrough)

    def __iter__(self) -> Iterator[tuple[int, str, memoryview]]:
        place = 0
        with pq.ParquetFile(pa.BufferReader(self._listing)) as listing:
            for shard in self._plan.shards:
                for batch in self._reader.read(shards.pieces_of(listing, shard)):
                    for name, data in zip(batch.column("id"), batch.column("bytes"), strict=True):
                        if data.is_valid:
                            yield place, name.as_py(), memoryview(data.as_buffer())
                        place += 1


def _stage(config: str | None) -> tuple[Settings, Any]:
    """The settings, and the parse stage that they describe."""
    if config is None:
        settings = Settings(stages=[{"parse": _DEFAULT}])
        return settings, configuration.build(settings, "the default configuration")[0]
    settings = configuration.load(config)
    found = [stage for stage in configuration.build(settings, config) if stage.name == "parse"]
    if not found:
        raise UsageError(f"{config}: has no parse stage, so there is nothing to calibrate")
    return settings, found[0]


def _show(calibrator: Any, calibration: Any) -> None:
    console = Console()
    name, seconds, router = calibrator.first
    console.print(
        Text(
            f"{name}: {figures.seconds(seconds)} of CPU time per page; the router: {figures.seconds(router)}"
        )
    )
    if calibrator.pages < _FEW:
        console.print(
            Text(
                f"note: {figures.plural(calibrator.pages, 'page')} are few: a budget under "
                f"{figures.share(1, calibrator.pages)} of the pages cannot be told apart from none"
            )
        )
    measured = [
        (
            one.name,
            one.kind,
            str(one.pages),
            f"{one.seconds:.3g}",
            str(one.memory_mb),
            ", ".join(f"{code} {count}" for code, count in sorted(one.failed.items())) or "0",
        )
        for one in calibrator.measured()
    ]
    console.print(_table(_MEASURED, measured))
    rows = []
    for budget in calibrator.budgets(calibration):
        spent = budget.spending
        price = budget.price
        rows.append(
            (
                budget.name,
                f"{100 * spent.share:.2f} %",
                f"{spent.seconds:.3g}",
                f"{spent.gain:.4f}",
                f"{price.per_page:.3g}",
                f"{price.per_second:.3g}",
            )
        )
    console.print(_table(_BUDGETS, rows))
    console.print(
        Text(
            "sent: share of the pages. CPU s and gain (predicted quality, 0 to 1): per page of all. price: gain that "
            "a page must bring, and per CPU second beside it.",
            style="dim",
        )
    )


_MEASURED = ("parser", "kind", "pages", "CPU s each", "MiB", "failures")
_BUDGETS = ("over such pages", "sent", "CPU s", "gain", "price", "per s")


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for number, head in enumerate(heads):
        table.add_column(head, justify="left" if number == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    return table
