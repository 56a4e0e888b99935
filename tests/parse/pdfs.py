"""PDFs that the tests write: laid out with reportlab, or byte by byte where a broken file is wanted."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

Draw = Callable[[canvas.Canvas], None]


def drawn(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    """A PDF with one page per function, which draws it. Origin at the bottom left, points."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=size, invariant=1)
    for draw in pages:
        draw(paper)
        paper.showPage()
    paper.save()
    return out.getvalue()


def lines_at(
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    size: float = 10,
    font: str = "Helvetica",
    leading: float = 1.4,
) -> Draw:
    """Lines of text below each other, the first base line at (x, y)."""

    def draw(paper: canvas.Canvas) -> None:
        paper.setFont(font, size)
        for number, line in enumerate(lines):
            paper.drawString(x, y - number * leading * size, line)

    return draw


def both(*draws: Draw) -> Draw:
    """One page drawn by several functions, in this order."""

    def draw(paper: canvas.Canvas) -> None:
        for each in draws:
            each(paper)

    return draw


def simple(*texts: str) -> bytes:
    """A PDF with one page per text, and each of its lines a line."""
    return drawn(*(lines_at(72, 750, text.split("\n")) for text in texts))


def raw(objects: Sequence[bytes], *, root: int = 1, header: bytes = b"%PDF-1.7\n") -> bytes:
    """A PDF of the objects, numbered from 1, with a correct cross-reference table."""
    out = bytearray(header)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, table)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def one_page(content: bytes, *, font: bytes = b"", more: Sequence[bytes] = (), page: bytes = b"") -> bytes:
    """A PDF of one page of 300 by 400 points with a content stream. Its font F is object 5; ``more`` are
    objects from 6 on."""
    font = font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R"
            b" /Resources << /Font << /F 5 0 R >> >> %s >>" % page,
            stream(content),
            font,
            *more,
        ]
    )


def inflating(size: int) -> bytes:
    """A PDF whose page content is compressed from ``size`` bytes of operators that show nothing."""
    squeeze = zlib.compressobj(9)
    piece = b"q Q\n" * (1 << 18)
    head = squeeze.compress(piece) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(piece) + squeeze.flush(zlib.Z_FULL_FLUSH)  # stands by itself: it may be repeated
    data = head + again * (size // len(piece) - 1) + squeeze.flush()
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R >>",
            stream(data, b"/Filter /FlateDecode"),
        ]
    )


def numbered_pages(count: int) -> bytes:
    """A PDF with its catalogue first and pages that say their number, in this order in the file."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (count, b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number in range(count):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(stream(b"BT /F 12 Tf 50 350 Td (page %d) Tj ET" % (number + 1)))
    return raw(objects)


def many_pages(count: int) -> bytes:
    """A PDF with a flat tree of ``count`` pages, each with the word "page"."""
    kids = b" ".join(b"%d 0 R" % (5 + i) for i in range(count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 3 0 R"
        b" /Resources << /Font << /F 4 0 R >> >> >>"
    )
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
            stream(b"BT /F 12 Tf 50 350 Td (page) Tj ET"),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *[page] * count,
        ]
    )
