"""The stage contract: what a stage declares and what the chain promises it.

A stage is a pure function from a record batch to a record batch that also says what it reads, what it
adds and what it needs to run. Everything else (bisection of failing batches, timing, provenance,
skipping of rows, engines) is the chain's. This module imports pydantic and pyarrow; stages may import it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, TypeVar

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

Profile = Literal["edge", "cpu", "gpu"]


class StageConfig(BaseModel):
    """Base of every stage's options: unknown keys are refused, values are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Resources:
    """What one copy of a stage occupies. Engines place stages by it; equal resources share a process."""

    cpus: float = 1.0
    gpus: float = 0.0
    memory: int = 0  # bytes; 0: not stated


class StageError(Exception):
    """A failure whose message is safe to show: it names no text of a document.

    Raised from ``process`` it becomes the ``errors`` entry of the row that caused it; raised from
    ``check`` or ``warm_up`` it stops the job with this one line. Any other exception out of ``process``
    is recorded by its type and place only, because its message may quote the document.
    """

    def __init__(self, message: str, *, code: str = "failed", kind: str = "stage") -> None:
        super().__init__(message)
        self.code = code
        self.kind = kind


class Unavailable(StageError):
    """What the stage depends on is gone for all rows, as a server that went down in mid-run.

    Raised from ``process`` it stops the job with its one line, where another exception would cost a row: what is
    committed stays, and the same command goes on when the cause is mended.
    """


class MissingExtra(StageError):
    """A stage needs an optional dependency that is not installed."""

    def __init__(self, stage: str, extra: str, package: str) -> None:
        super().__init__(
            f"{stage} needs {package}, which is not installed: pip install 'docmill[{extra}]'",
            code="missing_extra",
        )
        self.args_ = (stage, extra, package)

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str, str]]:
        return MissingExtra, self.args_


C = TypeVar("C", bound=StageConfig)


class Stage(ABC, Generic[C]):
    """One step over documents.

    Class variables:
        name: the name in configurations.
        version: changes whenever the same options may give another result.
        requires: columns read; rows in which one of them is null never reach ``process``.
        optional: columns read when the document has them, nulls included.
        provides: columns added or replaced.
        resources: what one copy occupies.
        Config: the pydantic model of the options.

    ``requires`` and ``optional`` may be narrowed or widened per instance in ``__init__`` where options
    decide them (a language column, say).
    """

    name: ClassVar[str]
    version: ClassVar[str]
    requires: pa.Schema
    optional: pa.Schema = pa.schema([])
    provides: pa.Schema
    resources: Resources = Resources()
    Config: ClassVar[type[StageConfig]]
    profile: Profile = "cpu"  # where models run; the job sets it before warm_up
    # A local folder of the job's output in which the stage may keep, across interruptions, what is dear to make
    # again. The job sets it; None in process, and where the output is no local folder. Results never depend on it.
    workspace: str | None = None

    def __init__(self, config: C | None = None, **options: Any) -> None:
        """Take options as a ``Config`` or as keywords. Cheap and picklable: no model, no file."""
        if config is not None and options:
            raise TypeError("give a config or keyword options, not both")
        self.config: C = config if config is not None else self.Config(**options)  # type: ignore[assignment]

    def check(self) -> None:
        """Raise StageError when this stage cannot run here: an extra, a model or a file is missing.

        Looks, but loads nothing heavy: it runs before every job and for ``docmill check``.
        """
        return

    def models(self) -> Mapping[str, str]:
        """Name to sha256 of each model the stage will use: part of fingerprint and provenance."""
        return {}

    def dependencies(self) -> Mapping[str, str]:
        """Whatever else decides the result besides options and version: versions of libraries that
        make the text, hashes of files that options name. Part of the fingerprint."""
        return {}

    def remarks(self) -> Sequence[str]:
        """Lines for ``docmill check`` about what is in use: a budget, a calibration. Called after ``check``."""
        return ()

    def warm_up(self) -> None:
        """Open sessions and load files, once per process."""
        return

    @abstractmethod
    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the batch with the columns of ``provides``.

        The batch holds ``id``, ``errors``, the columns of ``requires`` (without nulls) and of
        ``optional`` (all null where the document has no such column). Rows keep their number and order.
        To report an error about a row that still has a result, append to ``errors``
        (``document.add_errors``); columns beyond ``provides`` and ``errors`` are ignored. The result must
        not depend on which rows share a batch.
        """

    def close(self) -> None:
        """Release child processes and sessions. The stage may be warmed up again afterwards."""
        return
