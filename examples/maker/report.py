"""A long report: cover, table of contents, chapters, running header and footer, page numbers, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents


@dataclass(frozen=True)
class Figures:
    """A table with a caption; the first row holds the headings."""

    caption: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Part:
    """A subheading and its paragraphs and tables."""

    heading: str
    content: Sequence[str | Figures]


@dataclass(frozen=True)
class Chapter:
    """A chapter begins on a new page."""

    title: str
    opening: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Report:
    """All words of a report."""

    title: str
    subtitle: str
    publisher: str
    date: str
    running_header: str
    contents_title: str
    chapters: Sequence[Chapter]


class _WithContents(BaseDocTemplate):
    """Tells the table of contents where the headings came to stand."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802, reportlab's name
        level = {"chapter": 0, "part": 1}.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is not None:
            self.notify("TOCEntry", (level, flowable.getPlainText(), self.page))


def write(report: Report, path: Path) -> None:
    """Write the report as PDF; the same report always gives the same file."""
    fonts = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Vera", "Vera.ttf"), ("VeraBold", "VeraBd.ttf"), ("VeraItalic", "VeraIt.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(fonts / file)))
    pdfmetrics.registerFontFamily(
        "Vera", normal="Vera", bold="VeraBold", italic="VeraItalic", boldItalic="VeraBold"
    )

    body = ParagraphStyle("body", fontName="Vera", fontSize=9.6, leading=14.4, spaceAfter=7)
    opening = ParagraphStyle("opening", parent=body, fontName="VeraItalic", spaceAfter=10)
    chapter = ParagraphStyle("chapter", fontName="VeraBold", fontSize=17, leading=22, spaceAfter=10)
    part = ParagraphStyle(
        "part", fontName="VeraBold", fontSize=11.5, leading=15, spaceBefore=8, spaceAfter=5, keepWithNext=1
    )
    caption = ParagraphStyle(
        "caption", parent=body, fontName="VeraItalic", fontSize=8.4, leading=11, spaceAfter=3
    )
    contents = TableOfContents()
    contents.levelStyles = [
        ParagraphStyle("one", fontName="VeraBold", fontSize=10, leading=13, spaceBefore=2),
        ParagraphStyle("two", fontName="Vera", fontSize=8.6, leading=10.8, leftIndent=14),
    ]
    contents.dotsMinLevel = 0

    story: list[Flowable] = [
        Spacer(1, 70 * mm),
        Paragraph(report.title, ParagraphStyle("cover", parent=chapter, fontSize=28, leading=35)),
        Paragraph(report.subtitle, ParagraphStyle("subtitle", parent=body, fontSize=14, leading=20)),
        Spacer(1, 60 * mm),
        Paragraph(report.publisher, body),
        Paragraph(report.date, body),
        NextPageTemplate("inside"),
        PageBreak(),
        Paragraph(report.contents_title, ParagraphStyle("contents", parent=chapter)),
        contents,
    ]
    for number, each in enumerate(report.chapters, 1):
        story += [PageBreak(), Paragraph(f"{number} {each.title}", chapter), Paragraph(each.opening, opening)]
        for n, section in enumerate(each.parts, 1):
            story.append(Paragraph(f"{number}.{n} {section.heading}", part))
            for item in section.content:
                if isinstance(item, str):
                    story.append(Paragraph(item, body))
                else:
                    story += [Paragraph(item.caption, caption), _table(item), Spacer(1, 9)]

    width, height = A4
    left, right = 26 * mm, 22 * mm

    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Vera", 7.5)
        canvas.setFillColor(colors.HexColor("#444444"))
        canvas.drawString(left, height - 15 * mm, report.running_header)
        canvas.line(left, height - 17 * mm, width - right, height - 17 * mm)
        canvas.drawString(left, 13 * mm, report.publisher)
        canvas.drawRightString(width - right, 13 * mm, f"- {document.page} -")
        canvas.restoreState()

    document = _WithContents(
        str(path), pagesize=A4, title=report.title, author=report.publisher, lang="en-GB", invariant=1
    )
    frame = Frame(left, 20 * mm, width - left - right, height - 42 * mm, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("cover", frame), PageTemplate("inside", frame, onPage=furniture)])
    document.multiBuild(story)


def _table(figures: Figures) -> Table:
    cell = ParagraphStyle("cell", fontName="Vera", fontSize=8.2, leading=10.5)
    head = ParagraphStyle("head", parent=cell, fontName="VeraBold")
    rows = [[Paragraph(text, cell if n else head) for text in row] for n, row in enumerate(figures.rows)]
    return Table(
        rows,
        hAlign="LEFT",
        colWidths=[52 * mm, *[27 * mm] * (len(figures.rows[0]) - 1)],
        style=[
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8ecef")),
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ],
    )
