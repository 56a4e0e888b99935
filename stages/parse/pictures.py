"""Pictures of pages, drawn by pdfium in a process of its own: what is drawn may be hostile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.stage import StageError
from stages.parse.process import CannotStartError
from stages.parse.sandbox import Limits, Sandbox

_ADAPTOR = "stages.parse.page_image:PageImage"
_MEMORY_MB = 1024


class Drawn(NamedTuple):
    """A page: a PNG in base64, its size in points; or why there is none (``failure``, a word)."""

    png: str = ""
    width: float = 0.0
    height: float = 0.0
    failure: str = ""


class Pictures:
    """Draws pages. ``dpi``: pixels per inch."""

    def __init__(self, dpi: float = 100.0, page_timeout_s: float = 30.0) -> None:
        self._timeout = page_timeout_s
        self._sandbox = Sandbox(
            _ADAPTOR, memory_bytes=_MEMORY_MB << 20, recycle_after=100, settings={"dpi": dpi}
        )

    def draw(self, data: bytes, pages: Sequence[int], passwords: Sequence[str] = ()) -> Mapping[int, Drawn]:
        """Draw pages of a document (from 0, ascending). Each page asked for is in the result.

        Raises:
            StageError: the process cannot be started.
        """
        limits = Limits(self._timeout * max(1, len(pages)), self._timeout, 1_000_000)
        try:
            outcome = self._sandbox.parse(data, limits, passwords, pages)
        except CannotStartError as error:
            raise StageError(str(error), code="cannot_start") from None
        whole = next((failure.code for failure in outcome.failures if failure.page is None), "no such page")
        failed = {failure.page: failure.code for failure in outcome.failures}
        found = {page: Drawn(failure=failed.get(page, whole)) for page in pages}
        for page in outcome.pages:
            found[page.number] = Drawn(page.text, page.width, page.height)
        return found

    def close(self) -> None:
        """End the process."""
        self._sandbox.close()
