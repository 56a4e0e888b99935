"""parse: the bytes of a PDF to its text, pages and lines. See the class for the conventions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import pyarrow as pa

from pipeline import document
from pipeline.document import Error
from pipeline.stage import Resources, Stage, StageError
from stages.parse.choice import Forced, Router
from stages.parse.columns import Columns, Row, row
from stages.parse.ladder import Climbed, Ladder
from stages.parse.options import FIRST_RUNG, ParseConfig
from stages.parse.process import CannotStartError
from stages.parse.rungs.catalogue import rungs_of
from stages.parse.rungs.rung import Rung, UnavailableError
from stages.parse.sandbox import Failure, Limits, Outcome, Sandbox

PAGES_TOGETHER = 48  # that the router looks at, or those of one document


class Parse(Stage[ParseConfig]):
    """PDF bytes to text, pages and lines, by pdfium in a process of its own, and by other parsers where a
    router says that a page gains by it.

    ``text``: the pages in order, separated by a blank line; within a page, lines in reading order,
    separated by a line feed, and blocks of lines (paragraphs, headings, columns) by a blank line. Between
    the parts of a word that was divided at a line end stands nothing. The text is NFC, ligatures are spelt
    out, every space is U+0020 and single, control characters are gone, superscripts stay what they are.
    It is "" when the document has no text layer, and null when nothing of it could be read.

    ``lines``: ``text[start:end] + hyphen`` is the printed line. ``hyphen`` is empty where the hyphen
    belongs to the word ("well-/known"), which the rest of the document decides.

    ``pages``: those that were read or tried; a page without text has an empty span and status "empty".

    ``pages[].tables``: the tables that a rung for tables found. ``text[start:end]`` is the table in Markdown.

    ``parse_status``: "partial" when some pages are missing; the reasons are in ``errors``. A page that another
    rung could not read has the first one's text, and ``rung_status`` says why.

    The child process is started by the first document, serves many, and is ended by ``close``. It is
    killed at the deadline or when it holds too much memory; pages done by then are kept, and those after
    a page that killed it are tried in a new one. Every other rung has a child of its own, started when the
    first page is sent to it.
    """

    name: ClassVar[str] = "parse"
    version: ClassVar[str] = "3"
    requires = pa.schema([document.BYTES])
    provides = pa.schema(
        [document.TEXT, document.PAGES_FIELD, document.LINES_FIELD, document.PARSE_STATUS_FIELD]
    )
    resources = Resources(cpus=1.0, memory=512 << 20)
    Config = ParseConfig

    adaptor: ClassVar[str] = ""  # of the first rung, where it is not to be pdfium's own

    def __init__(self, config: ParseConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        self._sandbox: Sandbox | None = None
        self._ladder: Ladder | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_sandbox": None, "_ladder": None}  # processes are not carried to another

    def check(self) -> None:
        """Look whether every rung can run here. Raises StageError."""
        try:
            for rung in rungs_of(self.config, self.profile).values():
                rung.check()
        except UnavailableError as error:
            raise StageError(str(error), code="unavailable") from None
        router = self._router()
        if router is not None:
            router.check()

    def models(self) -> Mapping[str, str]:
        """The models of the rungs and of the router."""
        found: dict[str, str] = {}
        for rung in self._rungs().values():
            found |= rung.models()
        router = self._router()
        return found if router is None else {**found, **router.models()}

    def dependencies(self) -> Mapping[str, str]:
        """What decides the text: versions of the rungs, the router's calibration, which passwords are tried.

        Of the passwords only four hexadecimal digits of a slow hash are told: enough to notice that they
        changed, of no use to find them.
        """
        found: dict[str, str] = {}
        for rung in self._rungs().values():
            found |= rung.dependencies()
        router = self._router()
        if router is not None:
            found |= router.dependencies()
        if self.config.passwords:
            words = "\0".join(word.get_secret_value() for word in self.config.passwords)
            found["passwords"] = hashlib.pbkdf2_hmac("sha256", words.encode(), b"docmill", 100_000).hex()[:4]
        return found

    def remarks(self) -> Sequence[str]:
        """The parsers, the budget and the calibration in use."""
        router = self._router()
        return [] if router is None else [f"parsers: {', '.join(self.config.rungs)}", *router.remarks()]

    def warm_up(self) -> None:
        """Make ready, but start nothing: a corpus without PDFs needs no parser process."""
        if self._sandbox is None:
            config = self.config
            first, *others = self._rungs().values()
            self._sandbox = Sandbox(
                self.adaptor or first.adaptor,
                memory_bytes=first.memory_mb << 20,
                recycle_after=config.recycle_after,
                settings=first.settings,
            )
            router = self._router()
            if router is not None:
                router.warm_up()
                rungs = {rung.name: rung for rung in others}
                self._ladder = Ladder(first.name, rungs, router, config.recycle_after)

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Parse the document of each row. Raises StageError only when the parser process cannot start."""
        self.warm_up()
        columns = Columns()
        errors: dict[int, list[Error]] = {}
        for number, parsed in enumerate(self._parsed(batch.column("bytes"))):
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
        ladder, self._ladder = self._ladder, None
        if sandbox is not None:
            sandbox.close()
        if ladder is not None:
            ladder.close()

    def _rungs(self) -> Mapping[str, Rung]:
        try:
            return rungs_of(self.config, self.profile)
        except UnavailableError as error:
            raise StageError(str(error), code="unavailable") from None

    def _router(self) -> Router | None:
        """Who decides about pages; None when there is only one rung."""
        config = self.config
        if config.force is not None:
            return Forced(config.force)
        if len(config.rungs) == 1:
            return None
        from stages.parse.routing import Routing

        return Routing(config, self._rungs(), self.profile)

    def _parsed(self, documents: Iterable[Any]) -> Iterator[Row]:
        """Read documents by the first rung, some of them before others are looked at by the router: asked about
        single documents it costs twice as much."""
        waiting: list[tuple[memoryview, Outcome]] = []
        pages = 0
        for scalar in documents:
            data = memoryview(scalar.as_buffer())
            outcome = self._read(data)
            waiting.append((data, outcome))
            pages += len(outcome.pages)
            if pages >= PAGES_TOGETHER or self._ladder is None:
                yield from self._climbed(waiting)
                waiting, pages = [], 0
        yield from self._climbed(waiting)

    def _read(self, data: memoryview) -> Outcome:
        if not data.nbytes:
            return Outcome(failures=[Failure("no_bytes")])
        assert self._sandbox is not None  # noqa: S101 - warm_up made it
        try:
            return self._sandbox.parse(data, self._limits(), self._passwords())
        except CannotStartError as error:
            raise StageError(str(error), code="cannot_start") from None

    def _climbed(self, read: Sequence[tuple[memoryview, Outcome]]) -> Iterator[Row]:
        ladder, limits = self._ladder, self._limits()
        if ladder is None:
            for _, outcome in read:
                yield row(Climbed(outcome), limits, FIRST_RUNG)
            return
        choices = ladder.choose([outcome for _, outcome in read])
        for (data, outcome), chosen in zip(read, choices, strict=True):
            seconds = self.config.rung_timeout_s
            climbed = ladder.climb(outcome, chosen, data, limits, seconds, self._passwords())
            yield row(climbed, limits, FIRST_RUNG)

    def _limits(self) -> Limits:
        config = self.config
        return Limits(config.timeout_s, config.page_timeout_s, config.max_pages)

    def _passwords(self) -> list[str]:
        return [word.get_secret_value() for word in self.config.passwords]
