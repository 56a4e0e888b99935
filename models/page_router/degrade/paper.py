"""A page as a picture of it that a scanner might have made."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from models.page_router.degrade.kinds import Paper


def picture(page: Any, paper: Paper) -> bytes:
    """Return a grey JPEG of a pypdfium2 page."""
    chance = np.random.default_rng(paper.seed)
    drawn: Image.Image = page.render(scale=paper.dpi / 72, grayscale=True).to_pil().convert("L")
    if paper.skew:
        drawn = drawn.rotate(-paper.skew, Image.Resampling.BICUBIC, fillcolor=255)
    if paper.blur:
        drawn = drawn.filter(ImageFilter.GaussianBlur(paper.blur * paper.dpi / 150))
    grey = np.asarray(drawn, np.float32)
    grey = 255 - (255 - grey) * (1 - paper.fade) - 15 * paper.fade
    grey = grey + chance.normal(0, paper.noise, grey.shape).astype(np.float32)
    dust = chance.random(grey.shape) < 0.0004 * paper.noise / 38
    grey[dust] = 0
    out = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=paper.jpeg)
    return out.getvalue()
