"""``docmill fit-rare``: count words over a corpus, for shorten."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import config as configuration
from pipeline import registry, shards
from pipeline.chain import Chain
from pipeline.errors import JobError, UsageError
from pipeline.job import prepare
from pipeline.sources.location import locate
from pipeline.sources.reading import Reader
from pipeline.stage import StageError


def fit(config: str, source: str, table: str, limit: int | None) -> None:
    """Read the input, run the stages before shorten, count, write the table.

    Raises:
        UsageError: the input or the configuration is unusable.
        JobError: the table cannot be written.
    """
    settings = configuration.load(config)
    names = [next(iter(entry)) for entry in settings.stages]
    before = names.index("shorten") if "shorten" in names else len(names)
    stages = configuration.build(settings.model_copy(update={"stages": settings.stages[:before]}), config)
    prepare(stages, "cpu")
    location = locate(source)
    held = io.BytesIO()
    plan = shards.make(
        location, held, fingerprint="", options=settings.input, bounds=settings.shards, limit=limit
    )
    chain = Chain(stages, plan.passthrough)
    if plan.has_pdf and not chain.reads_files:
        raise UsageError(f"{source}: holds PDF files, but no parse stage comes before shorten in {config}")
    reader = Reader(location, settings.input, settings.batch, plan.passthrough)
    counted = registry.load_object(registry.DOCUMENT_FREQUENCY)()
    try:
        with pq.ParquetFile(pa.BufferReader(held.getvalue())) as listing:
            for shard in plan.shards:
                for batch in reader.read(shards.pieces_of(listing, shard)):
                    counted.add(chain.run(batch).batch.column("text"))
        Path(table).parent.mkdir(parents=True, exist_ok=True)
        digest = counted.save(table)
    except StageError as error:
        raise JobError(str(error)) from None
    except OSError as error:
        raise JobError(f"{table}: cannot be written: {error.strerror or type(error).__name__}") from None
    finally:
        chain.close()
    print(f"{table}: {len(counted)} words of {counted.documents} documents, sha256 {digest[:16]}")
