"""The option ``language`` of stages that want to know it: a code, or where the document says it."""

from __future__ import annotations

from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field

from pipeline import document
from pipeline.stage import StageConfig


class ColumnLanguage(StageConfig):
    """The language stands in a column of the document."""

    column: str = Field(min_length=1)
    """Name of a string column with a language code for each document."""


class MetadataLanguage(StageConfig):
    """The language stands in the metadata of the document."""

    metadata: str = Field(min_length=1)
    """Key of the metadata whose value is a language code."""


LanguageSource = Annotated[str, Field(min_length=2, max_length=35)] | ColumnLanguage | MetadataLanguage


def columns_read(source: LanguageSource | None) -> pa.Schema:
    """Return the columns that a stage with this option reads beside its own, for ``Stage.optional``."""
    if isinstance(source, ColumnLanguage):
        return pa.schema([pa.field(source.column, pa.string())])
    if isinstance(source, MetadataLanguage):
        return pa.schema([document.METADATA])
    return pa.schema([])


def codes_of(batch: pa.RecordBatch, source: LanguageSource | None) -> list[str | None]:
    """Return the code of each document as it is written; None where there is none."""
    if source is None or isinstance(source, str):
        return [source] * batch.num_rows
    if isinstance(source, ColumnLanguage):
        values = batch.column(source.column).to_pylist()
    else:
        metadata = batch.column(document.METADATA.name)
        if not pa.types.is_map(metadata.type):  # no document has metadata
            return [None] * batch.num_rows
        values = pc.map_lookup(metadata, source.metadata, "last").to_pylist()
    return [value if isinstance(value, str) and value.strip() else None for value in values]
