"""Stages that only tests use; Ray's workers import them from here."""

from __future__ import annotations

import os

import pyarrow as pa
import pyarrow.compute as pc

from pipeline import Resources, Stage, StageConfig, document


class Upper(Stage):
    """The text in capitals."""

    name = "upper"
    version = "1"
    requires = pa.schema([document.TEXT])
    provides = pa.schema([("upper", pa.string())])
    Config = StageConfig

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.append_column("upper", pc.utf8_upper(batch.column("text")))


class Length(Stage):
    """The length of the capitals; wants other resources than Upper."""

    name = "length"
    version = "1"
    requires = pa.schema([("upper", pa.string())])
    provides = pa.schema([("length", pa.int32())])
    resources = Resources(cpus=0.5)
    Config = StageConfig

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.append_column("length", pc.utf8_length(batch.column("upper")).cast(pa.int32()))


class Dies(Upper):
    """Takes its process down on one document, as native code can."""

    name = "dies"

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if pc.any(pc.match_substring(batch.column("text"), "number 17.")).as_py():
            os._exit(139)
        return super().process(batch)
