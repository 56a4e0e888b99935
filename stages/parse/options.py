"""The options of the parse stage and of its rungs."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, SecretStr, StringConstraints, field_validator, model_validator

from pipeline.stage import StageConfig

FIRST_RUNG = "pdfium"

RungName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
PLACEHOLDERS = frozenset({"input", "output", "page"})


class RungOptions(StageConfig):
    """What one rung may cost."""

    memory_limit_mb: int = Field(default=1024, ge=128, le=1_048_576)
    """Memory in MiB that the rung's process may hold, together with every program that it starts."""

    page_timeout_s: float = Field(default=30.0, gt=0, le=86_400)
    """Seconds that one page may take. The rung is ended then, and the page keeps its first text."""


class OcrOptions(RungOptions):
    """Text recognition."""

    memory_limit_mb: int = Field(default=2048, ge=128, le=1_048_576)
    """Memory in MiB that the rung's process may hold, together with every program that it starts."""

    page_timeout_s: float = Field(default=60.0, gt=0, le=86_400)
    """Seconds that one page may take. The rung is ended then, and the page keeps its first text."""

    dpi: int = Field(default=150, ge=50, le=600)
    """Pixels per inch that a page is drawn with. Larger reads smaller print, and costs more."""


class TesseractOptions(OcrOptions):
    """Text recognition by the program tesseract."""

    dpi: int = Field(default=200, ge=50, le=600)
    """Pixels per inch that a page is drawn with. Larger reads smaller print, and costs more."""

    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z_/]{1,40}$")], ...] = Field(
        default=("eng",), min_length=1, max_length=20
    )
    """Languages as tesseract calls them (`tesseract --list-langs`), the likeliest first."""


class CommandOptions(RungOptions):
    """Any program that reads a PDF, started without a shell."""

    page_timeout_s: float = Field(default=120.0, gt=0, le=86_400)
    """Seconds that one page may take; a program that reads whole documents has as many for each page."""

    memory_limit_mb: int = Field(default=4096, ge=128, le=1_048_576)
    """Memory in MiB that the program may hold, together with every program that it starts."""

    argv: tuple[str, ...] = Field(min_length=1, max_length=100)
    """The program and its arguments. {input} is the PDF; {output} the file it is to write, or a folder for it
    when that ends in a slash; {page} the page's number in the original document (per: page)."""

    per: Literal["page", "document"] = "page"
    """page: started for each page, with a PDF of that page alone. document: started once for all pages that
    are wanted, with a PDF of these; its output is cut at ``page_break``."""

    page_break: str = Field(default="\f", min_length=1, max_length=200)
    """Regular expression of what stands between, or after, the pages in the output of a ``document`` program."""

    output: Literal["stdout", "file"] = "stdout"
    """Where the text is: on standard output, or in {output}."""

    suffix: str = Field(default=".txt", pattern=r"^\.[A-Za-z0-9.]{1,20}$")
    """What the name of the file {output} ends in; in a folder, which of the files written is the text. With
    .pdf, the text of that PDF is read."""

    kind: Literal["text", "tables", "ocr", "other"] = "other"
    """What the program is good for, so that the router can judge it: another reading of the text layer, of
    tables, text recognition, or anything else."""

    @field_validator("page_break")
    @classmethod
    def _is_expression(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"page_break is no regular expression: {error}") from None
        return value

    @model_validator(mode="after")
    def _fits(self) -> CommandOptions:
        named: set[str] = set()
        for word in self.argv:
            try:
                parts = list(string.Formatter().parse(word))
            except ValueError as error:
                raise ValueError(
                    f"argv has a word with a stray brace ({error}): write {{{{ and }}}} for braces"
                ) from None
            for _, name, form, conversion in parts:
                if name is None:
                    continue
                if name not in PLACEHOLDERS or form or conversion:
                    raise ValueError(
                        f"argv names {{{name}}}, which is not known: use {{input}}, {{output}} and {{page}}"
                    )
                named.add(name)
        if "input" not in named:
            raise ValueError("argv names no {input}: say where the program takes the PDF from")
        if self.output == "file" and "output" not in named:
            raise ValueError(
                "argv names no {output}: say where the program writes its text, or set output: stdout"
            )
        if self.per == "document" and "page" in named:
            raise ValueError("argv names {page}, which a program for whole documents does not have")
        return self


class ParseConfig(StageConfig):
    """How PDFs are read, and what one document may cost."""

    model_config = ConfigDict(hide_input_in_errors=True)

    timeout_s: float = Field(default=120.0, gt=0, le=86_400)
    """Seconds that the first reading of one document may take. The pages that were read by then are kept."""

    page_timeout_s: float = Field(default=30.0, gt=0, le=86_400)
    """Seconds that one page may take. The parser is ended then and goes on with the next page."""

    memory_limit_mb: int = Field(default=1024, ge=128, le=1_048_576)
    """Memory in MiB that the parser process may hold, the document included."""

    max_pages: int = Field(default=10_000, ge=1, le=1_000_000)
    """Pages of one document that are read; the rest is reported."""

    recycle_after: int = Field(default=1000, ge=1, le=1_000_000)
    """Documents after which the parser process is replaced by a new one."""

    passwords: tuple[SecretStr, ...] = Field(default=(), max_length=100)
    """Passwords that are tried in turn on an encrypted PDF. Quote those that are numbers."""

    rungs: tuple[RungName, ...] = Field(default=(FIRST_RUNG,), min_length=1, max_length=20)
    """Parsers that pages may be read by. The first is pdfium, which reads all pages; the router sends those
    that gain by it to the others: geometric, tables, rapidocr, tesseract, any of ``commands``, or what
    installed packages offer. With pdfium alone, nothing is routed."""

    budget_fraction: float | None = Field(default=None, ge=0, le=1)
    """Share of the pages that may go to other rungs than the first, over a corpus like the calibration's."""

    budget_cpu_s_per_page: float | None = Field(default=None, ge=0, le=86_400)
    """CPU seconds that a page may cost on average beyond its first reading, likewise."""

    calibration: str | None = Field(default=None, min_length=1)
    """File that `docmill calibrate parse` made on this machine: costs of the rungs, and prices for budgets."""

    force: RungName | None = None
    """Send every page that is not blank to this rung, without asking the router: for comparing rungs."""

    rung_timeout_s: float = Field(default=3600.0, gt=0, le=864_000)
    """Seconds that one document may spend in each rung after the first. Pages that were not read by then keep
    their first text."""

    geometric: RungOptions = RungOptions()
    """What the rung geometric may cost."""

    tables: RungOptions = RungOptions(page_timeout_s=60.0)
    """What the rung tables may cost."""

    rapidocr: OcrOptions = OcrOptions()
    """Text recognition by RapidOCR."""

    tesseract: TesseractOptions = TesseractOptions()
    """Text recognition by the program tesseract."""

    commands: Mapping[RungName, CommandOptions] = Field(default_factory=dict)
    """Programs as rungs, by the name that ``rungs`` calls them."""

    @model_validator(mode="after")
    def _agrees(self) -> ParseConfig:
        if self.rungs[0] != FIRST_RUNG:
            raise ValueError(f"rungs must begin with {FIRST_RUNG}, which reads every page first")
        if len(set(self.rungs)) < len(self.rungs):
            raise ValueError("rungs names one parser twice")
        if self.force is not None and self.force not in self.rungs:
            raise ValueError(f"force names {self.force}, which is not among rungs: add it there")
        if self.budget_fraction is not None and self.budget_cpu_s_per_page is not None:
            raise ValueError("give budget_fraction or budget_cpu_s_per_page, not both")
        if self.routes and self.force is not None:
            raise ValueError("a budget means nothing with force: leave one of them out")
        for name in self.commands:
            if name not in self.rungs:
                raise ValueError(f"commands describes {name}, which is not among rungs: add it there")
        return self

    @property
    def routes(self) -> bool:
        """Whether a budget was asked for."""
        return self.budget_fraction is not None or self.budget_cpu_s_per_page is not None
