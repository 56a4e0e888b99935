"""A printed document as a hospital's scanner gives it: grey pictures, a little askew, with a text layer by OCR.

Needs ``tesseract`` with its English and French data on the path. The text layer has the errors of OCR.
"""

from __future__ import annotations

import io
import math
import os
import random
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

_DPI = 180


def scanned(
    pdf: bytes, regions: dict[str, Any], language: str, draw: random.Random
) -> tuple[bytes, dict[str, Any]]:
    """Return the scan and the regions moved with it."""
    angle = draw.uniform(-0.4, 0.4)
    blur, paper, quality = draw.uniform(0.2, 0.8), draw.randrange(225, 254), draw.randrange(45, 80)
    document = pdfium.PdfDocument(pdf)
    sizes = [page.get_size() for page in document]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = []
        for number, page in enumerate(document):
            picture = page.render(scale=_DPI / 72).to_pil().convert("L")
            picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
            picture = picture.filter(ImageFilter.GaussianBlur(blur)).point(
                lambda v: min(v, 255) * paper // 255
            )
            path = folder / f"{number:03}.jpg"
            picture.save(path, quality=quality, dpi=(_DPI, _DPI))
            pictures.append(str(path))
        (folder / "pages.txt").write_text("\n".join(pictures))
        tongue = {"fr": "fra", "en": "eng"}[language]
        command = [
            "tesseract",
            str(folder / "pages.txt"),
            str(folder / "out"),
            "-l",
            tongue,
            "--dpi",
            str(_DPI),
            "pdf",
        ]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        with pikepdf.open(folder / "out.pdf") as out:
            for key in list(out.docinfo.keys()):
                del out.docinfo[key]
            whole = io.BytesIO()
            out.save(whole, deterministic_id=True)
    moved = [
        {**region, "bbox": _turned(region["bbox"], sizes[region["page"] - 1], angle)}
        for region in regions["regions"]
    ]
    return whole.getvalue(), {**regions, "regions": moved}


def _turned(box: list[float], size: tuple[float, float], degrees: float) -> list[float]:
    """The box with its centre turned counter-clockwise about the page's, as the picture was."""
    radians = math.radians(degrees)
    x, y = (box[0] + box[2]) / 2 - size[0] / 2, (box[1] + box[3]) / 2 - size[1] / 2
    dx = x * math.cos(radians) + y * math.sin(radians) - x
    dy = -x * math.sin(radians) + y * math.cos(radians) - y
    return [round(side + shift, 2) for side, shift in zip(box, (dx, dy, dx, dy), strict=True)]
