"""Text recognition by the PP-OCR models that the package rapidocr brings.

Its own steps before and after the graphs are used where they decide the result (quadrangles out of the
detector's map, crops); the graphs are opened by ``models.session`` from files that the catalog vouches for.

Nearly all the time goes into reading lines, and is proportional to their width in pixels. So lines are batched
with others of nearly their width, and a line is turned upside down only when it could not be read. (The package's
classifier of directions is not used: on pages that stand on their head it is unsure.)
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr.ch_ppocr_det.utils import DBPostProcess
from rapidocr.utils.process_img import get_rotate_crop_image

from models import catalog
from models.session import OnnxSession, Profile, opener
from stages.parse.adaptor import Line, Page
from stages.parse.characters import clean
from stages.parse.pdfium import Pdfium, PdfiumDocument
from stages.parse.reading import Fragment, read
from stages.parse.rungs.drawing import Picture, draw
from stages.parse.rungs.from_boxes import in_reading_order
from stages.parse.rungs.ocr_models import OCR_MODELS

Image = NDArray[np.uint8]
_Spelt = tuple[str, float]  # text, and mean probability of its characters
Quad = NDArray[np.float32]  # four points: top left, top right, bottom right, bottom left, in pixels

_DETECT_DPI = 82.0  # lines are found on a coarser picture: a third of the time, and tighter boxes
_DETECT_SIDE = 2560  # pixels, at most
_MOST_LINES = 4000
_HEIGHT = 48  # pixels of a line, for the reader
_NARROWEST, _WIDEST = 32, 4096  # pixels of a line
_BATCH_WIDTH = 4096  # pixels of all lines of a batch together: its memory is proportional to that
_SLACK = 0.1  # a batch's widest line is at most so much wider than its narrowest
_CERTAIN = 0.5  # mean probability of the characters of a line, from which on it is text
_DOUBTFUL = 0.8  # below, a line may be upside down
_MORE = 0.1  # and is, when it reads so much more surely
_TRIED = 4  # lines of a page that are turned to see whether it helps
_TALL = 1.5  # height to width of what runs upwards or downwards
_SIZE = 0.72  # font size to the height of a line's box
_BASE = 0.35  # font sizes: how far the base line is below the middle of a line's box
_ALIKE = 0.25  # a box is lower where no letter goes up or down: sizes nearer to the page's usual one are that


class _Read(NamedTuple):
    """A line of text: where it is, what it says, how surely, and how far it is turned (see Fragment)."""

    quad: Quad
    text: str
    score: float
    turn: int


class RapidOcr:
    """Recognises pages. Holds one document at a time."""

    name = "rapidocr"

    def __init__(self, dpi: float, profile: Profile) -> None:
        cv2.setNumThreads(1)
        self._dpi = dpi
        self._reader = Reader(profile)
        self._pdfium = Pdfium()

    def open(self, data: bytes, passwords: Sequence[str]) -> RecognisedDocument:
        return RecognisedDocument(self._pdfium.open(data, passwords), self._reader, self._dpi)


class RecognisedDocument:
    """A document whose pages are drawn and read."""

    def __init__(self, document: PdfiumDocument, reader: Reader, dpi: float) -> None:
        self._document = document
        self._reader = reader
        self._dpi = dpi
        self.page_count = document.page_count
        self.cut_off = document.cut_off

    def page(self, index: int) -> Page:
        picture = draw(self._document.opened, index, self._dpi)
        lines = _lines(self._reader.read(picture.pixels, picture.scale), picture)
        return Page(picture.width, picture.height, picture.rotation, lines)

    def close(self) -> None:
        self._document.close()


class Reader:
    """The two graphs."""

    def __init__(self, profile: Profile) -> None:
        open_graph = opener(profile)
        self._detector, self._recogniser = (
            open_graph(catalog.path(OCR_MODELS[role])) for role in ("detect", "read")
        )
        # The first is "nothing", and after the last comes the space.
        self._characters = ["", *self._recogniser.metadata["character"].splitlines(), " "]
        self._boxes = DBPostProcess(
            thresh=0.3, box_thresh=0.5, max_candidates=_MOST_LINES, unclip_ratio=1.6, use_dilation=True
        )

    def read(self, pixels: Image, scale: float) -> list[_Read]:
        """Return the lines of a picture that has ``scale`` pixels per point, in no order."""
        quads = self._detect(pixels, scale)
        crops: list[Image] = [get_rotate_crop_image(pixels, quad) for quad in quads]
        tall = [_is_tall(quad) for quad in quads]
        found = self._recognise(crops)
        turned = [False] * len(crops)
        for i, other in self._upside_down(crops, found):
            found[i], turned[i] = other, True
        return [
            # A crop of a tall box was turned a quarter to the left: its text ran downwards.
            _Read(quad, text, score, (1 if is_tall else 0) + (2 if flipped else 0))
            for quad, (text, score), is_tall, flipped in zip(quads, found, tall, turned, strict=True)
            if score >= _CERTAIN and text.strip()
        ]

    def _detect(self, pixels: Image, scale: float) -> list[Quad]:
        height, width = pixels.shape[:2]
        ratio = min(1.0, _DETECT_DPI / (72.0 * scale), _DETECT_SIDE / max(height, width))
        rows, columns = (max(32, round(side * ratio / 32) * 32) for side in (height, width))
        smaller = cv2.resize(pixels, (columns, rows), interpolation=cv2.INTER_AREA)
        found = self._run(self._detector, _normalised(smaller)[np.newaxis])
        quads, _ = self._boxes(found, (height, width))
        return [np.asarray(quad, np.float32) for quad in quads]

    def _upside_down(self, crops: Sequence[Image], found: Sequence[_Spelt]) -> Iterator[tuple[int, _Spelt]]:
        """The lines that are read with more certainty when they are turned upside down, and what they say then.
        A few of the doubtful ones are tried first, since print that is merely bad stays bad."""
        doubtful = [i for i, (_, score) in enumerate(found) if score < _DOUBTFUL]
        doubtful.sort(key=lambda i: (-crops[i].shape[0] * crops[i].shape[1], i))
        tried, rest = doubtful[:_TRIED], doubtful[_TRIED:]
        better = list(self._better_flipped(crops, found, tried))
        yield from better
        if 2 * len(better) > len(tried):
            yield from self._better_flipped(crops, found, rest)

    def _better_flipped(
        self, crops: Sequence[Image], found: Sequence[_Spelt], which: Sequence[int]
    ) -> Iterator[tuple[int, _Spelt]]:
        others = self._recognise([_flipped(crops[i]) for i in which])
        return ((i, other) for i, other in zip(which, others, strict=True) if other[1] > found[i][1] + _MORE)

    def _recognise(self, crops: Sequence[Image]) -> list[_Spelt]:
        """Text and mean probability of its characters, for each crop."""
        found = [("", 0.0)] * len(crops)
        widths = [
            min(_WIDEST, max(_NARROWEST, math.ceil(_HEIGHT * crop.shape[1] / crop.shape[0])))
            for crop in crops
        ]
        for batch in _batches(widths):
            widest = max(widths[i] for i in batch)
            feed = np.zeros((len(batch), 3, _HEIGHT, widest), np.float32)
            for row, i in enumerate(batch):
                feed[row, :, :, : widths[i]] = _normalised(cv2.resize(crops[i], (widths[i], _HEIGHT)))
            scores = self._run(self._recogniser, feed)
            for row, i in enumerate(batch):
                found[i] = self._spell(scores[row])
        return found

    def _spell(self, scores: NDArray[np.float32]) -> _Spelt:
        """The text of a line: the likeliest character of each step, repetitions and nothings left out."""
        best = scores.argmax(axis=1)
        kept = best != 0
        kept[1:] &= best[1:] != best[:-1]
        if not kept.any():
            return "", 0.0
        text = "".join([self._characters[code] for code in best[kept]])
        return text, float(scores.max(axis=1)[kept].mean())

    @staticmethod
    def _run(graph: OnnxSession, feed: NDArray[np.float32]) -> NDArray[np.float32]:
        (name,) = graph.input_types
        return graph.run({name: feed}, graph.output_names[0])


def _normalised(pixels: NDArray[Any]) -> NDArray[np.float32]:
    scaled = pixels.astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(scaled.transpose(2, 0, 1), np.float32)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in sorted(range(len(widths)), key=lambda i: (widths[i], i)):
        if batch and (
            widths[i] > (1 + _SLACK) * widths[batch[0]] or (len(batch) + 1) * widths[i] > _BATCH_WIDTH
        ):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _sides(quad: Quad) -> tuple[float, float]:
    """Width and height in pixels."""
    width = max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3]))
    height = max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))
    return float(width), float(height)


def _is_tall(quad: Quad) -> bool:
    width, height = _sides(quad)
    return bool(int(height) >= _TALL * max(int(width), 1))


def _flipped(crop: Image) -> Image:
    return np.ascontiguousarray(crop[::-1, ::-1])


def _lines(found: Sequence[_Read], picture: Picture) -> list[Line]:
    """Printed lines in reading order. They are put upright for that, where the page was scanned askew."""
    slope = _slope(found)
    middle = np.array([picture.width, picture.height], np.float64) / 2
    upright = _rotation(-slope)
    heights = sorted(min(_sides(line.quad)) for line in found)
    usual = _SIZE * heights[len(heights) // 2] / picture.scale if heights else 0.0
    fragments = []
    for quad, text, _, turn in found:
        corners = (quad.astype(np.float64) / picture.scale - middle) @ upright.T + middle
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        height = (y1 - y0) if turn % 2 == 0 else (x1 - x0)
        size = usual if abs(height * _SIZE - usual) < _ALIKE * usual else height * _SIZE
        base = (y0 + y1, -x0 - x1, -y0 - y1, x0 + x1)[turn] / 2 + _BASE * size
        words = clean(_half_width(text))
        fragments.append(
            Fragment(
                words,
                float(x0),
                float(y0),
                float(x1),
                float(y1),
                float(base),
                float(size),
                False,
                False,
                turn,
                False,
            )
        )
    lines = read(in_reading_order(fragments))
    if not slope:
        return lines
    back = _rotation(slope)
    return [_moved(line, back, middle) for line in lines]


def _moved(line: Line, rotation: NDArray[np.float64], middle: NDArray[np.float64]) -> Line:
    """The line with its box where it is on the page; the box itself stays upright."""
    centre = np.array([line.x0 + line.x1, line.y0 + line.y1]) / 2
    dx, dy = (rotation @ (centre - middle) + middle - centre).tolist()
    return line._replace(x0=line.x0 + dx, y0=line.y0 + dy, x1=line.x1 + dx, y1=line.y1 + dy)


_ASKEW = math.radians(0.3)  # less does no harm
_LONG = 8.0  # times its height: a line whose direction is certain


def _slope(found: Sequence[_Read]) -> float:
    """By how much the lines are turned clockwise, in radians."""
    angles = []
    for quad, *_ in found:
        along = quad[1] - quad[0] + quad[2] - quad[3]
        across = quad[3] - quad[0] + quad[2] - quad[1]
        if np.linalg.norm(along) < np.linalg.norm(across):
            along = np.array([across[1], -across[0]])
            across = quad[1] - quad[0] + quad[2] - quad[3]
        if np.linalg.norm(along) >= _LONG * np.linalg.norm(across):
            angles.append(math.atan2(float(along[1]), float(along[0])))
    if not angles:
        return 0.0
    middle = sorted(angles)[len(angles) // 2]
    return middle if _ASKEW < abs(middle) < math.radians(20) else 0.0


def _rotation(angle: float) -> NDArray[np.float64]:
    cosine, sine = math.cos(angle), math.sin(angle)
    return np.array([[cosine, -sine], [sine, cosine]])


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _half_width(text: str) -> str:
    """Punctuation as the script of the line has it: the models mix up both kinds."""
    if any("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text):
        return text
    return text.translate(_FULL_WIDTH)
