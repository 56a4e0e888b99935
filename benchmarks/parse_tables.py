"""What share of the cells of known tables the rung ``tables`` finds, at their place and with their text.

    python -m benchmarks.parse_tables

The PDFs are written here, from a fixed seed: tables with rules around all cells, with horizontal rules only (as
in scientific papers), without rules, with merged cells; amid text of one and of two columns. A cell counts when
the found table has a cell at the same row and column with the same spans and the same text; a cell without text
needs no counterpart. Precision is the share of found cells with text that are true ones, on the same pages, so a
table that is none lowers it.

The peer is pdfplumber's own ``extract_tables`` with its defaults, which gives no spans: its cells are compared
by row, column and text.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import measure

KINDS = ("ruled", "ruled, merged cells", "horizontal rules", "no rules", "no rules, merged head")
_WORDS = (  # noqa: SIM905 - more readable than a list
    "rate mean total dose group control north south yield model input result value error phase early late sample "
    "water light acid protein count score median range before after first second treated Paris Lyon Oslo Turin"
).split()

Cell = tuple[int, int, int, int, str]  # row, column, row span, column span, text


@dataclass(frozen=True)
class Sheet:
    """A PDF of one page and the tables on it."""

    pdf: bytes
    tables: list[list[Cell]]


def sheet(kind: str, seed: int, *, columns: int = 1) -> Sheet:
    """Write a page with two tables of a kind amid text in so many columns."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

    chance = random.Random(f"{kind} {seed} {columns}")
    style = getSampleStyleSheet()["Normal"]
    story: list[Flowable] = [Paragraph(_prose(chance, 50), style), Spacer(1, 12)]
    known = []
    for _ in range(2):
        table, cells = _table(kind, chance, most=3 if columns == 2 else 6)
        known.append(cells)
        story += [table, Spacer(1, 12), Paragraph(_prose(chance, 60), style), Spacer(1, 12)]
    out = io.BytesIO()
    width, height = A4
    column = (width - 100 - 18 * (columns - 1)) / columns
    frames = [Frame(50 + i * (column + 18), 50, column, height - 100, 0, 0, 0, 0) for i in range(columns)]
    story.append(Paragraph(_prose(chance, 160 * columns), style))
    document = BaseDocTemplate(out, pagesize=A4, invariant=1)
    document.addPageTemplates([PageTemplate("page", frames)])
    document.build(story)
    return Sheet(out.getvalue(), known)


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _table(kind: str, chance: random.Random, *, most: int) -> tuple[Any, list[Cell]]:
    from reportlab.lib.colors import black
    from reportlab.platypus import Table

    rows, columns = chance.randint(4, 9), chance.randint(3, max(3, most))
    texts = [[_text(chance, column) for column in range(columns)] for _ in range(rows)]
    texts[0] = [chance.choice(_WORDS).capitalize() for _ in range(columns)]
    spans: list[tuple[int, int, int, int]] = []
    if "merged" in kind:
        spans.append((0, columns - 2, 1, 2))
        if kind.startswith("ruled"):
            spans.append((2, 0, 2, 1))
    covered = set()
    for row, column, down, across in spans:
        for r in range(row, row + down):
            for c in range(column, column + across):
                if (r, c) != (row, column):
                    covered.add((r, c))
                    texts[r][c] = ""
    commands: list[tuple[Any, ...]] = [("SPAN", (c, r), (c + w - 1, r + h - 1)) for r, c, h, w in spans]
    commands += [("ALIGN", (c, r), (c, r), "CENTER") for r, c, _, w in spans if w > 1]
    if kind.startswith("ruled"):
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, black))
    elif kind.startswith("horizontal"):
        commands += [("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black)]
        commands.append(("LINEBELOW", (0, -1), (-1, -1), 1, black))
    if chance.random() < 0.5:
        commands.append(("ALIGN", (1, 0), (-1, -1), "RIGHT"))
    sizes = {(row, column): (down, across) for row, column, down, across in spans}
    cells = [
        (row, column, *sizes.get((row, column), (1, 1)), texts[row][column])
        for row in range(rows)
        for column in range(columns)
        if (row, column) not in covered
    ]
    return Table(texts, style=commands), cells


def _text(chance: random.Random, column: int) -> str:
    if column == 0:
        return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(1, 2)))
    kind = chance.random()
    if kind < 0.6:
        return f"{chance.uniform(0, 200):.{chance.randint(0, 2)}f}"
    if kind < 0.7:
        return f"{chance.uniform(0, 20):.1f} ± {chance.uniform(0, 2):.1f}"
    if kind < 0.8:
        return ""
    return chance.choice(_WORDS)


def found(known: Sequence[Sequence[Cell]], got: Sequence[Sequence[Cell]]) -> tuple[int, int, int]:
    """Cells with text: found ones, known ones, and those that were given. Tables are matched greedily."""
    left = [{cell for cell in table if cell[4]} for table in got]
    given = sum(map(len, left))
    hits = total = 0
    for table in known:
        wanted = {cell for cell in table if cell[4]}
        total += len(wanted)
        if left:
            best = max(range(len(left)), key=lambda i: len(wanted & left[i]))
            hits += len(wanted & left.pop(best))
    return hits, total, given


def by_rung(sheets: Sequence[Sheet]) -> list[list[list[Cell]]]:
    """The tables of each sheet as the rung finds them."""
    from stages.parse.rungs.tables import Tables

    rung = Tables()
    answers = []
    for each in sheets:
        document = rung.open(each.pdf, ())
        page = document.page(0)
        document.close()
        answers.append([[tuple(cell) for cell in table.cells] for table in page.tables])
    return answers


def by_pdfplumber(sheets: Sequence[Sheet]) -> list[list[list[Cell]]]:
    """The tables of each sheet as pdfplumber finds them by its defaults."""
    import pdfplumber

    answers = []
    for each in sheets:
        with pdfplumber.open(io.BytesIO(each.pdf)) as pdf:
            tables = pdf.pages[0].extract_tables()
        answers.append(
            [
                [
                    (r, c, 1, 1, " ".join(text.split()))
                    for r, row in enumerate(table)
                    for c, text in enumerate(row)
                    if text
                ]
                for table in tables
            ]
        )
    return answers


def scores(seeds: int) -> dict[str, dict[str, float]]:
    """Cell recall and precision by kind, of the rung and of the peer."""
    result = {}
    for kind in KINDS:
        sheets = [sheet(kind, seed, columns=1 + seed % 2) for seed in range(seeds)]
        ours = [found(each.tables, got) for each, got in zip(sheets, by_rung(sheets), strict=True)]
        theirs = [
            found([[(r, c, 1, 1, text) for r, c, _, _, text in table] for table in each.tables], got)
            for each, got in zip(sheets, by_pdfplumber(sheets), strict=True)
        ]
        row = {}
        for name, counts in (("rung", ours), ("pdfplumber", theirs)):
            hits, total, given = (sum(column) for column in zip(*counts, strict=True))
            row[f"{name} recall"] = hits / total
            row[f"{name} precision"] = hits / given if given else 0.0
        result[kind] = {**row, "cells": float(sum(total for _, total, _ in ours))}
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = measure.arguments(__doc__ or "")
    parser.add_argument("--seeds", type=int, default=20, help="pages of each kind")
    chosen = parser.parse_args(arguments)
    result = scores(chosen.seeds)
    cells = sum(row["cells"] for row in result.values())
    mean = {
        name: sum(row[name] * row["cells"] for row in result.values()) / cells
        for name in ("rung recall", "rung precision", "pdfplumber recall", "pdfplumber precision")
    }
    names = [*mean, "cells"]
    rows = [[kind, *(row[name] for name in names)] for kind, row in result.items()]
    rows.append(["all", *mean.values(), cells])
    print(measure.table(["tables", *names], rows))
    measure.write("parse_tables", {"kinds": result, "all": mean})
    return 0


if __name__ == "__main__":
    sys.exit(main())
