"""The stage ``segment``: where sentences begin and end.

``sentences`` holds spans of ``text`` in order; each begins where the one before it ended, the first at 0, the
last ends with the text: joined, they are the text again, character for character. White space belongs to the
sentence before it. A text of white space only is one span; an empty text has none. ``probability`` is the
model's for an end of sentence there; null where the model was not asked, as inside a token that a bound of
length cuts. Ends that line breaks force carry the model's probability, too.

``paragraphs`` (option ``paragraphs``) holds spans of the same kind; no sentence crosses their ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from pipeline import document
from pipeline.stage import MissingExtra, Resources, Stage, StageError
from stages.columns import with_column
from stages.language import codes_of, columns_read
from stages.segment.options import SegmentConfig

if TYPE_CHECKING:
    from models.catalog import ModelEntry
    from models.sentence_boundary.prediction import Predictor
    from stages.segment.cutting import Sentences

_MEMORY = 768 << 20


class Segment(Stage[SegmentConfig]):
    """Cut each text into sentences; see the module for what comes out."""

    name: ClassVar[str] = "segment"
    version: ClassVar[str] = "1"
    requires = pa.schema([document.TEXT])
    provides = pa.schema([document.SENTENCES_FIELD])
    resources = Resources(cpus=1.0, memory=_MEMORY)
    Config = SegmentConfig

    def __init__(self, config: SegmentConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        self.optional = columns_read(self.config.language)
        if self.config.paragraphs != "none":
            self.provides = pa.schema([document.SENTENCES_FIELD, document.PARAGRAPHS_FIELD])
        self._forget()

    def _forget(self) -> None:
        self._predictor: Predictor | None = None
        self._thresholds: Mapping[str, float] = {}

    def __getstate__(self) -> dict[str, Any]:
        kept = ("config", "optional", "provides", "profile", "resources")
        return {name: self.__dict__[name] for name in kept if name in self.__dict__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    # -- what a job asks before it starts

    def check(self) -> None:
        """Raise StageError when the model or ONNX Runtime is missing, or the model lacks a threshold."""
        from models.catalog import CatalogError, files_of
        from models.session import MissingRuntimeError, check_runtime

        if self.profile == "gpu":
            self.resources = Resources(cpus=1.0, gpus=1.0, memory=_MEMORY)
        try:
            check_runtime(self.profile)
            for entry in self._entries():
                files_of(entry)
        except MissingRuntimeError as error:
            raise _missing(error) from error
        except CatalogError as error:
            raise StageError(f"segment: {error}", code="model") from error
        self._find_thresholds()

    def models(self) -> Mapping[str, str]:
        """The model, and of an adapted one also its base."""
        from models.catalog import CatalogError

        try:
            return {entry.name: entry.sha256 for entry in self._entries()}
        except CatalogError as error:
            raise StageError(f"segment: {error}", code="model") from error

    def dependencies(self) -> Mapping[str, str]:
        """Versions of what computes probabilities and of Unicode's tables."""
        import unicodedata

        found = {"unicode": unicodedata.unidata_version}
        for package in ("onnxruntime", "onnxruntime-gpu", "tokenizers"):
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                continue
        return found

    # -- work

    def warm_up(self) -> None:
        """Open the model."""
        self._ready()

    def _ready(self) -> Predictor:
        if self._predictor is not None:
            return self._predictor
        from models.catalog import CatalogError
        from models.sentence_boundary.opening import open_model
        from models.sentence_boundary.prediction import Predictor
        from models.session import MissingRuntimeError, SessionError

        try:
            model = open_model(self._entries()[0], self.profile)
        except MissingRuntimeError as error:
            raise _missing(error) from error
        except (CatalogError, SessionError) as error:
            raise StageError(f"segment: {error}", code="model") from error
        self._thresholds = self._find_thresholds()
        self._predictor = Predictor(model, self.config.stride, self.config.weighting)
        return self._predictor

    def close(self) -> None:
        """Release the model."""
        self._forget()

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Add ``sentences``, and ``paragraphs`` when asked for."""
        from stages.segment.cutting import sentences_of

        predictor = self._ready()
        texts: list[str] = batch.column("text").to_pylist()
        languages = codes_of(batch, self.config.language)
        found = [
            sentences_of(text, places, self.config, self._thresholds, language)
            for text, places, language in zip(texts, predictor.places(texts), languages, strict=True)
        ]
        batch = with_column(batch, document.SENTENCES_FIELD, _sentences(found))
        if self.config.paragraphs != "none":
            batch = with_column(batch, document.PARAGRAPHS_FIELD, _paragraphs(found))
        return batch

    # -- parts

    def _entries(self) -> list[ModelEntry]:
        from models.sentence_boundary.opening import ADAPTED, base_of, find

        entry = find(self.config.model)
        return [entry, base_of(entry)] if entry.family == ADAPTED else [entry]

    def _find_thresholds(self) -> Mapping[str, float]:
        from models.sentence_boundary.condition import CONDITIONS, threshold_of

        if self.config.threshold is not None:
            return {"default": self.config.threshold}
        entry = self._entries()[0]
        try:
            for condition in CONDITIONS:
                threshold_of(condition, entry.thresholds)
        except KeyError:
            raise StageError(
                f"segment: model {entry.name} names no default threshold: set threshold", code="model"
            ) from None
        return entry.thresholds


def _missing(error: Any) -> MissingExtra:
    return MissingExtra("segment", error.extra, error.package)


def _sentences(found: Sequence[Sentences]) -> pa.ListArray:
    offsets, starts, ends = _spans([one.ends for one in found])
    probabilities = np.concatenate([np.zeros(0, np.float32), *(one.probabilities for one in found)])
    values = pa.StructArray.from_arrays(
        [starts, ends, pa.array(probabilities, pa.float32(), mask=np.isnan(probabilities))],
        fields=list(document.SENTENCE),
    )
    return pa.ListArray.from_arrays(offsets, values, type=document.SENTENCES_FIELD.type)


def _paragraphs(found: Sequence[Sentences]) -> pa.ListArray:
    offsets, starts, ends = _spans([one.paragraph_ends for one in found])
    values = pa.StructArray.from_arrays([starts, ends], fields=list(document.SPAN))
    return pa.ListArray.from_arrays(offsets, values, type=document.PARAGRAPHS_FIELD.type)


def _spans(ends: Sequence[Any]) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return list offsets, starts and ends of adjoining spans."""
    counts = np.array([0, *(len(one) for one in ends)])
    all_ends = np.concatenate([np.zeros(0, np.int64), *ends])
    starts = np.concatenate([np.zeros(0, np.int64), *(np.append(0, one)[:-1] for one in ends)])
    offsets = pa.array(np.cumsum(counts), pa.int32())
    return offsets, pa.array(starts, pa.int32()), pa.array(all_ends, pa.int32())
