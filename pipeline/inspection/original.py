"""The bytes that a document was read from, fetched once more from where they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from pipeline.config import BatchOptions, InputOptions
from pipeline.console.printable import one_line
from pipeline.errors import UsageError
from pipeline.inspection.find import Place
from pipeline.inspection.folder import Folder
from pipeline.sources.location import Location, locate
from pipeline.sources.piece import SCHEMA, Piece
from pipeline.sources.reading import Reader

_GIVE = "give the file with --source"


def original(folder: Folder, place: Place, row: dict[str, Any], source: str | None = None) -> bytes:
    """Return the bytes of a document, the same as those it was made from.

    Args:
        row: the document.
        source: a file that holds it, where the input has moved.

    Raises:
        UsageError: they are not to be found, or are others now.
    """
    name, known = one_line(place.doc_id, 120), row.get("content_sha256")
    if source is not None:
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise UsageError(f"{source}: cannot be read: {error.strerror or type(error).__name__}") from None
        if hashlib.sha256(data).hexdigest() != known:
            raise UsageError(f"{source}: is not the file that {name} was made from: its sha256 differs")
        return data
    for found, digest in _candidates(folder, place, row):
        if digest == known:
            return found
    raise UsageError(f"{name}: its source file is not to be found any more, or was changed; {_GIVE}")


def _candidates(folder: Folder, place: Place, row: dict[str, Any]) -> Iterator[tuple[bytes, str]]:
    """Yield what is read now under the document's id, and its sha256."""
    about = folder.manifest.get("input") or {}
    given = str(about.get("location") or about.get("given") or "")
    try:
        location = locate(given)
        options = InputOptions.model_validate((folder.manifest.get("config") or {}).get("input") or {})
    except UsageError as error:
        raise UsageError(f"{error}; {_GIVE}") from None
    except ValidationError:
        options = InputOptions()
    reader = Reader(location, options, BatchOptions(max_rows=16), pa.schema([]))
    for batch in reader.read(_pieces(folder, place, location, str(row.get("source") or ""))):
        for doc_id, data, digest in zip(
            batch.column("id").to_pylist(),
            batch.column("bytes"),
            batch.column("content_sha256").to_pylist(),
            strict=True,
        ):
            if doc_id == place.doc_id and data.is_valid:
                yield data.as_buffer().to_pybytes(), digest


def _pieces(folder: Folder, place: Place, location: Location, source: str) -> Iterator[Piece]:
    """What the plan lists for the document's shard, of the file that it came from."""
    shard = next((r.number for r in folder.records if r.part == place.part), None)
    names = [name for name in SCHEMA.names if name != "shard"]
    try:
        with (
            folder.store.fs.open(folder.store.inside("plan.parquet"), "rb") as stream,
            pq.ParquetFile(stream) as plan,
        ):
            for batch in plan.iter_batches(columns=["shard", *names]):
                for entry in batch.to_pylist():
                    if entry.pop("shard") == shard and source.startswith(location.uri(entry["path"])):
                        yield Piece(**entry)
    except (OSError, pa.ArrowInvalid):
        raise UsageError(f"{folder.store.given}: its _docmill/plan.parquet cannot be read; {_GIVE}") from None
