"""Clinical letters: letterhead, staff column at the left, patient box, sections, signature, page footer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)


@dataclass(frozen=True)
class Values:
    """A table of laboratory values: the first row holds the headings."""

    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Bullets:
    """A list with bullets."""

    items: Sequence[str]


Part = str | Values | Bullets


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Staff:
    """An entry of the staff column."""

    heading: str
    names: Sequence[str]


@dataclass(frozen=True)
class Letter:
    """All words of a letter."""

    language: str
    title: str
    hospital: str
    department: str
    address: Sequence[str]
    staff: Sequence[Staff]
    addressee: Sequence[str]
    place_and_date: str
    patient: Sequence[str]
    subject: str
    opening: Sequence[str]
    sections: Sequence[Section]
    closing: Sequence[str]
    signature: Sequence[str]
    footer: str
    page_of: str  # with {page} and {pages}
    accent: str = "#1f4e79"
    serif: bool = False
    notes: Sequence[str] = field(default_factory=tuple)  # below the signature: copies, reading marks


def write(letter: Letter, path: Path) -> None:
    """Write the letter as PDF; the same letter always gives the same file."""
    pages = _build(letter, path, pages=0)
    _build(letter, path, pages=pages)


def _build(letter: Letter, path: Path, pages: int) -> int:
    regular, bold, italic = (
        ("Times-Roman", "Times-Bold", "Times-Italic")
        if letter.serif
        else ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
    )
    width, height = A4
    left, right, column = 18 * mm, 16 * mm, 46 * mm
    accent = colors.HexColor(letter.accent)

    def footer(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setStrokeColor(colors.grey)
        canvas.setLineWidth(0.4)
        canvas.line(left, 17 * mm, width - right, 17 * mm)
        canvas.setFillColor(colors.HexColor("#555555"))
        canvas.setFont(regular, 7.5)
        canvas.drawString(left, 12.5 * mm, letter.footer)
        canvas.drawRightString(
            width - right, 12.5 * mm, letter.page_of.format(page=document.page, pages=pages or "?")
        )

    def first(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFillColor(accent)
        canvas.rect(left, height - 31 * mm, 2.2 * mm, 15 * mm, stroke=0, fill=1)
        canvas.setFont(bold, 15)
        canvas.drawString(left + 5 * mm, height - 21 * mm, letter.hospital)
        canvas.setFillColor(colors.black)
        canvas.setFont(regular, 10.5)
        canvas.drawString(left + 5 * mm, height - 27 * mm, letter.department)
        canvas.setFont(regular, 8)
        for n, line in enumerate(letter.address):
            canvas.drawRightString(width - right, height - (19 + 3.6 * n) * mm, line)
        y = height - 46 * mm
        for entry in letter.staff:
            canvas.setFillColor(accent)
            canvas.setFont(bold, 7.5)
            canvas.drawString(left, y, entry.heading)
            y -= 3.6 * mm
            canvas.setFillColor(colors.HexColor("#333333"))
            canvas.setFont(regular, 7.5)
            for name in entry.names:
                canvas.drawString(left, y, name)
                y -= 3.4 * mm
            y -= 2.6 * mm
        canvas.setStrokeColor(colors.lightgrey)
        canvas.line(left + column - 3 * mm, height - 42 * mm, left + column - 3 * mm, 22 * mm)
        footer(canvas, document)
        canvas.restoreState()

    def later(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(italic, 8)
        canvas.setFillColor(colors.HexColor("#555555"))
        canvas.drawString(left, height - 14 * mm, f"{letter.hospital} - {letter.department}")
        canvas.drawRightString(width - right, height - 14 * mm, re.sub("<[^>]+>", "", letter.patient[0]))
        footer(canvas, document)
        canvas.restoreState()

    body = ParagraphStyle(
        "body", fontName=regular, fontSize=9.6, leading=12.6, spaceAfter=4, alignment=TA_JUSTIFY
    )
    plain = ParagraphStyle("plain", parent=body, alignment=0, spaceAfter=0)
    heading = ParagraphStyle(
        "heading", parent=plain, fontName=bold, fontSize=10.2, spaceBefore=6, spaceAfter=3, textColor=accent
    )
    box = Table(
        [[[Paragraph(line, plain) for line in letter.patient]]],
        colWidths=[width - left - right - column - 2 * mm],
        style=[("BOX", (0, 0), (-1, -1), 0.8, accent), ("LEFTPADDING", (0, 0), (-1, -1), 6)],
        hAlign="LEFT",
    )
    story: list[Flowable] = [NextPageTemplate("later")]
    story += [
        Paragraph(line, ParagraphStyle("to", parent=plain, leftIndent=62 * mm)) for line in letter.addressee
    ]
    story += [
        Spacer(1, 4 * mm),
        Paragraph(letter.place_and_date, ParagraphStyle("date", parent=plain, leftIndent=62 * mm)),
        Spacer(1, 4 * mm),
        box,
        Spacer(1, 3 * mm),
        Paragraph(f"<b>{letter.subject}</b>", body),
    ]
    story += [Paragraph(text, body) for text in letter.opening]
    for section in letter.sections:
        parts = [_part(part, body, plain, bold) for part in section.parts]
        story += [KeepTogether([Paragraph(section.heading, heading), parts[0]]), *parts[1:]]
    story += [Spacer(1, 2 * mm), *(Paragraph(text, body) for text in letter.closing)]
    signature = [
        Paragraph(line, ParagraphStyle("sign", parent=plain, leftIndent=72 * mm)) for line in letter.signature
    ]
    story.append(KeepTogether([Spacer(1, 5 * mm), *signature]))
    if letter.notes:
        small = ParagraphStyle("note", parent=plain, fontSize=8, leading=10, fontName=italic)
        story += [Spacer(1, 4 * mm), *(Paragraph(note, small) for note in letter.notes)]

    document = BaseDocTemplate(
        str(path),
        pagesize=A4,
        title=letter.title,
        author=letter.department,
        lang=letter.language,
        invariant=1,
    )
    document.addPageTemplates(
        [
            PageTemplate(
                "first",
                Frame(left + column, 20 * mm, width - left - right - column, height - 62 * mm, 0, 0, 0, 0),
                onPage=first,
            ),
            PageTemplate(
                "later",
                Frame(left, 20 * mm, width - left - right, height - 40 * mm, 0, 0, 0, 0),
                onPage=later,
            ),
        ]
    )
    document.build(story)
    return int(document.page)


def _part(part: Part, body: ParagraphStyle, plain: ParagraphStyle, bold: str) -> Flowable:
    if isinstance(part, str):
        return Paragraph(part, body)
    if isinstance(part, Bullets):
        return ListFlowable(
            [ListItem(Paragraph(item, plain), leftIndent=12) for item in part.items],
            bulletType="bullet",
            start="•",
            bulletFontSize=9,
            leftIndent=12,
            spaceAfter=4,
        )
    cell = ParagraphStyle("cell", parent=plain, fontSize=8.6, leading=10.6)
    first = ParagraphStyle("first", parent=cell, fontName=bold)
    rows = [[Paragraph(text, cell if n else first) for text in row] for n, row in enumerate(part.rows)]
    first_column, others = 44 * mm, 25 * mm
    return Table(
        rows,
        colWidths=[first_column, *[others] * (len(part.rows[0]) - 1)],
        hAlign="LEFT",
        spaceBefore=2,
        spaceAfter=6,
        style=[
            ("LINEBELOW", (0, 0), (-1, 0), 0.7, colors.black),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ],
    )
