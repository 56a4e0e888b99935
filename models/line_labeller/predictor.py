"""Labels the lines of documents: probabilities of each of ``labels.LABELS``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from models import catalog
from models.line_labeller.features import EM, features
from models.line_labeller.labels import LABELS
from models.line_labeller.lines import DocumentLines
from models.line_labeller.sequences import places, sequences
from models.line_labeller.windows import LINES, windows
from models.session import OnnxSession, Profile, check_runtime, open_session

if TYPE_CHECKING:
    from models.line_labeller.adapted.model import Head

Floats = NDArray[np.float32]

MODEL: Final = "line-labeller"
LOGITS: Final = "logits"
_TOGETHER = LINES  # lines whose features are computed in one go


class Labeller:
    """The open model. Not picklable: open it where it runs."""

    def __init__(self, session: OnnxSession, head: Head | None = None) -> None:
        self._session = session
        self._head = head

    def probabilities(self, documents: Sequence[DocumentLines]) -> list[Floats]:
        """Return float32[lines, labels] for each document; each row sums to 1.

        A document's probabilities do not depend on the others, bit for bit: the graph runs for one document at
        a time. Documents of more than ``windows.LINES`` lines are labelled in parts of whole pages.
        """
        return [_softmax(one) for one in self.logits(documents)]

    def logits(self, documents: Sequence[DocumentLines]) -> list[Floats]:
        """Return float32[lines, labels] for each document: logarithms of the probabilities, up to a constant."""
        found: list[list[Floats]] = [[] for _ in documents]
        for group in _groups(documents):
            rows = features([document for _, document in group])
            first = 0
            for owner, document in group:
                own = rows[first : first + len(document)]
                first += len(document)
                found[owner].append(self._of_features(document, own))
        return [np.concatenate(one) if one else np.zeros((0, len(LABELS)), np.float32) for one in found]

    def _of_features(self, document: DocumentLines, rows: Floats) -> Floats:
        feeds: dict[str, NDArray[Any]] = {"features": rows}
        if "rows" in self._session.input_types:
            cut = sequences(document.page)
            feeds |= {"rows": cut.rows, "there": cut.there, "back": cut.back}
            feeds["places"] = places(document, rows[:, EM].astype(np.float64) * 10)
        logits = self._session.run({name: feeds[name] for name in self._session.input_types}, LOGITS)
        return logits if self._head is None else self._head.corrected(logits, document, rows)


def _groups(documents: Sequence[DocumentLines]) -> Iterator[list[tuple[int, DocumentLines]]]:
    """Parts of documents with their document's number, about ``_TOGETHER`` lines at a time."""
    group: list[tuple[int, DocumentLines]] = []
    held = 0
    for owner, document in enumerate(documents):
        for one in windows(document):
            if group and held + len(one) > _TOGETHER:
                yield group
                group, held = [], 0
            group.append((owner, one))
            held += len(one)
    if group:
        yield group


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Floats = raised / raised.sum(axis=1, keepdims=True)
    return found


def check(profile: Profile, adapted: Path | None = None) -> None:
    """Say whether the model can run here, without opening it.

    Raises:
        models.session.SessionError: ONNX Runtime is missing.
        models.catalog.CatalogError: a file of the model is missing or another one.
    """
    check_runtime("edge" if profile == "edge" else "cpu")
    catalog.path(MODEL)
    if adapted is not None:
        from models.line_labeller.adapted.artifact import entry_of

        catalog.path_of(entry_of(adapted))


def model_hashes(adapted: Path | None = None) -> Mapping[str, str]:
    """Name to sha256 of the model, and of what adapts it."""
    hashes = {MODEL: catalog.entry(MODEL).sha256}
    if adapted is not None:
        from models.line_labeller.adapted.artifact import entry_of

        entry = entry_of(adapted)
        hashes[entry.name] = entry.sha256
    return hashes


def open_labeller(profile: Profile = "cpu", adapted: Path | None = None) -> Labeller:
    """Open the verified model.

    The graph is so small that it runs on the CPU whatever the profile.

    Args:
        profile: where it runs.
        adapted: a folder that ``docmill adapt layout`` wrote.

    Raises:
        models.session.SessionError: it cannot be opened.
        models.catalog.CatalogError: a file of the model is missing or another one.
    """
    head = None
    if adapted is not None:
        from models.line_labeller.adapted.artifact import open_head

        head = open_head(adapted)
    files = catalog.files_of(catalog.entry(MODEL))
    return Labeller(open_session(files["graph"], "edge" if profile == "edge" else "cpu"), head)
