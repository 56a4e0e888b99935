"""A PDF with some of its pages damaged."""

from __future__ import annotations

import io
from collections.abc import Mapping, MutableMapping
from typing import Any

import numpy as np
import pikepdf
import pypdfium2

from models.page_router.degrade import hidden_text
from models.page_router.degrade.kinds import Blank, Damage, Paper, Scan, Shuffled, Unmapped
from models.page_router.degrade.order import shuffle
from models.page_router.degrade.paper import picture
from models.page_router.degrade.unicode_maps import unmap

Pictures = MutableMapping[tuple[int, Paper], bytes]


def damaged(
    data: bytes,
    damages: Mapping[int, Damage | None],
    *,
    only: bool = False,
    pictures: Pictures | None = None,
) -> bytes:
    """Return the PDF with damaged pages.

    Args:
        data: a PDF that can be opened without a password.
        damages: page number (from 0) to what happens to it; None leaves it as it is.
        only: whether pages that are not named are left out.
        pictures: keeps the scans of this document's pages from one call to the next.

    Raises:
        ValueError: a page number that the document does not have.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        source = pypdfium2.PdfDocument(data)
        try:
            missing = [number for number in damages if not 0 <= number < len(pdf.pages)]
            if missing:
                raise ValueError(f"there is no page {missing[0]} in a document of {len(pdf.pages)}")
            for number, damage in damages.items():
                if isinstance(damage, Scan):
                    seen = source[number]
                    jpeg = pictures.get((number, damage.paper)) if pictures is not None else None
                    jpeg = jpeg or picture(seen, damage.paper)
                    if pictures is not None:
                        pictures[number, damage.paper] = jpeg
                    _scan(pdf, pdf.pages[number], seen, damage, jpeg)
                else:
                    _damage(pdf, pdf.pages[number], damage)
            if only:
                for number in reversed(range(len(pdf.pages))):
                    if number not in damages:
                        del pdf.pages[number]
                pdf.remove_unreferenced_resources()
        finally:
            source.close()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _damage(pdf: pikepdf.Pdf, page: pikepdf.Page, damage: Unmapped | Shuffled | Blank | None) -> None:
    if isinstance(damage, Unmapped):
        unmap(pdf, page, damage)
    elif isinstance(damage, Shuffled):
        shuffle(pdf, page, damage)
    elif isinstance(damage, Blank):
        _empty(page)
        page.Contents = pdf.make_stream(b"")
        page.obj["/Resources"] = pikepdf.Dictionary()


def _scan(pdf: pikepdf.Pdf, page: pikepdf.Page, seen: Any, damage: Scan, jpeg: bytes) -> None:
    width, height = _size(jpeg)
    image = pdf.make_stream(
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    # A scanner's page is upright and as large as what was seen; the layer's boxes are moved to it.
    left, bottom, right, top = seen.get_bbox()
    turned = seen.get_rotation() in (90, 270)
    across, up = (top - bottom, right - left) if turned else (right - left, top - bottom)
    content = f"q {across:.3f} 0 0 {up:.3f} 0 0 cm /Scan Do Q\n".encode("ascii")
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    if damage.errors is not None:
        lines = [
            line._replace(
                left=line.left - left,
                right=line.right - left,
                bottom=line.bottom - bottom,
                top=line.top - bottom,
            )
            for line in hidden_text.lines_of(seen)
        ]
        content += hidden_text.layer(lines, damage.errors, np.random.default_rng(damage.seed))
        resources["/Font"] = pikepdf.Dictionary({hidden_text.FONT: hidden_text.font(pdf)})
    _empty(page)
    page.obj["/MediaBox"] = pikepdf.Array([0, 0, across, up])
    page.obj["/Resources"] = resources
    page.Contents = pdf.make_stream(content)


def _empty(page: pikepdf.Page) -> None:
    for key in ("/Annots", "/CropBox", "/Rotate", "/TrimBox", "/BleedBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]


def _size(jpeg: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as image:
        return image.size
