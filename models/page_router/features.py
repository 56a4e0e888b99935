"""What the router sees of a page: one vector of numbers out of the first rung's text, lines and evidence.

Shared by training and by the parse stage. All pages of a document are computed together, because a call of
numpy costs more than the work it does on one page; the vector of a page does not depend on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from models.page_router import lines, words
from models.page_router.evidence import Evidence
from models.page_router.lexicon import Lexicon, lexicon
from models.page_router.text import Characters, characters_of

Array = NDArray[Any]


class PageText(Protocol):
    """A page as the first rung read it; ``stages.parse.wire.PackedPage`` is one.

    ``text``: lines joined by line feeds. ``numbers``: float32, the x0 of all lines, then their y0, x1, y1
    and font sizes, in points.
    """

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def text(self) -> str: ...
    @property
    def numbers(self) -> bytes: ...
    @property
    def evidence(self) -> Evidence | None: ...


_TEXT: Final = (
    "log_characters",
    "characters_per_area",
    "letter_share",
    "digit_share",
    "sign_share",
    "space_share",
    "unspaced_share",
    "strange_share",
    "control_share",
    "wide_share",
    "upper_share",
    "upper_after_lower",
    "letter_beside_digit",
    "sign_within_word",
)
_EVIDENCE: Final = (
    "unread_share",
    "invisible_share",
    "unmapped_share",
    "image_share",
    "largest_image_share",
    "largest_image_dpi",
    "is_picture",
    "log_paths",
    "log_horizontal_rules",
    "log_vertical_rules",
    "log_boxes",
    "log_ruled_rows",
    "ruled_share",
    "log_captions",
)
OF_TEXT: Final = _TEXT + words.NAMES
NAMES: Final = OF_TEXT + lines.NAMES + _EVIDENCE

KNOWN_SHARE: Final = NAMES.index("known_share")

_A4_AREA = 595.0 * 842.0
_CAPTIONS = ("\nTab", "\nTAB", "\n表")
_HIGHEST_DPI = 600.0


def features(pages: Sequence[PageText], table: Lexicon | None = None) -> NDArray[np.float32]:
    """Return one row of ``NAMES`` for each page.

    Args:
        pages: of one document, or of several.
        table: another lexicon than the shipped one; training asks for those with gaps.

    Raises:
        ValueError: a page has no evidence; the first rung was not asked for it.
    """
    if not pages:
        return np.zeros((0, len(NAMES)), np.float32)
    if any(page.evidence is None for page in pages):
        raise ValueError("a page without evidence cannot be judged: the first rung must be asked for it")
    held = characters_of([page.text for page in pages])
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (
            _of_text(pages, held),
            words.of_words(held, table or lexicon()),
            lines.of_lines(pages, held),
            _of_evidence(pages),
        )
    found = np.concatenate(parts).T.astype(np.float32, order="C")
    found[~np.isfinite(found)] = 0.0
    return found


def _of_text(pages: Sequence[PageText], held: Characters) -> Array:
    total = held.ends - held.starts
    area = np.array([page.width * page.height for page in pages]) / _A4_AREA
    counts, seldom = held.counts(), held.seldom_counts()
    return np.concatenate(
        (
            (np.log1p(total), total / area / 4000),
            counts[:4] / total,
            seldom / total,
            counts[4:] / counts[0],
        )
    )


def _of_evidence(pages: Sequence[PageText]) -> Array:
    held = np.array([page.evidence for page in pages], np.float64).T
    at = {name: held[number] for number, name in enumerate(Evidence._fields)}
    read = np.array([len(page.text) for page in pages])
    captions = [_captions(page.text) for page in pages]
    counted = ("paths", "horizontal_rules", "vertical_rules", "boxes", "ruled_rows")
    logs = np.log1p(np.stack([*(at[name] for name in counted), captions]))
    return np.stack(
        (
            np.clip(1 - read / at["characters"], -1, 1),
            at["invisible_share"],
            at["unmapped_share"],
            at["image_share"],
            at["largest_image_share"],
            np.minimum(at["largest_image_dpi"], _HIGHEST_DPI) / 300,
            at["largest_image_share"] > 0.8,
            *logs[:5],
            at["ruled_share"],
            logs[5],
        )
    )


def _captions(text: str) -> int:
    """How many lines begin as captions of tables do."""
    return sum(map(text.count, _CAPTIONS)) + text.startswith(("Tab", "TAB", "表"))
