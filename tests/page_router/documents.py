"""Pages for the router's tests, written by ourselves."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.page_router.evidence import Evidence
from stages.parse.pdfium import Pdfium
from stages.parse.wire import PackedPage, pack_page, unpack_page

STORY = (
    "The harbour was quiet in the early morning, and only a few boats had left for the open sea.",
    "An old man sat on the wall and mended his nets, as his father had done before him.",
    "When the sun came over the hill, children ran down the road and asked him what he was doing.",
    "He told them that a good net lasts for many years if every hole is closed on the same day.",
    "Nobody knew how old he was, but everybody agreed that he had always been sitting there.",
    "Later the wind turned, clouds gathered in the west and the first drops of rain began to fall.",
)


def story(pages: int = 1) -> bytes:
    """A PDF of prose; each page begins with its number."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number in range(pages):
        text = canvas.beginText(60, 780)
        text.setFont("Helvetica", 11)
        text.setLeading(16)
        text.textLine(f"Page {number + 1}")
        for turn in range(5):
            for line in STORY[turn % 2 :]:
                text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data: bytes) -> list[PackedPage]:
    """The pages as the router gets them."""
    document = Pdfium(evidence=True).open(data, [])
    try:
        return [
            unpack_page(memoryview(pack_page(number, document.page(number), 0.0)))
            for number in range(document.page_count)
        ]
    finally:
        document.close()


def page(text: str, evidence: Evidence | None = None) -> PackedPage:
    """A page of these lines, printed at the left margin."""
    from array import array

    lines = text.split("\n") if text else []
    boxes = [
        (50.0, 50.0 + 14 * at, 50.0 + 5.0 * len(one), 62.0 + 14 * at, 11.0) for at, one in enumerate(lines)
    ]
    columns: Sequence[float] = [number for column in zip(*boxes, strict=True) for number in column]
    found = evidence or Evidence(*[0.0] * len(Evidence._fields))._replace(
        objects=1.0, looked_at=1.0, characters=float(len(text)), sampled=1.0
    )
    return PackedPage(
        0, 595.0, 842.0, 0, 0.0, text, array("f", columns).tobytes(), bytes(len(lines)), (), found
    )
