"""Pages with and without tables, written here, from which the router learns where tables are.

The papers that it learns from have few tables that the rung for tables finds. These pages have the kinds of
``benchmarks.parse_tables``, in text of one and of two columns, some a small part of the page and some large; and
as many pages of prose, lists of references and rules without a table. Only the heads for tables learn from them.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.parse_tables import KINDS, sheet

_EACH = 12  # pages of a kind and number of columns
_WORDS = (  # noqa: SIM905 - more readable than a list
    "the of and in to with was were for by from that which on as at is are this these after before between "
    "study samples results method water plant species oil acid growth data model patients system figure time "
    "temperature concentration analysis effect activity obtained shown compared significant measured region field"
).split()


class Sheet(NamedTuple):
    """A PDF of one page, and the words of it that stand in tables."""

    name: str
    pdf: bytes
    table_words: list[str]


def sheets() -> Iterator[Sheet]:
    """Write the pages."""
    for columns in (1, 2):
        for kind in KINDS:
            for number in range(_EACH):
                made = sheet(kind, 5000 + number, columns=columns)
                cells = [cell[4] for table in made.tables for cell in table]
                yield Sheet(f"{kind} {columns} {number}", made.pdf, cells)
        for number in range(len(KINDS) * _EACH):
            yield Sheet(f"prose {columns} {number}", _prose(number, columns), [])


def _prose(seed: int, columns: int) -> bytes:
    from reportlab.lib.pagesizes import A4, LETTER
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import (
        BaseDocTemplate,
        Flowable,
        Frame,
        HRFlowable,
        PageTemplate,
        Paragraph,
        Spacer,
    )

    chance = random.Random(f"prose {seed} {columns}")
    size = chance.choice([8.0, 9.0, 10.0, 11.0])
    style = ParagraphStyle(
        "text", fontName=chance.choice(["Times-Roman", "Helvetica"]), fontSize=size, leading=1.2 * size
    )
    story: list[Flowable] = []
    if chance.random() < 0.5:
        story.append(HRFlowable(width="100%", thickness=chance.choice([0.5, 1.0])))
    for number in range(chance.randint(3, 14)):
        kind = chance.random()
        if kind < 0.6:
            text = _sentence(chance, chance.randint(30, 120))
        elif kind < 0.8:  # a reference
            pages = chance.randint(1, 400)
            text = (
                f"{number + 1}. {_sentence(chance, 3)} {_sentence(chance, 9)} {chance.randint(1960, 2020)};"
                f"{chance.randint(1, 90)}({chance.randint(1, 12)}):{pages}-{pages + 9}."
            )
        else:  # many figures in running text
            text = " ".join(f"{_sentence(chance, 4)} {chance.uniform(0, 99):.1f} %" for _ in range(6))
        story += [Paragraph(text, style), Spacer(1, chance.choice([4, 8, 14]))]
    if chance.random() < 0.3:
        story.append(HRFlowable(width="30%", thickness=0.5, hAlign="LEFT"))
    out = io.BytesIO()
    page = chance.choice([A4, LETTER])
    column = (page[0] - 100 - 18 * (columns - 1)) / columns
    frames = [Frame(50 + i * (column + 18), 50, column, page[1] - 100, 0, 0, 0, 0) for i in range(columns)]
    document = BaseDocTemplate(out, pagesize=page, invariant=1)
    document.addPageTemplates([PageTemplate("page", frames)])
    document.build(story)
    return _first_page(out.getvalue())


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _first_page(data: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.pages[1:]
        out: Any = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return bytes(out.getvalue())
