"""From a good PDF to one that needs a password, one that is cut off, and one that is only a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2

PASSWORD = "seven-small-herons"
_SCAN_DPI = 120


def encrypt(source: Path, target: Path) -> None:
    """Write the document so that it opens with ``PASSWORD`` only.

    Keys are random: no two such files are equal. So a file that is there already and says the same stays.
    """
    if target.exists() and _content(target, PASSWORD) == _content(source, ""):
        return
    with pikepdf.open(source) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner=PASSWORD, user=PASSWORD, R=6))


def _content(path: Path, password: str) -> list[bytes]:
    with pikepdf.open(path, password=password) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def truncate(source: Path, target: Path) -> None:
    """Write the first half of the file, as an interrupted download leaves it."""
    whole = source.read_bytes()
    target.write_bytes(whole[: len(whole) // 2])


def scan(source: Path, target: Path, seed: int = 20250217) -> None:
    """Write the pages as a scanner sees them: black and white pictures with specks, without any text."""
    noise = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(source)
    result = pikepdf.new()
    for page in document:
        picture = (
            page.render(scale=_SCAN_DPI / 72, grayscale=True, rotation=0)
            .to_numpy()
            .squeeze()
            .astype(np.int16)
        )
        height, width = picture.shape
        # The sheet lay a little askew: each row is shifted by up to four pixels from top to bottom.
        for row in range(height):
            picture[row] = np.roll(picture[row], round(4 * row / height))
        black = picture + noise.normal(0, 14, picture.shape) < 165
        black |= noise.random(picture.shape) < 0.0004
        image = pikepdf.Stream(
            result,
            np.packbits(~black, axis=1).tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            BitsPerComponent=1,
            ColorSpace=pikepdf.Name.DeviceGray,
        )
        points = (page.get_width(), page.get_height())
        result.add_blank_page(page_size=points)
        last = result.pages[-1]
        last.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=result.make_indirect(image)))
        last.Contents = result.make_stream(
            f"q {points[0]:.2f} 0 0 {points[1]:.2f} 0 0 cm /Scan Do Q".encode()
        )
    document.close()
    result.docinfo["/Producer"] = "Example scanner"
    result.save(target, static_id=True, compress_streams=True, recompress_flate=True)
