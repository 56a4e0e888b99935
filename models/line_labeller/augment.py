"""Makes other documents out of labelled ones, so that training does not learn its generator by heart.

Every change is one that documents of other makers, printers and scanners show: another frame, other distances
between the parts, parts that are missing, pages that stand alone, the margin's column on the other side, sizes
and styles as text recognition tells them, lines that it joins, misreads and orders otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.corpus import Labelled
from models.line_labeller.labels import NUMBER_OF, RUNNING
from models.line_labeller.lines import DocumentLines

Array = NDArray[Any]
Generator = np.random.Generator

_NOTE: Final = NUMBER_OF["left_note"]
_ADDRESS: Final = NUMBER_OF["address"]
_RUNNING: Final = np.array([NUMBER_OF[label] for label in RUNNING])
_DROPPED: Final = {
    "header": 0.12,
    "footer": 0.12,
    "page_number": 0.12,
    "left_note": 0.25,
    "title": 0.08,
    "address": 0.12,
    "signature": 0.08,
    "table": 0.1,
}
_SWAPPED: Final = ("header", "footer", "left_note", "address", "signature", "title")
_MARKS: Final = ("•", "-", "–", "▪", "◦", "*", "o", "·", "■", "1", "➢")
_MISREAD: Final = {
    "l": "1",
    "1": "l",
    "O": "0",
    "0": "O",
    "e": "c",
    "é": "e",
    "è": "e",
    "i": "í",
    "S": "5",
    "m": "rn",
}


@dataclass
class _Draft:
    """A document that is being changed."""

    texts: list[str]
    page: Array
    box: Array
    size: Array
    bold: Array
    italic: Array
    page_size: Array
    truth: Array

    def keep(self, rows: Array) -> None:
        """Keep these lines (numbers), in this order."""
        self.texts = [self.texts[row] for row in rows.tolist()]
        for name in ("page", "box", "size", "bold", "italic", "truth"):
            setattr(self, name, getattr(self, name)[rows])


class Augmenter:
    """Draws changes from a seed.

    Args:
        pool: documents that texts are swapped with.
        seed: of all draws.
    """

    def __init__(self, pool: Sequence[Labelled], seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._texts: dict[int, list[str]] = {}
        for one in pool:
            for text, truth in zip(one.lines.texts, one.truth.tolist(), strict=True):
                self._texts.setdefault(truth, []).append(text)

    def __call__(self, document: Labelled) -> Labelled:
        """Return a changed copy; the document itself where nothing would be left."""
        lines = document.lines
        draft = _Draft(
            list(lines.texts),
            lines.page.astype(np.int64),
            lines.box.astype(np.float64),
            lines.font_size.astype(np.float64),
            lines.bold.copy(),
            lines.italic.copy(),
            lines.page_size.astype(np.float64),
            document.truth.copy(),
        )
        steps: tuple[tuple[float, Callable[[_Draft], None]], ...] = (
            (0.3, self._pages),
            (0.15, self._banner),
            (0.2, self._modest),
            (0.7, self._drop),
            (0.25, self._other_side),
            (0.35, self._swap),
            (0.5, self._distances),
            (0.6, self._frame),
            (0.3, self._lists),
            (0.2, self._join),
            (0.25, self._recognised),
            (0.3, self._styles),
            (0.15, self._order),
            (0.15, self._case),
        )
        for chance, step in steps:
            if self._random.random() < chance:
                step(draft)
                if not len(draft.truth):
                    return document
        changed = DocumentLines(
            draft.texts,
            draft.page.astype(np.int32),
            draft.box.astype(np.float32),
            draft.size.astype(np.float32),
            draft.bold,
            draft.italic,
            draft.page_size.astype(np.float32),
        )
        return document._replace(lines=changed, truth=draft.truth)

    def _pages(self, draft: _Draft) -> None:
        """Some pages in a row, numbered anew."""
        pages = len(draft.page_size)
        if pages < 2:
            return
        first = int(self._random.integers(pages))
        last = int(self._random.integers(first, pages))
        draft.keep(np.flatnonzero((draft.page >= first) & (draft.page <= last)))
        draft.page = draft.page - first
        draft.page_size = draft.page_size[first : last + 1]

    def _drop(self, draft: _Draft) -> None:
        gone = np.zeros(len(draft.truth), bool)
        for label, chance in _DROPPED.items():
            if self._random.random() < chance:
                of = draft.truth == NUMBER_OF[label]
                if self._random.random() < 0.4:  # only some of its lines
                    of &= self._random.random(len(of)) < 0.5
                gone |= of
        draft.keep(np.flatnonzero(~gone))

    def _other_side(self, draft: _Draft) -> None:
        note = draft.truth == _NOTE
        for page in np.unique(draft.page[note]):
            here = draft.page == page
            notes, rest = here & note, here & ~note & ~np.isin(draft.truth, _RUNNING)
            if not rest.any():
                continue
            (a, b), (c, d) = ((draft.box[of, 0].min(), draft.box[of, 2].max()) for of in (notes, rest))
            if b <= c:
                draft.box[notes, 0::2] += d - b
                draft.box[rest, 0::2] -= c - a
            elif d <= a:
                draft.box[notes, 0::2] -= a - c
                draft.box[rest, 0::2] += b - d

    def _swap(self, draft: _Draft) -> None:
        """Words of other documents in some parts; a text that came again comes again."""
        for label in _SWAPPED:
            number = NUMBER_OF[label]
            pool = self._texts.get(number)
            if not pool or self._random.random() > 0.4:
                continue
            other: dict[str, str] = {}
            for row in np.flatnonzero(draft.truth == number).tolist():
                text = draft.texts[row]
                if text not in other:
                    other[text] = pool[int(self._random.integers(len(pool)))]
                wide = draft.box[row, 2] - draft.box[row, 0]
                grown = wide * (len(other[text]) + 1) / (len(text) + 1)
                grown = min(grown, max(draft.page_size[draft.page[row], 0] * 0.9 - draft.box[row, 0], wide))
                if draft.box[row, 0] > 0.6 * draft.page_size[draft.page[row], 0]:
                    draft.box[row, 0] = max(draft.box[row, 2] - grown, 5.0)
                else:
                    draft.box[row, 2] = draft.box[row, 0] + grown
                draft.texts[row] = other[text]

    def _distances(self, draft: _Draft) -> None:
        """Move the running lines away from or towards the rest."""
        for label in RUNNING:
            of = draft.truth == NUMBER_OF[label]
            draft.box[of, 1::2] += self._random.uniform(-14, 14)
        rest = ~np.isin(draft.truth, _RUNNING)
        draft.box[rest, 1::2] += self._random.uniform(-14, 20)

    def _frame(self, draft: _Draft) -> None:
        """Another paper and other margins: the same print, larger or smaller, elsewhere on the page."""
        scale = self._random.uniform(0.85, 1.12)
        margins = self._random.uniform(-25, 30, 4)
        if self._random.random() < 0.3:
            scale *= self._random.uniform(0.5, 2.0)  # other units, as of pictures
            margins = margins * scale
        draft.box = draft.box * scale
        draft.size = draft.size * scale
        draft.box[:, 0::2] += margins[0]
        draft.box[:, 1::2] += margins[1]
        draft.page_size = np.maximum(draft.page_size * scale + margins[:2] + margins[2:], 50.0)

    def _lists(self, draft: _Draft) -> None:
        """Bullets and numbers as boxes of their own, where renderers draw them apart from their items: before the
        item, or all of them after the page's other lines. Where there is no list, short lines become one."""
        random = self._random
        own = draft.truth == NUMBER_OF["body"]
        mark = random.choice(_MARKS)
        made = random.random() < 0.6
        drawn: list[tuple[int, str, float]] = []
        number = 0
        for row in np.flatnonzero(own).tolist():
            text = draft.texts[row].lstrip()
            head, _, rest = text.partition(" ")
            size = draft.size[row]
            if rest and (head in _MARKS or (len(head) < 4 and head[:-1].isdigit() and head[-1] in ".)")):
                wide = draft.box[row, 2] - draft.box[row, 0]
                drawn.append((row, head, draft.box[row, 0]))
                draft.texts[row] = rest.lstrip()
                draft.box[row, 0] += min(wide * (len(text) - len(draft.texts[row])) / len(text), 0.8 * wide)
            elif made and text[:1].isupper() and len(text) < 70 and not text.endswith(","):
                number += 1
                head = f"{number}." if mark == "1" else mark
                drawn.append((row, head, max(draft.box[row, 0] - random.uniform(0.8, 1.6) * size, 1.0)))
        if not drawn:
            return
        count = len(draft.truth)
        rows = np.array([row for row, _, _ in drawn])
        left = np.array([x for _, _, x in drawn])
        box = draft.box[rows].copy()
        box[:, 0] = left
        box[:, 2] = left + np.array([0.45 * len(head) for _, head, _ in drawn]) * draft.size[rows]
        if random.random() < 0.5:  # a glyph's own box is lower than a line's
            middle, half = box[:, 1::2].mean(1), 0.2 * draft.size[rows]
            box[:, 1], box[:, 3] = middle - half, middle + half
        draft.texts += [head for _, head, _ in drawn]
        for name in ("page", "size", "bold", "italic", "truth"):
            column = getattr(draft, name)
            setattr(draft, name, np.concatenate((column, column[rows])))
        draft.box = np.concatenate((draft.box, box))
        place = np.concatenate((np.arange(count) * 2.0, rows * 2.0 - 1))
        if random.random() < 0.6:
            block = 1e7 if random.random() < 0.5 else 25.0
            place[count:] = np.floor(rows / block) * block * 2 + 2 * min(block, 1e6) - 0.5
        draft.keep(np.lexsort((np.arange(len(place)), place, draft.page)))

    def _join(self, draft: _Draft) -> None:
        """Join lines that stand side by side, as text recognition does."""
        chance = self._random.choice([0.2, 1.0])
        kept = np.ones(len(draft.truth), bool)
        for row in range(1, len(draft.truth)):
            before = row - 1
            if not kept[before] or draft.page[row] != draft.page[before] or self._random.random() > chance:
                continue
            level = abs(draft.box[row, 1::2].mean() - draft.box[before, 1::2].mean())
            gap = draft.box[row, 0] - draft.box[before, 2]
            if level < 0.4 * draft.size[row] and 0 <= gap < 12 * draft.size[row]:
                longer = before if len(draft.texts[before]) >= len(draft.texts[row]) else row
                draft.texts[row] = f"{draft.texts[before]} {draft.texts[row]}"
                draft.box[row, :2] = np.minimum(draft.box[row, :2], draft.box[before, :2])
                draft.box[row, 2:] = np.maximum(draft.box[row, 2:], draft.box[before, 2:])
                draft.truth[row], draft.size[row] = draft.truth[longer], draft.size[longer]
                draft.bold[row] = draft.bold[longer]
                kept[before] = False
        draft.keep(np.flatnonzero(kept))

    def _recognised(self, draft: _Draft) -> None:
        """No styles, sizes from the height of the boxes, some letters misread, accents lost."""
        draft.bold = np.zeros_like(draft.bold)
        draft.italic = np.zeros_like(draft.italic)
        high = draft.box[:, 3] - draft.box[:, 1]
        count = len(high)
        draft.size = np.maximum(high * self._random.uniform(0.85, 1.2), 1.0) * self._random.normal(
            1, 0.05, count
        )
        draft.box = draft.box + self._random.normal(0, 0.7, draft.box.shape)
        rate = self._random.choice([0.0, 0.01, 0.04])
        if self._random.random() < 0.3:  # rules of grids are read as signs
            grid = (draft.truth == NUMBER_OF["table"]) & (self._random.random(count) < 0.6)
            signs = self._random.choice(["| {}", "{} |", "| {} |", "[{}", "{}_"], count)
            draft.texts = [
                sign.replace("{}", text) if ruled else text
                for sign, text, ruled in zip(signs.tolist(), draft.texts, grid.tolist(), strict=True)
            ]
        if rate:
            draft.texts = [self._misread(text, rate) for text in draft.texts]

    def _misread(self, text: str, rate: float) -> str:
        chances = self._random.random(len(text)).tolist()
        return "".join(
            [
                _MISREAD.get(sign, "" if sign == " " else sign) if chance < rate else sign
                for sign, chance in zip(text, chances, strict=True)
            ]
        )

    def _styles(self, draft: _Draft) -> None:
        count = len(draft.truth)
        kind = self._random.integers(3)
        if kind == 0:
            draft.bold = np.zeros_like(draft.bold)
        elif kind == 1:
            draft.italic = np.zeros_like(draft.italic)
            draft.bold = draft.bold ^ (self._random.random(count) < 0.03)
        else:  # one size for all
            draft.size = np.full(count, float(np.median(draft.size)))

    def _modest(self, draft: _Draft) -> None:
        """Titles and headings that only their weight, or nothing, tells from the text."""
        own = draft.truth == NUMBER_OF["body"]
        if not own.any():
            return
        size, left = np.median(draft.size[own]), np.median(draft.box[own, 0])
        for label in ("title", "section", "header"):
            of = draft.truth == NUMBER_OF[label]
            if self._random.random() < 0.6 and of.any():
                draft.box[of, 2] -= (draft.box[of, 2] - draft.box[of, 0]) * np.clip(
                    1 - size / draft.size[of], 0, 0.7
                )
                draft.size[of] = size
                draft.bold[of] = self._random.random() < 0.75
                if label == "title" and self._random.random() < 0.5:
                    draft.box[of, 0::2] += (left - draft.box[of, 0])[:, np.newaxis]

    def _banner(self, draft: _Draft) -> None:
        """Who the patient is, beside or under the letterhead of each page: running matter, as records print it."""
        random = self._random
        told = [
            text for text, label in zip(draft.texts, draft.truth.tolist(), strict=True) if label == _ADDRESS
        ]
        pool = told if len(told) > 3 and random.random() < 0.5 else self._texts.get(_ADDRESS, [])
        chosen = (
            [pool[int(at)] for at in random.integers(len(pool), size=int(random.integers(2, 7)))]
            if pool
            else []
        )
        if random.random() < 0.6:
            draft.keep(np.flatnonzero(draft.truth != _ADDRESS))
        own = draft.truth == NUMBER_OF["body"]
        if not chosen or not own.any():
            return
        size = float(np.median(draft.size[own])) * random.uniform(0.7, 1.0)
        columns = int(random.integers(1, 4))
        start, step = random.uniform(0.05, 0.45), random.uniform(0.22, 0.35)
        count = len(draft.truth)
        drawn: list[tuple[str, int, tuple[float, float, float, float]]] = []
        for page in range(len(draft.page_size) if random.random() < 0.85 else 1):
            width = float(draft.page_size[page, 0])
            here = np.flatnonzero(draft.page == page)
            running = here[draft.truth[here] == NUMBER_OF["header"]]
            top = float(draft.box[running, 1].min()) if len(running) else random.uniform(12, 30)
            for number, text in enumerate(chosen):
                x = width * (start + step * (number % columns))
                y = top + (number // columns) * size * 1.25
                box = (x, y, min(x + 0.5 * size * len(text), width * 0.97), y + 0.8 * size)
                over = draft.box[here]
                free = (over[:, 0] > box[2]) | (over[:, 2] < x) | (over[:, 1] > box[3]) | (over[:, 3] < y)
                if box[2] > x + size and free.all():
                    drawn.append((text, page, box))
        if not drawn:
            return
        bold = random.random() < 0.3
        draft.texts += [text for text, _, _ in drawn]
        draft.page = np.concatenate((draft.page, [page for _, page, _ in drawn]))
        draft.box = np.concatenate((draft.box, [box for _, _, box in drawn]))
        draft.size = np.concatenate((draft.size, np.full(len(drawn), size)))
        draft.bold = np.concatenate((draft.bold, np.full(len(drawn), bold)))
        draft.italic = np.concatenate((draft.italic, np.zeros(len(drawn), bool)))
        draft.truth = np.concatenate((draft.truth, np.full(len(drawn), NUMBER_OF["header"])))
        # after the letterhead of the page, or before everything
        place = np.arange(len(draft.truth), dtype=np.float64)
        for page in np.unique(draft.page[count:]):
            running = np.flatnonzero(
                (draft.page[:count] == page) & (draft.truth[:count] == NUMBER_OF["header"])
            )
            place[count:][draft.page[count:] == page] = running[0] + 0.5 if len(running) else -1.0
        draft.keep(np.lexsort((np.arange(len(place)), place, draft.page)))

    def _order(self, draft: _Draft) -> None:
        """By height, or the parts of a page in another order."""
        middle = draft.box[:, 1::2].mean(1)
        if self._random.random() < 0.5:
            draft.keep(np.lexsort((draft.box[:, 0], np.rint(middle / 4), draft.page)))
            return
        begins = np.ones(len(middle), bool)
        begins[1:] = (draft.truth[1:] != draft.truth[:-1]) | (draft.page[1:] != draft.page[:-1])
        part = np.cumsum(begins) - 1
        moved = np.isin(draft.truth[begins], (*_RUNNING.tolist(), _NOTE)) & (
            self._random.random(begins.sum()) < 0.7
        )
        place = np.where(
            moved, np.where(self._random.random(len(moved)) < 0.5, -1, 1 << 20), np.arange(len(moved))
        )
        draft.keep(np.lexsort((np.arange(len(part)), place[part], draft.page)))

    def _case(self, draft: _Draft) -> None:
        label = int(self._random.integers(1, 10))
        upper = self._random.random() < 0.6
        of = draft.truth == label
        draft.texts = [
            (text.upper() if upper else text.capitalize()) if chosen else text
            for text, chosen in zip(draft.texts, of.tolist(), strict=True)
        ]
