"""``docmill check``: everything that can go wrong before a run, without writing anything."""

from __future__ import annotations

import io
import time

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.markup import escape

from pipeline import config as configuration
from pipeline import fingerprint, shards, totals
from pipeline.chain import Chain
from pipeline.config import Settings
from pipeline.errors import JobError, UsageError
from pipeline.job import prepare
from pipeline.sources.location import locate
from pipeline.sources.reading import Reader
from pipeline.stage import Profile, StageError

_SAMPLE = 8  # documents


def check_config(config: str, source: str | None, profile: Profile) -> None:
    """Check a configuration and, if given, a sample of the input.

    Raises:
        UsageError: something is wrong; the message says what.
    """
    console = Console()
    settings = configuration.load(config)
    stages = configuration.build(settings, config)
    described = prepare(stages, profile)
    chain = Chain(stages)
    mark = fingerprint.digest(fingerprint.settings_that_matter(described, settings.input))
    console.print(f"configuration: ok, fingerprint {mark[:16]}")
    for stage, about in zip(stages, described, strict=True):
        models = ", ".join(about["models"]) or "none"
        console.print(f"stage {about['stage']} {about['version']}: ok, models: {escape(models)}")
        for remark in stage.remarks():
            console.print(f"  {escape(remark)}")
    console.print(f"columns of the output: {', '.join(chain.schema.names)}")
    if source is not None:
        _check_sample(settings, chain, source, mark, console)


def _check_sample(settings: Settings, chain: Chain, source: str, mark: str, console: Console) -> None:
    location = locate(source)
    plan_file = io.BytesIO()
    plan = shards.make(
        location, plan_file, fingerprint=mark, options=settings.input, bounds=settings.shards, limit=_SAMPLE
    )
    if plan.has_pdf and not chain.reads_files:
        raise UsageError(f"{source}: holds PDF files, but the configuration has no parse stage")
    full = Chain(chain.stages, plan.passthrough, mark)
    reader = Reader(location, settings.input, settings.batch, plan.passthrough)
    listing = pq.ParquetFile(pa.BufferReader(plan_file.getvalue()))
    began = time.perf_counter()
    try:
        found = totals.add(
            totals.of_batch(full.run(batch).batch)
            for shard in plan.shards
            for batch in reader.read(shards.pieces_of(listing, shard))
        )
    except StageError as error:
        raise JobError(str(error)) from None
    finally:
        full.close()
    spent = time.perf_counter() - began
    console.print(
        f"sample: {found['documents']} documents, {found['pages']} pages, {found['words']} words "
        f"in {spent:.1f} s, {found['documents_with_errors']} with errors"
    )
    for code, count in sorted(found["errors"].items()):
        console.print(f"  {escape(code)}: {count}")
