"""An adaptor that does what pages ask for: hang, eat memory, crash, raise. It stands in for pdfium having a
bad day; nothing but a test can name it."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Sequence

from stages.parse.adaptor import Page
from stages.parse.pdfium import Pdfium, PdfiumDocument
from stages.parse.rungs.rung import Rung
from stages.parse.stage import Parse


class FaultyParse(Parse):
    """The stage over the faulty adaptor."""

    adaptor = "tests.parse.faults:Faulty"


class BrokenParse(Parse):
    """The stage over an adaptor that does not exist."""

    adaptor = "tests.parse.no_such_module:Nothing"


class Faulty(Pdfium):
    """pdfium, but pages with certain words do harm."""

    def open(self, data: bytes, passwords: Sequence[str]) -> PdfiumDocument:
        if b"%HARM-OPEN-HANG" in data:
            while True:
                time.sleep(60)
        if b"%HARM-OPEN-CRASH" in data:
            ctypes.string_at(0)
        document = super().open(data, passwords)
        return _FaultyDocument(document._document, data)


class _FaultyDocument(PdfiumDocument):
    def page(self, index: int) -> Page:
        page = super().page(index)
        words = " ".join(line.text for line in page.lines)
        if "please hang" in words:
            # In native code, which no Python signal or exception interrupts.
            ctypes.CDLL(None).sleep(3600)
        if "please crash" in words:
            ctypes.string_at(0)
        if "please eat" in words:
            hoard = []
            while True:
                hoard.append(bytearray(b"x") * (1 << 24))
        if "please raise" in words:
            raise RuntimeError(words)
        return page


class Shouting(Faulty):
    """The faulty adaptor as a rung of its own: pages without harm come in capitals."""

    def open(self, data: bytes, passwords: Sequence[str]) -> PdfiumDocument:
        document = super().open(data, passwords)
        return _ShoutingDocument(document._document, data)


class _ShoutingDocument(_FaultyDocument):
    def page(self, index: int) -> Page:
        page = super().page(index)
        if any("please say nothing" in line.text for line in page.lines):
            return page._replace(lines=[])
        return page._replace(lines=[line._replace(text=line.text.upper()) for line in page.lines])


SHOUTING = Rung("shouting", "tests.parse.faults:Shouting", "other", page_timeout_s=2, memory_mb=256)
NO_RUNG = "not a rung"


def unloadable() -> Rung:
    """What an entry point may name: a function that fails."""
    raise RuntimeError("a defect of the package")


def cannot_start() -> Rung:
    """A rung whose adaptor does not exist."""
    return Rung("lost", "tests.parse.no_such_module:Nothing", "other")
