"""What the ladder asks of a router, and the router that needs no model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from stages.parse.wire import PackedPage


class Choice(NamedTuple):
    """What is to be done with a page.

    Attributes:
        rung: name of the one that reads it again; None leaves it at the first rung's text.
        cheap_quality: predicted quality (0 to 1) of the first rung's text; None when nothing predicted it.
        quality: predicted quality of the text that ``rung`` will give, the same as ``cheap_quality`` when that
            is None.
    """

    rung: str | None = None
    cheap_quality: float | None = None
    quality: float | None = None


class Router(Protocol):
    """Decides which rung reads a page again. The decision depends on the page and its document alone.

    Made anew for each question, so its constructor opens nothing.
    """

    def check(self) -> None:
        """Raise StageError when it cannot run here."""
        ...

    def models(self) -> Mapping[str, str]:
        """Name to sha256 of each model it uses."""
        ...

    def dependencies(self) -> Mapping[str, str]:
        """Whatever else its decisions depend on: the hash of the calibration."""
        ...

    def remarks(self) -> Sequence[str]:
        """Lines for a person about what decides."""
        ...

    def warm_up(self) -> None:
        """Open the model, once per process."""
        ...

    def choose(self, pages: Sequence[PackedPage]) -> Sequence[Choice]:
        """Return one choice for each page that the first rung could read, in their order. They are the pages
        of some documents, with ``evidence``; which ones stand together changes nothing. A blank page
        (``is_blank``) is not sent anywhere, whatever the choice says."""
        ...


class Forced:
    """Sends every page to one rung."""

    def __init__(self, rung: str) -> None:
        self._rung = rung

    def check(self) -> None:
        return

    def models(self) -> Mapping[str, str]:
        return {}

    def dependencies(self) -> Mapping[str, str]:
        return {}

    def remarks(self) -> Sequence[str]:
        return [f"every page is sent to {self._rung}"]

    def warm_up(self) -> None:
        return

    def choose(self, pages: Sequence[PackedPage]) -> Sequence[Choice]:
        return [Choice(self._rung)] * len(pages)


def is_blank(page: PackedPage) -> bool:
    """Whether there is nothing on the page that any rung could read: no text, no image, no drawing."""
    return not page.flags and page.evidence is not None and not page.evidence.objects
