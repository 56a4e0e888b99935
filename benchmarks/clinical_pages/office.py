# ruff: noqa: E501  (tables, and text in XML)
"""Cases as flat OpenDocument text, printed by LibreOffice (``soffice`` on the path): a third renderer.

Header and footer are the page style's, columns are sections, the staff column is a text frame: what a
hospital's word processor template is made of. Fonts are the half's, as in pages.py.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf

from benchmarks.clinical_pages.case import Block, Case
from benchmarks.clinical_pages.ink import LABELS, ink
from benchmarks.clinical_pages.pages import Options

TEMPLATES = ("office_letter", "office_report", "office_columns")

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}"'
    for name, rest in {
        "office": "office:1.0",
        "style": "style:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "draw": "drawing:1.0",
        "fo": "xsl-fo-compatible:1.0",
        "svg": "svg-compatible:1.0",
    }.items()
)


def pdfs(documents: dict[str, str], folder: Path) -> dict[str, bytes]:
    """Print flat OpenDocument texts, by name, in one run of LibreOffice; ``folder`` is for its files.

    Dates and random identifiers are taken out, so the bytes depend on the text, the fonts and LibreOffice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        (folder / f"{name}.fodt").write_text(document, "utf-8")
    profile = (folder / "profile").resolve().as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run(
        [*command, *(str(folder / f"{name}.fodt") for name in documents)], check=True, capture_output=True
    )
    return {name: _still((folder / f"{name}.pdf").read_bytes()) for name in documents}


def _still(pdf: bytes) -> bytes:
    """The PDF without what changes from run to run."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for key in list(document.docinfo.keys()):
            del document.docinfo[key]
        if "/Metadata" in document.Root:
            del document.Root.Metadata
        for key in ("/ID", "/DocChecksum"):
            if key in document.trailer:
                del document.trailer[key]
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def fodt(case: Case, template: str, option: Options) -> str:
    """Return the document as flat OpenDocument text of one of the TEMPLATES."""
    return _Document(case, option, template).xml()


class _Document:
    def __init__(self, case: Case, option: Options, template: str) -> None:
        self._case = case
        self._o = option
        self._template = template
        self._tables = 0

    def xml(self) -> str:
        body = {
            "office_letter": self._letter,
            "office_report": self._report,
            "office_columns": self._columns,
        }[self._template]()
        o, case = self._o, self._case
        width, height = (612, 792) if o.paper == "letter" else (595.3, 841.9)
        side = o.margin * 2.6
        left = side + (0 if self._template != "office_letter" or self._right() else self._wide() + 12)
        right = side + (self._wide() + 12 if self._template == "office_letter" and self._right() else 0)
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>{"".join(f'<style:font-face style:name="{f}" svg:font-family="&apos;{f}&apos;"/>' for f in sorted({o.text, o.display}))}</office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/><style:text-properties style:font-name="{o.text}" fo:font-size="{o.size}pt" fo:language="{case.language}" fo:country="{"FR" if case.language == "fr" else "GB"}"/></style:default-style></office:styles>
<office:automatic-styles>{self._styles()}
<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="{width}pt" fo:page-height="{height}pt" fo:margin-top="30pt" fo:margin-bottom="28pt" fo:margin-left="{left}pt" fo:margin-right="{right}pt"/>
<style:header-style><style:header-footer-properties fo:min-height="20pt" fo:margin-bottom="14pt"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="18pt" fo:margin-top="10pt"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl"><style:header>{self._header()}</style:header><style:footer>{self._footer()}</style:footer></style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""

    # -- styles

    def _styles(self) -> str:
        o = self._o
        align = "justify" if o.justify else "left"
        leading = f'fo:line-height="{round(o.leading * 82)}%"'
        center = o.pick("tc", "center", "left")
        entries = [
            ("body", f'fo:text-align="{align}" fo:margin-bottom="{o.pick("pb", 3, 5, 7)}pt" {leading}', "", "#000000"),
            ("body_item", 'fo:margin-left="16pt" fo:text-indent="-9pt" fo:margin-bottom="1pt"', "", "#000000"),
            ("section", 'fo:margin-top="7pt" fo:margin-bottom="2pt" fo:keep-with-next="always"' + o.pick("sb", "", ' fo:border-bottom="0.6pt solid #555555"', ' fo:background-color="#e6e6ee"'),
             f'fo:font-weight="bold" fo:font-size="{o.size + o.pick("ss", 0, 0.5, 1.5)}pt" style:font-name="{o.display}"' + o.pick("su", "", ' style:text-underline-style="solid" style:text-underline-width="auto"', ' fo:text-transform="uppercase"'), o.accent),
            ("title", f'fo:text-align="{center}" fo:margin-top="9pt" fo:margin-bottom="9pt"' + o.pick("tbx", "", ' fo:border="0.8pt solid #222222" fo:padding="3pt"'), f'fo:font-weight="bold" fo:font-size="{o.size + o.pick("ts", 2, 3.5, 5)}pt" style:font-name="{o.display}"', o.accent),
            ("header", f'fo:text-align="{o.pick("ha", "left", "center", "right")}"', f'fo:font-size="{o.size - 1}pt"', o.grey),
            ("header_big", f'fo:text-align="{o.pick("ha", "left", "center", "right")}"', f'fo:font-size="{o.size + 3}pt" fo:font-weight="bold" style:font-name="{o.display}"', o.accent),
            ("footer", f'fo:text-align="{o.pick("fa", "center", "left")}"', f'fo:font-size="{o.pick("ffs", 6.5, 7, 7.5)}pt"', o.grey),
            ("page_number", f'fo:text-align="{o.pick("pa", "right", "center", "left")}"', 'fo:font-size="8pt"', o.grey),
            ("left_note", "", f'fo:font-size="{o.pick("ns", 6.8, 7.2, 7.8)}pt"', o.grey),
            ("left_note_role", 'fo:margin-top="4pt"', f'fo:font-size="{o.pick("ns", 6.8, 7.2, 7.8)}pt" fo:font-weight="bold"', o.accent),
            ("address", 'fo:margin-bottom="0pt"', "", "#000000"),
            ("address_right", f'fo:margin-left="{o.pick("ar", 210, 240, 260)}pt"', "", "#000000"),
            ("address_bold", 'fo:margin-top="6pt" fo:margin-bottom="4pt"', 'fo:font-weight="bold"', "#000000"),
            ("table", "", f'fo:font-size="{o.size - 1}pt"', "#000000"),
            ("table_head", "", f'fo:font-size="{o.size - 1}pt" fo:font-weight="bold"', "#000000"),
            ("signature", f'fo:margin-left="{0 if self._template == "office_columns" else o.pick("sm", 0, 0, 200, 250)}pt" fo:keep-together="always"', "", "#000000"),
        ]  # fmt: skip
        styles = []
        for name, paragraph, text, colour in entries:
            label = next(label for label in sorted(LABELS, key=len, reverse=True) if name.startswith(label))
            styles.append(
                f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
                f'<style:text-properties fo:color="{ink(label, colour)}" {text}/></style:style>'
            )
        rule = o.pick("tr", "0.5pt solid #444444", "0.3pt solid #999999", "none")
        styles.append(
            f'<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="{rule}" fo:padding="2pt"/></style:style>'
        )
        styles.append(
            f'<style:style style:name="box" style:family="table-cell"><style:table-cell-properties fo:border="{o.pick("br", "0.8pt solid #000000", "none")}" fo:padding="4pt"/></style:style>'
        )
        styles.append(
            '<style:style style:name="two" style:family="section"><style:section-properties><style:columns fo:column-count="2" fo:column-gap="18pt"/></style:section-properties></style:style>'
        )
        styles.append(
            '<style:style style:name="frame" style:family="graphic"><style:graphic-properties style:wrap="none" style:wrap-contour="false" style:run-through="foreground" '
            'style:horizontal-pos="from-left" style:horizontal-rel="page" style:vertical-pos="from-top" style:vertical-rel="page" draw:fill="none" draw:stroke="none" fo:border="none" fo:padding="0pt"/></style:style>'
        )
        return "".join(styles)

    # -- parts

    def _p(self, style: str, text: str) -> str:
        return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'

    def _all(self, style: str, lines: Iterable[str]) -> str:
        return "".join(self._p(style, line) for line in lines)

    def _number(self) -> str:
        before, _, after = self._case.page_style.partition("{p}")
        between, counted, end = after.partition("{n}")
        count = f"<text:page-count/>{escape(end)}" if counted else ""
        return f'<text:p text:style-name="page_number">{escape(before)}<text:page-number text:select-page="current"/>{escape(between)}{count}</text:p>'

    def _header(self) -> str:
        case, o = self._case, self._o
        if self._template == "office_letter":
            return self._p("header_big", case.hospital["name"]) + self._p("header", case.service)
        if self._template == "office_report":
            lines = [
                f"{case.hospital['name']} - {case.service}",
                f"{case.patient['name']}  {case.labels['id']} {case.patient['id']}",
            ]
            number = self._number() if o.pick("num", "head", "foot") == "head" else ""
            return self._all("header", lines) + number
        return self._p(
            "header",
            f"{case.service} - {case.labels['phone']} {case.hospital['phone']} - {case.hospital['mail']}",
        )

    def _footer(self) -> str:
        case, o = self._case, self._o
        lines = {
            "office_letter": [
                f"{case.hospital['name']} - {case.hospital['street']} - {case.hospital['city']}",
                *case.legal,
            ],
            "office_report": [case.printed],
            "office_columns": case.legal[:2],
        }[self._template]
        number = (
            ""
            if self._template == "office_report" and o.pick("num", "head", "foot") == "head"
            else self._number()
        )
        text = self._all("footer", lines)
        return number + text if o.chance("numfirst", 0.4) else text + number

    def _block(self, block: Block) -> str:
        out = ""
        if block.text:
            out += self._p("body", block.text)
        bullet = self._o.pick("bullet", "•", "-", "–", "*")
        out += self._all("body_item", (f"{bullet} {item}" for item in block.items))
        if block.rows:
            out += self._p("table", block.caption) if block.caption else ""
            out += self._table([block.header, *block.rows], "table", "cell", head=True)
        return out

    def _table(self, rows: list[tuple[str, ...]], style: str, cell: str, *, head: bool = False) -> str:
        self._tables += 1
        lines = []
        for number, row in enumerate(rows):
            kind = "table_head" if head and number == 0 else style
            cells = "".join(
                f'<table:table-cell table:style-name="{cell}" office:value-type="string">{self._p(kind, text)}</table:table-cell>'
                for text in row
            )
            lines.append(f"<table:table-row>{cells}</table:table-row>")
        columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
        return f'<table:table table:name="t{self._tables}">{columns}{"".join(lines)}</table:table>' + self._p(
            "body", ""
        )

    def _sections(self, *, numbered: bool = False) -> str:
        out = ""
        number = 0
        for section in self._case.sections:
            if section.heading:
                number += 1
                out += self._p("section", f"{number}. {section.heading}" if numbered else section.heading)
            out += "".join(self._block(block) for block in section.blocks)
        return out

    def _sign(self, *, closing: bool) -> str:
        case = self._case
        stamp = case.stamp if self._o.chance("stamp", 0.35) else []
        return self._all("signature", ["", *([case.closing, ""] if closing else []), *case.signature, *stamp])

    # -- templates

    def _wide(self) -> int:
        return int(self._o.pick("wide", 112, 124, 138))

    def _right(self) -> bool:
        return self._o.chance("right", 0.35)

    def _letter(self) -> str:
        """A letter of a ward, with its staff in a frame in the margin of the first page."""
        case, o = self._case, self._o
        staff = "".join(
            self._p("left_note_role", role) + self._all("left_note", people) for role, people in case.staff
        )
        staff += "".join(
            self._p("left_note_role", unit) + self._p("left_note", number) for unit, number in case.units
        )
        page = 612 if o.paper == "letter" else 595.3
        x = page - o.margin * 2 - self._wide() if self._right() else o.margin * 2
        frame = (
            f'<draw:frame draw:style-name="frame" draw:name="staff" text:anchor-type="paragraph" svg:x="{x}pt" svg:y="{o.pick("fy", 105, 120, 150)}pt" '
            f'svg:width="{self._wide()}pt"><draw:text-box fo:min-height="100pt">{staff}</draw:text-box></draw:frame>'
        )
        opening = f'<text:p text:style-name="address_right">{frame}{escape(case.place_date)}</text:p>'
        return (
            opening
            + self._all("address_right", case.addressee)
            + self._p("title", case.title)
            + self._p("address_bold", case.re)
            + (self._p("body", case.salutation) if case.kind != "laboratory" else "")
            + self._sections()
            + self._sign(closing=True)
        )

    def _report(self) -> str:
        """A report with the patient in a table and numbered sections."""
        case = self._case
        k, p = case.labels, case.patient
        rows = [
            (k["patient"], p["name"], k["id"], p["id"]),
            (k["born"], p["born"], k["sex"], p["sex"]),
            (k["entry"], p["entry"], k["exit"], p["exit"]),
        ]
        if self._o.chance("doctor", 0.5):
            rows.append((k["doctor"], p["doctor"], k["stay"], p["stay"]))
        return (
            self._p("title", case.title)
            + self._table(rows, "address", "box")
            + self._sections(numbered=self._o.chance("numbered", 0.6))
            + self._sign(closing=case.kind == "letter")
        )

    def _columns(self) -> str:
        """A letterhead over a text in two columns."""
        case = self._case
        head = self._p("header_big", case.hospital["name"])
        head += self._all(
            "header", [*([case.hospital["group"]] if case.hospital["group"] else []), case.pole]
        )
        return (
            head
            + self._p("address", "")
            + self._all(self._o.pick("ad", "address", "address_right"), [case.place_date, *case.addressee])
            + self._p("address_bold", case.re)
            + self._p("title", case.title)
            + f'<text:section text:style-name="two" text:name="s">{self._sections()}{self._sign(closing=case.kind == "stay")}</text:section>'
        )
