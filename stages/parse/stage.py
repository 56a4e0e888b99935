"""parse: the bytes of a PDF to its text, pages and lines. See the class for the conventions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

import pyarrow as pa
from pydantic import ConfigDict, Field, SecretStr

from pipeline import document
from pipeline.document import Error
from pipeline.stage import Resources, Stage, StageConfig, StageError
from stages.parse.columns import Columns, Row, row
from stages.parse.process import CannotStartError
from stages.parse.sandbox import Failure, Limits, Outcome, Sandbox
from stages.parse.versions import library_versions


class ParseConfig(StageConfig):
    """How PDFs are read, and what one document may cost."""

    model_config = ConfigDict(hide_input_in_errors=True)

    timeout_s: float = Field(default=120.0, gt=0, le=86_400)
    """Seconds that one document may take. The pages that were read by then are kept."""

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


class Parse(Stage[ParseConfig]):
    """PDF bytes to text, pages and lines, by pdfium in a process of its own.

    ``text``: the pages in order, separated by a blank line; within a page, lines in reading order,
    separated by a line feed, and blocks of lines (paragraphs, headings, columns) by a blank line. Between
    the parts of a word that was divided at a line end stands nothing. The text is NFC, ligatures are spelt
    out, every space is U+0020 and single, control characters are gone, superscripts stay what they are.
    It is "" when the document has no text layer, and null when nothing of it could be read.

    ``lines``: ``text[start:end] + hyphen`` is the printed line. ``hyphen`` is empty where the hyphen
    belongs to the word ("well-/known"), which the rest of the document decides.

    ``pages``: those that were read or tried; a page without text has an empty span and status "empty".

    ``parse_status``: "partial" when some pages are missing; the reasons are in ``errors``.

    The child process is started by the first document, serves many, and is ended by ``close``. It is
    killed at the deadline or when it holds too much memory; pages done by then are kept, and those after
    a page that killed it are tried in a new one.
    """

    name: ClassVar[str] = "parse"
    version: ClassVar[str] = "1"
    requires = pa.schema([document.BYTES])
    provides = pa.schema(
        [document.TEXT, document.PAGES_FIELD, document.LINES_FIELD, document.PARSE_STATUS_FIELD]
    )
    resources = Resources(cpus=1.0, memory=512 << 20)
    Config = ParseConfig

    adaptor: ClassVar[str] = "stages.parse.pdfium:Pdfium"
    parser: ClassVar[str] = "pdfium"

    def __init__(self, config: ParseConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        self._sandbox: Sandbox | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_sandbox": None}  # a process is not carried to another one

    def dependencies(self) -> Mapping[str, str]:
        """The pdfium that decides the text, and which passwords are tried.

        Of the passwords only four hexadecimal digits of a slow hash are told: enough to notice that they
        changed, of no use to find them.
        """
        found = library_versions()
        if self.config.passwords:
            words = "\0".join(word.get_secret_value() for word in self.config.passwords)
            found["passwords"] = hashlib.pbkdf2_hmac("sha256", words.encode(), b"docmill", 100_000).hex()[:4]
        return found

    def warm_up(self) -> None:
        """Make ready, but start nothing: a corpus without PDFs needs no parser process."""
        if self._sandbox is None:
            self._sandbox = Sandbox(
                self.adaptor,
                memory_bytes=self.config.memory_limit_mb << 20,
                recycle_after=self.config.recycle_after,
            )

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Parse the document of each row. Raises StageError only when the parser process cannot start."""
        self.warm_up()
        columns = Columns()
        errors: dict[int, list[Error]] = {}
        for number, data in enumerate(batch.column("bytes")):
            parsed = self._parse(memoryview(data.as_buffer()))
            columns.rows.append(parsed)
            if parsed.errors:
                errors[number] = parsed.errors
        made = (columns.text(), columns.pages(), columns.lines(), columns.status())
        for field, column in zip(self.provides, made, strict=True):
            where = batch.schema.get_field_index(field.name)
            batch = (
                batch.set_column(where, field, column) if where >= 0 else batch.append_column(field, column)
            )
        return document.add_errors(batch, errors)

    def close(self) -> None:
        """End the parser process."""
        sandbox, self._sandbox = self._sandbox, None
        if sandbox is not None:
            sandbox.close()

    def _parse(self, data: memoryview) -> Row:
        config = self.config
        limits = Limits(config.timeout_s, config.page_timeout_s, config.max_pages)
        if not data.nbytes:
            return row(Outcome(failures=[Failure("no_bytes")]), limits, self.parser)
        assert self._sandbox is not None  # noqa: S101 - warm_up made it
        passwords = [word.get_secret_value() for word in config.passwords]
        try:
            outcome = self._sandbox.parse(data, limits, passwords)
        except CannotStartError as error:
            raise StageError(str(error), code="cannot_start") from None
        return row(outcome, limits, self.parser)
