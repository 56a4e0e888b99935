"""The Python interface: the same stages over a table in process, or over a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from pipeline import config, fingerprint
from pipeline.chain import Chain
from pipeline.config import Settings
from pipeline.errors import UsageError
from pipeline.job import EngineName, Job, Listener, Silence, prepare
from pipeline.sources import tables
from pipeline.sources.location import locate
from pipeline.sources.planning import CONTENT_COLUMNS, passthrough_of, renamed
from pipeline.sources.reading import Reader
from pipeline.stage import Profile, Stage


class Pipeline:
    """Stages in order.

    >>> from stages.shorten.stage import Shorten
    >>> with Pipeline([Shorten(language="en")]) as pipeline:
    ...     table = pipeline.process(pa.table({"text": ["This is the text."]}))

    Args:
        stages: the stages; they are checked against each other now.
        settings: input, shard, batch and report options; the defaults when None.
        profile: where models run.

    Raises:
        UsageError: the stages do not fit together.
    """

    def __init__(
        self, stages: Sequence[Stage[Any]], settings: Settings | None = None, profile: Profile = "cpu"
    ) -> None:
        if not stages:
            raise UsageError("a pipeline needs at least one stage")
        self.stages = tuple(stages)
        self.settings = settings or Settings(stages=[{s.name: {}} for s in stages])
        self.profile: Profile = profile
        Chain(self.stages)
        self._chain: Chain | None = None

    @classmethod
    def from_config(cls, path: str | Path, profile: Profile = "cpu") -> Pipeline:
        """Read a configuration file.

        Raises:
            UsageError: the file is missing or wrong; the message names the key.
        """
        settings = config.load(path)
        return cls(config.build(settings, str(path)), settings, profile)

    def process(self, documents: pa.Table | pa.RecordBatch) -> pa.Table:
        """Take a table through the stages, in this process.

        The table has a ``text``, ``bytes`` or ``path`` column and perhaps an ``id``; other columns pass
        through. Rows keep their number and order. Sessions stay open for the next call until ``close``.

        Raises:
            UsageError: no content column, or a column whose name docmill writes.
        """
        options, batch = self.settings.input, self.settings.batch
        table = pa.table(documents) if isinstance(documents, pa.RecordBatch) else documents
        schema = renamed(table.schema, options, "the table")
        if not set(CONTENT_COLUMNS) & set(schema.names):
            raise UsageError("the table has none of the columns text, bytes, path")
        passthrough = passthrough_of(schema)
        chain = self._chain_for(passthrough)
        here = locate(str(Path.cwd()))
        reader = Reader(here, options, batch, passthrough)
        done, first = [], 0
        for part in tables.slices(table, batch.max_rows, int(batch.max_bytes)):
            rows = tables.documents(
                part,
                name="row",
                source="memory:",
                first_row=first,
                passthrough=passthrough,
                options=options,
                fetch=lambda path, row: reader.fetch(here.root, path, row),
            )
            done.append(chain.run(rows).batch)
            first += part.num_rows
        return pa.Table.from_batches(done, chain.schema)

    def run(
        self,
        input: str | Path,
        output: str | Path,
        *,
        engine: EngineName = "local",
        workers: int | None = None,
        limit: int | None = None,
        overwrite: bool = False,
        listener: Listener | None = None,
    ) -> dict[str, Any]:
        """Run over a corpus, as ``docmill run`` does; return the manifest.

        Raises:
            UsageError: nothing was started.
            JobError: the run failed on the way; committed shards stay, and the same call goes on.
        """
        job = Job(
            self.stages,
            self.settings,
            str(input),
            str(output),
            engine=engine,
            profile=self.profile,
            workers=workers,
            limit=limit,
            overwrite=overwrite,
            listener=listener or Silence(),
        )
        return job.run()

    def close(self) -> None:
        """Release sessions and child processes."""
        if self._chain is not None:
            self._chain.close()
            self._chain = None

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _chain_for(self, passthrough: pa.Schema) -> Chain:
        """The chain for tables with these columns; stages stay warm when only the columns change."""
        if self._chain is not None and self._chain.passthrough == passthrough:
            return self._chain
        described = prepare(self.stages, self.profile)
        mark = fingerprint.digest(fingerprint.settings_that_matter(described, self.settings.input))
        fresh = Chain(self.stages, passthrough, mark)
        if self._chain is not None:
            fresh.take_over(self._chain)
        self._chain = fresh
        return fresh
