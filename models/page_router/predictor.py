"""Predicts how good each kind of reading of a page would be, from what is free to have of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models import catalog
from models.page_router.features import PageText, features
from models.page_router.lexicon import lexicon
from models.page_router.quality import TABLE_WORTH
from models.session import OnnxSession, Profile, check_runtime, open_session

MODEL: Final = "page-router"
INPUT: Final = "features"
OUTPUT: Final = "quality"
HEADS: Final = ("cheap", "text", "ocr", "table_text", "table_share")  # columns of the graph's output
PAGES_AT_ONCE: Final = (
    48  # fewer cost more calls of numpy, more need more memory than a processor's cache has
)
_DECIMALS = 4  # a matrix product's last digits depend on the number of rows


class Prediction(NamedTuple):
    """Predicted quality in 0..1 (``models.page_router.quality``), float32, an entry for each page.

    Attributes:
        cheap: of the first rung's text.
        kinds: of what a rung of each kind would read: text, tables, ocr and other. Of ``other``, a program of
            which nothing is known, as much is expected as of text recognition, or of the text layer where
            that is good. Where the networks disagree whether a reading is better than the cheap one, less
            is said of it: a lower bound decides, not a hope.
    """

    cheap: NDArray[np.float32]
    kinds: Mapping[str, NDArray[np.float32]]


class Predictor:
    """The open model. Not picklable: open it where it runs."""

    def __init__(self, session: OnnxSession) -> None:
        self._session = session

    def predict(self, pages: Sequence[PageText]) -> Prediction:
        """Judge pages that have evidence. A page's prediction does not depend on the others.

        Raises:
            ValueError: a page has no evidence.
        """
        groups = range(0, max(len(pages), 1), PAGES_AT_ONCE)
        rows = [features(pages[start : start + PAGES_AT_ONCE]) for start in groups]
        return self.of_features(np.concatenate(rows))

    def of_features(self, rows: NDArray[np.float32]) -> Prediction:
        """Judge pages by their features: pages x ``models.page_router.features.NAMES``."""
        if not len(rows):
            none = np.zeros(0, np.float32)
            return Prediction(none, dict.fromkeys(("text", "tables", "ocr", "other"), none))
        found = np.round(self._session.run({INPUT: rows}, OUTPUT), _DECIMALS).clip(0, 1)
        heads = {head: found[:, number] for number, head in enumerate(HEADS)}
        kept = np.float32(1) - np.float32(TABLE_WORTH) * heads["table_share"]  # see quality.with_tables
        cheap, ocr = heads["cheap"] * kept, heads["ocr"] * kept
        kinds = {
            "text": heads["text"] * kept,
            "tables": heads["cheap"] * heads["table_text"],
            "ocr": ocr,
            "other": np.maximum(cheap, ocr),
        }
        return Prediction(cheap, kinds)


def check(profile: Profile) -> None:
    """Say whether the model can run here, without opening it.

    Raises:
        models.session.SessionError: ONNX Runtime is missing.
        models.catalog.CatalogError: the model's file is missing or another one.
    """
    check_runtime("edge" if profile == "edge" else "cpu")
    catalog.path(MODEL)


def model_hashes() -> Mapping[str, str]:
    """Name to sha256 of the model."""
    return {MODEL: catalog.entry(MODEL).sha256}


def open_predictor(profile: Profile = "cpu") -> Predictor:
    """Open the verified model.

    The graph is so small that it runs on the CPU whatever the profile.

    Raises:
        models.session.SessionError: it cannot be opened.
        models.catalog.CatalogError: the model's file is missing or another one.
    """
    files = catalog.files_of(catalog.entry(MODEL))
    lexicon()
    return Predictor(open_session(files["graph"], "edge" if profile == "edge" else "cpu"))
