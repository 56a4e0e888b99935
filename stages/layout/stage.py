"""The stage ``layout``: a label for every line, and the text rebuilt from the lines that matter.

``lines[].label`` is what the line is, and ``label_probability`` how sure the model is of it. ``text`` becomes the text
of the kept labels, in the reading order of parse: the lines of a paragraph are joined, also across the end of a page
and across what was dropped in between; headings, items of lists and rows of tables have lines of their own;
paragraphs, headings and tables are parted by blank lines. What was dropped stands in ``label_texts``, which has the
text of every label of the document.

Spans follow the text: ``text[start:end] + hyphen`` of a kept line is the line as printed. Of a dropped one ``start`` and
``end`` are null, and ``label_start`` and ``label_end`` are its place in the text of its label. ``pages[].start`` and
``end`` reach from the first kept line of a page to its last one.

``sections`` has the headings with their spans. What stands before the first one is a section without a heading.

Documents without lines (texts that were no PDF) are passed over: their text stays, and what layout adds is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from pipeline import document
from pipeline.stage import MissingExtra, Resources, Stage, StageError
from stages.layout.options import LayoutConfig

if TYPE_CHECKING:
    from models.line_labeller.predictor import Labeller

BUNDLED = "line-labeller"


class Layout(Stage[LayoutConfig]):
    """Label the lines of PDFs, and rebuild the text without headers, footers and margins; see the module."""

    name: ClassVar[str] = "layout"
    version: ClassVar[str] = "1"
    requires = pa.schema([document.TEXT, document.LINES_FIELD, document.PAGES_FIELD])
    provides = pa.schema(
        [
            document.TEXT,
            document.LINES_FIELD,
            document.PAGES_FIELD,
            document.SECTIONS_FIELD,
            document.LABEL_TEXTS_FIELD,
        ]
    )
    resources = Resources(cpus=1.0, memory=256 << 20)
    Config = LayoutConfig

    def __init__(self, config: LayoutConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        self._labeller: Labeller | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_labeller": None}  # an open graph is not carried to another process

    # -- what a job asks before it starts

    def check(self) -> None:
        """Raise StageError when the model or ONNX Runtime is missing."""
        from models.line_labeller.predictor import check

        with _told():
            check(self.profile, self._adapted())

    def models(self) -> Mapping[str, str]:
        """The model, and of an adapted one also its base."""
        from models.line_labeller.predictor import model_hashes

        with _told():
            return model_hashes(self._adapted())

    def dependencies(self) -> Mapping[str, str]:
        """Versions of what computes probabilities and of Unicode's tables."""
        import unicodedata

        found = {"unicode": unicodedata.unidata_version}
        for package in ("onnxruntime", "onnxruntime-gpu"):
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                continue
        return found

    def remarks(self) -> Sequence[str]:
        """What is kept and what is not."""
        from models.line_labeller.labels import LABELS

        dropped = [label for label in LABELS if label not in self.config.keep]
        kept = [label for label in LABELS if label in self.config.keep]
        return [f"text of: {', '.join(kept)}; dropped: {', '.join(dropped) or 'nothing'}"]

    # -- work

    def warm_up(self) -> None:
        """Open the model."""
        self._ready()

    def _ready(self) -> Labeller:
        if self._labeller is None:
            from models.line_labeller.predictor import open_labeller

            with _told():
                self._labeller = open_labeller(self.profile, self._adapted())
        return self._labeller

    def close(self) -> None:
        """Release the model."""
        self._labeller = None

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Label the lines of each document and rebuild its text."""
        from models.line_labeller.labels import LABELS
        from stages.layout.rebuilding import rebuild
        from stages.layout.stack import read

        labeller = self._ready()
        stack = read(batch)
        found = labeller.probabilities(stack.documents())
        probabilities = np.concatenate([np.zeros((0, len(LABELS)), np.float32), *found])
        return rebuild(batch, stack, probabilities, self.config, self._thresholds())

    def _thresholds(self) -> Mapping[str, float]:
        """Those of the model, and before them those of the options."""
        from models import catalog
        from models.line_labeller.predictor import MODEL

        mine: Mapping[str, float] = {str(label): limit for label, limit in self.config.thresholds.items()}
        return {**catalog.entry(MODEL).thresholds, **mine}

    def _adapted(self) -> Path | None:
        return None if self.config.model == BUNDLED else Path(self.config.model)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what keeps the model from running into one line of this stage."""
    from models.catalog import CatalogError
    from models.session import MissingRuntimeError, SessionError

    try:
        yield
    except MissingRuntimeError as error:
        raise MissingExtra("layout", error.extra, error.package) from error
    except (CatalogError, SessionError) as error:
        raise StageError(f"layout: {error}", code="model") from error
