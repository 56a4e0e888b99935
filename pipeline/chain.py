"""The only place that executes stages.

The chain checks at build time that every stage finds its columns, and at run time it skips rows whose
required columns are null, times each stage, keeps unknown columns away from stages, and isolates failing
rows by bisection: the row that fails gets an ``errors`` entry and nulls in the stage's columns, all others
go on.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline import __version__, document, registry
from pipeline.errors import UsageError
from pipeline.stage import Stage, StageError
from pipeline.watch import Watch

log = logging.getLogger("docmill.chain")


@dataclass
class Result:
    """One batch after all stages: the rows as written, and seconds of wall time by stage."""

    batch: pa.RecordBatch
    seconds: dict[str, float] = field(default_factory=dict)


class Chain:
    """Stages in order over a fixed input schema.

    Args:
        stages: the stages, at least one, no name twice.
        passthrough: columns of the input that docmill does not know, carried along untouched.
        fingerprint: written into every row's provenance.

    Raises:
        UsageError: a stage misses a column, a column has another type than a stage needs, or an unknown
            column has a name that docmill writes.
    """

    def __init__(
        self, stages: Sequence[Stage[Any]], passthrough: pa.Schema | None = None, fingerprint: str = ""
    ) -> None:
        self.stages = tuple(stages)
        self.passthrough = passthrough if passthrough is not None else pa.schema([])
        self.fingerprint = fingerprint
        self._models = {s.name: sorted(s.models().values()) for s in self.stages}
        self.input_schema = pa.schema(
            [*document.READ_FIELDS, document.BYTES, document.ERRORS_FIELD, *self.passthrough]
        )
        self.schema = self._check()
        self._warm: set[str] = set()

    @property
    def reads_files(self) -> bool:
        """Whether some stage turns the bytes of a file (a PDF) into text."""
        return any("bytes" in s.requires.names for s in self.stages)

    def _check(self) -> pa.Schema:
        """Check columns from stage to stage; return the schema of the output."""
        names = [s.name for s in self.stages]
        for name in names:
            if names.count(name) > 1:
                raise UsageError(f"stage {name!r} appears twice; each stage may appear once")
        available: dict[str, pa.Field] = {f.name: f for f in (*document.READ_FIELDS, document.BYTES)}
        provided = {f.name for s in self.stages for f in s.provides}
        written = {*available, *provided, "errors", "provenance"}
        for column in self.passthrough:
            if column.name in written:
                raise UsageError(
                    f"the input has a column {column.name!r}, a name that docmill also writes; keep it under "
                    f"another name with  input: {{rename: {{{column.name}: my_{column.name}}}}}"
                )
            available[column.name] = column
        for stage in self.stages:
            for need in stage.requires:
                found = available.get(need.name)
                if found is None:
                    raise UsageError(_missing_column(stage, need.name))
                _check_type(stage, need, found)
            for wish in stage.optional:
                if wish.name in available:
                    _check_type(stage, wish, available[wish.name])
            for column in stage.provides:
                available[column.name] = column
        del available["bytes"]
        own = [f for n, f in available.items() if n not in self.passthrough.names]
        return pa.schema([*own, document.ERRORS_FIELD, document.PROVENANCE_FIELD, *self.passthrough])

    def warm_up(self) -> None:
        """Warm every stage up now; otherwise each does when its first row comes."""
        for stage in self.stages:
            self._heat(stage)

    def close(self) -> None:
        """Release what the stages hold."""
        for stage in self.stages:
            if stage.name in self._warm:
                stage.close()
        self._warm.clear()

    def take_over(self, other: Chain) -> None:
        """Use the same stages as a chain that is warm already."""
        self._warm = other._warm

    def run(self, batch: pa.RecordBatch, watch: Watch | None = None) -> Result:
        """Take a batch in ``input_schema`` through all stages; return rows in ``schema``, same order.

        Args:
            batch: the rows.
            watch: told before each stage; then the batch has one row.
        """
        if watch is not None:
            watch.next_row()
        result = self.step(batch, range(len(self.stages)), watch)
        return Result(self.finish(result.batch), result.seconds)

    def step(self, batch: pa.RecordBatch, which: range, watch: Watch | None = None) -> Result:
        """Take a batch through some of the stages. Between steps a batch has all columns so far, and one
        ``_seconds.<stage>`` column per stage done; ``finish`` turns these into provenance."""
        rows = batch.num_rows
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        seconds: dict[str, float] = {}
        for number in which:
            stage = self.stages[number]
            ready = _ready(stage, columns, rows)
            sub = _select(stage, columns, rows, ready)
            if sub.num_rows:
                self._heat(stage)
            began = time.perf_counter()
            if not sub.num_rows:
                out = _nulls(stage, sub)
            elif watch is None or watch.allows(number):
                out = _isolate(stage, sub)
            else:
                out = document.add_errors(_nulls(stage, sub), {0: [_killed(stage)]})
            spent = time.perf_counter() - began
            _merge(columns, out, rows, ready)
            columns[f"_seconds.{stage.name}"] = _share(spent, rows, ready)
            seconds[stage.name] = spent
        return Result(pa.RecordBatch.from_pydict(columns), seconds)

    def finish(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows as they are written, in ``schema``, after the last step."""
        if not self.reads_files:
            batch = _tell_unparsed(batch)
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        shares = [columns[f"_seconds.{s.name}"] for s in self.stages]
        columns["provenance"] = self._provenance(batch.num_rows, shares)
        arrays = [columns[f.name] for f in self.schema]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _heat(self, stage: Stage[Any]) -> None:
        if stage.name not in self._warm:
            stage.warm_up()
            self._warm.add(stage.name)

    def _provenance(self, rows: int, shares: list[pa.Array]) -> pa.Array:
        """Build the provenance column without a Python object per row."""
        count = len(self.stages)
        entry = document.PROVENANCE.field("stages").type.value_type
        order = pa.array([s * rows + r for r in range(rows) for s in range(count)], pa.int64())

        def repeat(values: list[Any], kind: pa.DataType) -> pa.Array:
            return pa.array(values, kind).take(pa.array(list(range(count)) * rows, pa.int64()))

        flat = pa.StructArray.from_arrays(
            [
                repeat([s.name for s in self.stages], pa.string()),
                repeat([s.version for s in self.stages], pa.string()),
                repeat([self._models[s.name] for s in self.stages], pa.list_(pa.string())),
                pa.concat_arrays(shares).take(order),
            ],
            fields=list(entry),
        )
        offsets = pa.array(range(0, count * (rows + 1), count), pa.int32())
        stages = pa.ListArray.from_arrays(offsets, flat, type=document.PROVENANCE.field("stages").type)
        return pa.StructArray.from_arrays(
            [pa.repeat(__version__, rows), pa.repeat(self.fingerprint, rows), stages],
            fields=list(document.PROVENANCE),
        )


def _tell_unparsed(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A PDF found inside a table when no stage reads files must not pass as a document without text."""
    error: document.Error = {
        "stage": "read",
        "kind": "document",
        "code": "no_parser",
        "message": "is a PDF, but the configuration has no parse stage",
    }
    where = pc.indices_nonzero(pc.and_(batch.column("bytes").is_valid(), batch.column("text").is_null()))
    return document.add_errors(batch, {row: [error] for row in where.to_pylist()})


def footer(fingerprint: str, settings: dict[str, Any]) -> dict[bytes, bytes]:
    """Key-value metadata for the Parquet footer: who wrote the file, from which settings."""
    facts = {"docmill": __version__, "fingerprint": fingerprint, "settings": settings}
    return {b"docmill": json.dumps(facts, sort_keys=True).encode()}


def _missing_column(stage: Stage[Any], column: str) -> str:
    givers = [n for n in registry.STAGES if _provides(n, column) and n != stage.name]
    message = f"stage {stage.name!r} needs the column {column!r}, which the input lacks and no stage before it provides"
    if givers:
        return f"{message}; put {' or '.join(givers)} before it"
    return message


def _provides(name: str, column: str) -> bool:
    try:
        return column in registry.load(name).provides.names
    except ImportError:  # only a hint is at stake: a stage that cannot load is not a candidate
        return False


def _check_type(stage: Stage[Any], need: pa.Field, found: pa.Field) -> None:
    if need.type != found.type and not (_is_text(need.type) and _is_text(found.type)):
        raise UsageError(
            f"stage {stage.name!r} needs the column {need.name!r} as {need.type}, but it is {found.type}"
        )


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or (pa.types.is_dictionary(kind) and _is_text(kind.value_type))
    )


def _ready(stage: Stage[Any], columns: dict[str, pa.Array], rows: int) -> pa.Array | None:
    """Row numbers that have every required column, or None when all have."""
    mask = None
    for name in stage.requires.names:
        if columns[name].null_count:
            valid = columns[name].is_valid()
            mask = valid if mask is None else pc.and_(mask, valid)
    if mask is None:
        return None
    return pc.indices_nonzero(mask)


def _select(
    stage: Stage[Any], columns: dict[str, pa.Array], rows: int, ready: pa.Array | None
) -> pa.RecordBatch:
    fields = [document.ID, document.ERRORS_FIELD]
    fields += [f for f in (*stage.requires, *stage.optional) if f.name not in ("id", "errors")]
    arrays = []
    for f in fields:
        array = columns.get(f.name)
        if array is None:
            array = pa.nulls(rows, f.type)
        if ready is not None:
            array = array.take(ready)
        arrays.append(array if array.type == f.type else array.cast(f.type))
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def _isolate(stage: Stage[Any], batch: pa.RecordBatch) -> pa.RecordBatch:
    """Run the stage; on failure halve the batch until the failing row stands alone."""
    try:
        return _checked(stage, batch, stage.process(batch))
    except Exception as error:  # whatever a stage raises costs its row only
        if batch.num_rows > 1:
            half = batch.num_rows // 2
            parts = [_isolate(stage, batch.slice(0, half)), _isolate(stage, batch.slice(half))]
            return _concat(parts)
        entry = _entry(stage, error)
        log.info("%s: %s failed: %s", batch.column("id")[0].as_py(), stage.name, entry["code"])
        return document.add_errors(_nulls(stage, batch), {0: [entry]})


def _concat(parts: list[pa.RecordBatch]) -> pa.RecordBatch:
    arrays = [pa.concat_arrays([p.column(i) for p in parts]) for i in range(parts[0].num_columns)]
    return pa.RecordBatch.from_arrays(arrays, schema=parts[0].schema)


def _output_fields(stage: Stage[Any]) -> list[pa.Field]:
    return [document.ERRORS_FIELD, *stage.provides]


def _nulls(stage: Stage[Any], batch: pa.RecordBatch) -> pa.RecordBatch:
    arrays = [batch.column("errors"), *(pa.nulls(batch.num_rows, f.type) for f in stage.provides)]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(_output_fields(stage)))


def _checked(stage: Stage[Any], given: pa.RecordBatch, result: pa.RecordBatch) -> pa.RecordBatch:
    """Hold the stage to its contract; return its columns and the errors, nothing else."""
    if not isinstance(result, pa.RecordBatch):
        raise StageError(f"stage {stage.name!r} must return a record batch", code="contract")
    if result.num_rows != given.num_rows:
        raise StageError(
            f"stage {stage.name!r} returned {result.num_rows} rows for {given.num_rows}", code="contract"
        )
    if "id" in result.schema.names and not result.column("id").equals(given.column("id")):
        raise StageError(f"stage {stage.name!r} changed the order of rows or their ids", code="contract")
    arrays = []
    for f in _output_fields(stage):
        where = result.schema.get_field_index(f.name)
        if where < 0 and f.name == "errors":
            arrays.append(given.column("errors"))
            continue
        if where < 0 or result.column(where).type != f.type:
            got = "nothing" if where < 0 else result.column(where).type
            raise StageError(
                f"stage {stage.name!r} must return {f.name!r} as {f.type}, not {got}", code="contract"
            )
        arrays.append(result.column(where))
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(_output_fields(stage)))


def _merge(columns: dict[str, pa.Array], out: pa.RecordBatch, rows: int, ready: pa.Array | None) -> None:
    """Put the stage's columns back at their rows; rows that were not ready keep what they had."""
    if ready is None:
        for name, array in zip(out.schema.names, out.columns, strict=True):
            columns[name] = array
        return
    position: list[int | None] = [None] * rows
    for new, row in enumerate(ready.to_pylist()):
        position[row] = new
    for name, array in zip(out.schema.names, out.columns, strict=True):
        old = columns.get(name)
        if old is None:
            columns[name] = array.take(pa.array(position, pa.int64()))
            continue
        if old.type != array.type:
            old = old.cast(array.type)
        both = pa.concat_arrays([old, array])
        where = [row if new is None else rows + new for row, new in enumerate(position)]
        columns[name] = both.take(pa.array(where, pa.int64()))


def _share(spent: float, rows: int, ready: pa.Array | None) -> pa.Array:
    """Each row's even share of the time; null where the stage did not run."""
    if ready is None:
        return pa.repeat(pa.scalar(spent / rows if rows else 0.0, pa.float64()), rows)
    share = spent / len(ready) if len(ready) else 0.0
    at = set(ready.to_pylist())
    return pa.array([share if r in at else None for r in range(rows)], pa.float64())


def _killed(stage: Stage[Any]) -> document.Error:
    return {
        "stage": stage.name,
        "kind": "stage",
        "code": "worker_died",
        "message": "the worker process died on this document more than once: killed, out of memory, or a crash in "
        "native code",
    }


def _entry(stage: Stage[Any], error: Exception) -> document.Error:
    if isinstance(error, StageError):
        return {"stage": stage.name, "kind": error.kind, "code": error.code, "message": str(error)}
    place, trace = "", error.__traceback__
    while trace is not None:  # the deepest frame: where it happened
        place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    kind = type(error).__name__
    # the text of a foreign exception may quote the document, so only type and place are kept
    return {"stage": stage.name, "kind": "stage", "code": kind, "message": f"{kind} raised at {place}"}
