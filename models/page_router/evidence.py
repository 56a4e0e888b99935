"""What the objects of a PDF page tell without being drawn: the part of the router's input that no text holds.

Imports nothing but the standard library, because the parser process fills it.
"""

from __future__ import annotations

from typing import NamedTuple


class Evidence(NamedTuple):
    """Facts about one page. Shares are in 0..1. All are float32 in effect: they are sent as such.

    Of pages with very many objects only some are looked at (``looked_at`` of ``objects``); counts are then
    scaled up to the whole page.
    """

    objects: float  # that paint something: text, drawings, images, those within forms; 0 on a blank page
    looked_at: float  # of these
    characters: float  # of the text layer, spaces that the library put in included
    sampled: float  # characters that the next two shares speak of
    invisible_share: float  # characters that are not painted (render mode 3), as hidden OCR layers are
    unmapped_share: float  # characters whose font gives them no Unicode
    images: float
    image_share: float  # of the page's area, at most 1
    largest_image_share: float  # of the page's area
    largest_image_dpi: float  # pixels per inch across; 0 without an image
    paths: float
    horizontal_rules: float  # thin and long paths, as in ruled tables
    vertical_rules: float
    boxes: float  # paths with the extent of a table cell or more
    forms: float  # form XObjects
    ruled_rows: (
        float  # horizontal rules, of those measured, below each other and equally long: the most there are
    )
    ruled_share: float  # of the page's area, between the first and the last of three or more such rules
