"""A two-column article: wide title and abstract, divided words, figures, a table, references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.lineplots import LinePlot
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from maker.hyphens import divisible

_WIDTH, _HEIGHT = A4
_MARGIN, _GAP = 17 * mm, 7 * mm
_COLUMN = (_WIDTH - 2 * _MARGIN - _GAP) / 2


@dataclass(frozen=True)
class Heading:
    """A numbered heading."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A chart drawn as vectors, and its caption. ``series``: one list of (x, y) per line, or bars."""

    caption: str
    kind: str  # "lines" or "bars"
    series: Sequence[Sequence[tuple[float, float]]]
    names: Sequence[str]
    x_label: str


@dataclass(frozen=True)
class TableOf:
    """A table in one column and its caption."""

    caption: str
    rows: Sequence[Sequence[str]]


Part = str | Heading | Figure | TableOf


@dataclass(frozen=True)
class Article:
    """All words of an article."""

    journal: str
    running_title: str
    title: str
    authors: str
    affiliations: Sequence[str]
    abstract: str
    keywords: str
    parts: Sequence[Part]
    references: Sequence[str]


def write(article: Article, path: Path) -> None:
    """Write the article as PDF; the same article always gives the same file."""
    body = ParagraphStyle(
        "body", fontName="Times-Roman", fontSize=9.4, leading=11.3, alignment=TA_JUSTIFY, firstLineIndent=9
    )
    first = ParagraphStyle("first", parent=body, firstLineIndent=0)
    heading = ParagraphStyle(
        "heading",
        fontName="Times-Bold",
        fontSize=10.6,
        leading=13,
        spaceBefore=8,
        spaceAfter=3,
        keepWithNext=1,
    )
    small = ParagraphStyle("small", parent=first, fontSize=8, leading=9.5)
    caption = ParagraphStyle("caption", parent=small, spaceBefore=2, spaceAfter=7)
    centred = ParagraphStyle("centred", parent=small, alignment=TA_CENTER)
    reference = ParagraphStyle("reference", parent=small, leftIndent=12, firstLineIndent=-12, spaceAfter=2)

    story: list[Flowable] = [
        NextPageTemplate("later"),
        Paragraph(
            article.title,
            ParagraphStyle("title", parent=centred, fontName="Times-Bold", fontSize=17, leading=20),
        ),
        Spacer(1, 3 * mm),
        Paragraph(article.authors, ParagraphStyle("authors", parent=centred, fontSize=10.5, leading=13)),
        *(
            Paragraph(line, ParagraphStyle("place", parent=centred, fontName="Times-Italic"))
            for line in article.affiliations
        ),
        Spacer(1, 4 * mm),
        Paragraph(
            f"<b>Abstract.</b> {article.abstract}",
            ParagraphStyle("abstract", parent=first, fontSize=9, leading=10.8),
        ),
        Spacer(1, 1.5 * mm),
        Paragraph(f"<b>Keywords:</b> {article.keywords}", small),
        FrameBreak(),
    ]
    after_heading = True
    for part in article.parts:
        if isinstance(part, str):
            story.append(Paragraph(divisible(part), first if after_heading else body))
        elif isinstance(part, Heading):
            story.append(Paragraph(part.text, heading))
        elif isinstance(part, Figure):
            story.append(
                KeepTogether([Spacer(1, 6), _chart(part), Paragraph(divisible(part.caption), caption)])
            )
        else:
            story.append(
                KeepTogether(
                    [Spacer(1, 6), Paragraph(divisible(part.caption), caption), _table(part), Spacer(1, 8)]
                )
            )
        after_heading = isinstance(part, Heading)
    story.append(Paragraph("References", heading))
    story += [Paragraph(f"{n}. {text}", reference) for n, text in enumerate(article.references, 1)]

    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Times-Italic", 8)
        odd = document.page % 2
        canvas.drawString(_MARGIN, _HEIGHT - 11 * mm, article.journal if odd else article.running_title)
        canvas.setFont("Times-Roman", 8)
        canvas.drawRightString(_WIDTH - _MARGIN, _HEIGHT - 11 * mm, str(210 + document.page))
        canvas.restoreState()

    top, bottom, head = _HEIGHT - 15 * mm, 16 * mm, 74 * mm
    document = BaseDocTemplate(
        str(path), pagesize=A4, title=article.title, author=article.authors, lang="en-GB", invariant=1
    )
    document.addPageTemplates(
        [
            PageTemplate(
                "first",
                [
                    Frame(_MARGIN, top - head, _WIDTH - 2 * _MARGIN, head, 0, 0, 0, 0),
                    *_columns(top - head - 2 * mm, bottom),
                ],
                onPage=furniture,
            ),
            PageTemplate("later", _columns(top, bottom), onPage=furniture),
        ]
    )
    document.build(story)


def _columns(top: float, bottom: float) -> list[Frame]:
    return [
        Frame(_MARGIN + n * (_COLUMN + _GAP), bottom, _COLUMN, top - bottom, 0, 0, 0, 0) for n in range(2)
    ]


def _chart(figure: Figure) -> Drawing:
    drawing = Drawing(_COLUMN, 122)
    shades = [colors.HexColor(tone) for tone in ("#1b3a5c", "#c2702e", "#6b8f5e")]
    if figure.kind == "lines":
        chart = LinePlot()
        chart.data = [list(points) for points in figure.series]
        for n in range(len(chart.data)):
            chart.lines[n].strokeColor = shades[n]
            chart.lines[n].strokeWidth = 1.2
        labels = [chart.xValueAxis.labels, chart.yValueAxis.labels]
    else:
        chart = VerticalBarChart()
        chart.data = [[y for _, y in points] for points in figure.series]
        chart.categoryAxis.categoryNames = [f"{x:g}" for x, _ in figure.series[0]]
        chart.valueAxis.valueMin = 0
        for n in range(len(chart.data)):
            chart.bars[n].fillColor = shades[n]
            chart.bars[n].strokeColor = None
        labels = [chart.categoryAxis.labels, chart.valueAxis.labels]
    for label in labels:
        label.fontName, label.fontSize = "Helvetica", 6.5
    chart.x, chart.y, chart.width, chart.height = 22, 24, _COLUMN - 34, 82
    drawing.add(chart)
    drawing.add(String(_COLUMN / 2, 4, figure.x_label, fontName="Helvetica", fontSize=7, textAnchor="middle"))
    for n, name in enumerate(figure.names):
        drawing.add(String(28 + 72 * n, 113, name, fontName="Helvetica", fontSize=7, fillColor=shades[n]))
    return drawing


def _table(part: TableOf) -> Table:
    cell = ParagraphStyle("cell", fontName="Times-Roman", fontSize=8, leading=9.4)
    rows = [[Paragraph(text, cell) for text in row] for row in part.rows]
    others = (_COLUMN - 30 * mm) / (len(part.rows[0]) - 1)
    return Table(
        rows,
        colWidths=[30 * mm, *[others] * (len(part.rows[0]) - 1)],
        style=[
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ],
    )
