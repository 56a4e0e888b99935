"""An invisible text layer under a picture, as scanning software writes it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pikepdf

from models.page_router.degrade.typos import with_errors

FONT = "/DocmillHidden"
_ADVANCE = 0.5  # of every glyph of the font without glyphs, in font sizes

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
end
end
"""


class Words(NamedTuple):
    """A run of text and its box: left, bottom, right, top in points of user space."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def lines_of(page: Any) -> list[Words]:
    """Return what pdfium takes for lines on a pypdfium2 page, in the file's order."""
    text_page = page.get_textpage()
    try:
        found = []
        for number in range(text_page.count_rects()):
            left, bottom, right, top = text_page.get_rect(number)
            text = " ".join(
                text_page.get_text_bounded(left, bottom, right, top).replace("\ufffe", "-").split()
            )
            if text and right > left and top > bottom:
                found.append(Words(text, left, bottom, right, top))
        return found
    finally:
        text_page.close()


def font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return the font of the layer: its codes are UTF-16, its glyphs are nothing."""
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name.GlyphLessFont,
        Flags=5,
        FontBBox=[0, 0, 1000 * _ADVANCE, 1000],
        ItalicAngle=0,
        Ascent=1000,
        Descent=0,
        CapHeight=1000,
        StemV=80,
    )
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name.GlyphLessFont,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=int(1000 * _ADVANCE),
        CIDToGIDMap=pikepdf.Name.Identity,
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name.GlyphLessFont,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=pdf.make_stream(_TO_UNICODE),
        )
    )


def layer(lines: list[Words], errors: float, chance: np.random.Generator) -> bytes:
    """Return the drawing instructions of the lines with mistakes; the font's name is ``FONT``."""
    out = ["BT", "3 Tr"]
    for line in lines:
        text = with_errors(line.text, errors, chance)
        if not text:
            continue
        size = line.top - line.bottom
        stretch = 100 * (line.right - line.left) / (len(text) * _ADVANCE * size)
        out.append(f"{FONT} {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {line.left:.2f} {line.bottom:.2f} Tm")
        out.append(f"<{text.encode('utf-16-be', 'replace').hex()}> Tj")
    out.append("ET")
    return "\n".join(out).encode("ascii")
