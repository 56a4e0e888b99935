"""Puts blocks on pages, within what the furniture leaves."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from models.line_labeller.generator.blocks import Block
from models.line_labeller.generator.furniture.around import Furniture
from models.line_labeller.generator.look import Look
from models.line_labeller.generator.setting import Row, Setter
from models.line_labeller.generator.sheet import Page, moved


@dataclass(slots=True)
class _Frame:
    page: int
    x: float
    wide: float
    y: float
    bottom: float
    fresh: bool = True


class Flow:
    """Lays out one document. ``front`` goes over the whole width, ``body`` into columns."""

    def __init__(self, look: Look, setter: Setter, furniture: Furniture, most_pages: int) -> None:
        self._look = look
        self._setter = setter
        self._furniture = furniture
        self._most = most_pages
        self._pages: list[Page] = []

    def lay(self, front: Sequence[Block], body: Sequence[Block]) -> list[Page]:
        """The pages, furniture included."""
        frame = self._open(0)
        frame = self._fill([frame], front)
        rest = [frame] if self._look.columns == 1 else self._columns(frame)
        self._fill(rest, body)
        total = len(self._pages)
        for number, page in enumerate(self._pages):
            behind, front_marks = self._furniture.marks(number, total)
            page.behind += behind
            page.front += front_marks
        return self._pages

    def _open(self, number: int) -> _Frame:
        look, furniture = self._look, self._furniture
        while len(self._pages) <= number:
            self._pages.append(Page(look.width, look.height))
        left, right = furniture.sides(number)
        return _Frame(number, left, right - left, furniture.top(number), furniture.bottom(number))

    def _columns(self, frame: _Frame) -> list[_Frame]:
        look = self._look
        wide = (frame.wide - look.gutter * (look.columns - 1)) / look.columns
        return [
            _Frame(frame.page, frame.x + place * (wide + look.gutter), wide, frame.y, frame.bottom)
            for place in range(look.columns)
        ]

    def _fill(self, frames: list[_Frame], blocks: Sequence[Block]) -> _Frame:
        """Fill the frames, and those of further pages, and return the one where it ended."""
        queue = deque(frames)
        frame = queue.popleft()
        waiting = deque(blocks)
        rows: deque[Row] = deque()
        columns = len(frames) > 1
        while rows or waiting:
            chain = self._chain(rows, waiting, frame.wide)
            if not chain:
                break
            high = sum(row.height for row in chain)
            if frame.y + high > frame.bottom and not (frame.fresh and len(chain) == 1):
                if frame.fresh:  # nothing would ever hold it in one piece
                    for row in chain:
                        row.keep = False
                    rows.extendleft(reversed(chain))
                    continue
                rows.extendleft(reversed(chain))
                if not queue:
                    if frame.page + 1 >= self._most:
                        break
                    opened = self._open(frame.page + 1)
                    queue.extend(self._columns(opened) if columns else [opened])
                frame = queue.popleft()
                while rows and rows[0].space:
                    rows.popleft()
                continue
            for row in chain:
                if row.space and frame.fresh and frame.page:
                    continue
                self._pages[frame.page].marks += [moved(mark, frame.x, frame.y) for mark in row.marks]
                frame.y += row.height
                frame.fresh = False
        return frame

    def _chain(self, rows: deque[Row], waiting: deque[Block], wide: float) -> list[Row]:
        """The next row with all that must stay with it."""
        chain: list[Row] = []
        while True:
            while not rows:
                if not waiting:
                    return chain
                rows.extend(self._setter.set(waiting.popleft(), wide))
            row = rows.popleft()
            chain.append(row)
            if not row.keep or len(chain) > 40:
                return chain
