"""Any program as a rung: it is given a PDF and writes text or Markdown.

It works in a folder of its own, which is removed afterwards. Of the text's lines no place on the page is known:
their boxes are empty, at the top left corner. Empty lines part blocks.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from stages.parse.adaptor import NEW_BLOCK, NEW_LINE, Line, Page, RefusedError
from stages.parse.characters import clean
from stages.parse.pdfium import Pdfium, PdfiumDocument, view_of
from stages.parse.rungs.program import run, text_in

_FIELD = re.compile(r"\{\{|\}\}|\{(input|output|page)\}")


class Command:
    """Runs a program for documents or pages. See ``options.CommandOptions`` for the settings."""

    name = "command"

    def __init__(self, argv: Sequence[str], per: str, page_break: str, output: str, suffix: str) -> None:
        self._argv = list(argv)
        self._per_document = per == "document"
        self._page_break = re.compile(page_break)
        self._to_file = output == "file"
        self._suffix = suffix
        self._pdfium = Pdfium()

    def open(self, data: bytes, passwords: Sequence[str]) -> CommandDocument | WholeDocument:
        document = self._pdfium.open(data, passwords)
        return WholeDocument(document, self) if self._per_document else CommandDocument(document, self)

    def texts(self, document: PdfiumDocument, pages: Sequence[int]) -> list[str]:
        """Run the program on a PDF of these pages; return the text of each. Raises RefusedError."""
        with tempfile.TemporaryDirectory(prefix="docmill-") as name:
            folder = Path(name)
            source = folder / "input.pdf"
            _copy(document.opened, pages, source)
            target, argv = self._filled(source, folder, pages[0] + 1)
            printed = folder / "stdout"
            run(argv, folder, to=printed)
            text = self._result(target) if self._to_file else text_in(printed)
        if not self._per_document:
            return [text.replace("\f", "\n\n")]
        parts = self._page_break.split(text)
        if len(parts) == len(pages) + 1 and not parts[-1].strip():
            parts = parts[:-1]  # after the last page stands a break, too
        elif len(parts) == len(pages) + 1 and not parts[0].strip():
            parts = parts[1:]  # or before the first one
        if len(parts) != len(pages):
            raise RefusedError("page_count")
        return parts

    def _filled(self, source: Path, folder: Path, page: int) -> tuple[Path, list[str]]:
        """Where the output will be, and the arguments with their places filled in."""
        target = folder / f"output{self._suffix}"
        if any("{output}/" in word for word in self._argv):
            target = folder / "output"
            target.mkdir()
        values = {"input": str(source), "output": str(target), "page": str(page)}

        def value(found: re.Match[str]) -> str:
            return values[found[1]] if found[1] else found[0][0]

        program, *rest = (_FIELD.sub(value, word) for word in self._argv)
        return target, [shutil.which(program) or program, *rest]

    def _result(self, target: Path) -> str:
        if target.is_dir():
            written = sorted(file for file in target.rglob(f"*{self._suffix}") if file.is_file())
            if len(written) != 1:
                raise RefusedError("no_output" if not written else "several_outputs")
            target = written[0]
        if self._suffix != ".pdf":
            return text_in(target)
        try:
            read = self._pdfium.open(target.read_bytes(), ())
        except OSError:
            raise RefusedError("no_output") from None
        try:
            return "\f".join(_printed(read.page(index)) for index in range(read.page_count))
        finally:
            read.close()


class CommandDocument:
    """A document of which each page is given to the program by itself."""

    def __init__(self, document: PdfiumDocument, command: Command) -> None:
        self._document = document
        self._command = command
        self.page_count = document.page_count
        self.cut_off = document.cut_off

    def page(self, index: int) -> Page:
        (text,) = self._command.texts(self._document, [index])
        return _page(self._document, index, text)

    def close(self) -> None:
        self._document.close()


class WholeDocument(CommandDocument):
    """A document whose pages are given to the program in one go."""

    def __init__(self, document: PdfiumDocument, command: Command) -> None:
        super().__init__(document, command)
        self._texts: dict[int, str] = {}
        self._refused: RefusedError | None = None

    def prepare(self, pages: Sequence[int]) -> None:
        try:
            texts = self._command.texts(self._document, pages)
        except RefusedError as refusal:
            self._refused = refusal  # of every page
            return
        self._texts = dict(zip(pages, texts, strict=True))

    def page(self, index: int) -> Page:
        if self._refused is not None:
            raise RefusedError(self._refused.code)
        return _page(self._document, index, self._texts.pop(index))


def _copy(document: pypdfium2.PdfDocument, pages: Sequence[int], target: Path) -> None:
    """Write a PDF of some pages, without a password."""
    copy = pypdfium2.PdfDocument.new()
    try:
        copy.import_pages(document, list(pages))
        copy.save(target)
    except pypdfium2.PdfiumError:
        raise RefusedError("corrupt") from None
    finally:
        copy.close()


def _page(document: PdfiumDocument, index: int, text: str) -> Page:
    try:
        handle = document.opened[index]
    except pypdfium2.PdfiumError:
        raise RefusedError("corrupt") from None
    view = view_of(handle)
    handle.close()
    return Page(view.width, view.height, view.rotation, _lines(text))


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    gap = False
    for printed in text.splitlines():
        words = clean(printed.expandtabs(1)).strip()
        if not words:
            gap = True
            continue
        before = NEW_BLOCK if gap and lines else NEW_LINE
        lines.append(Line(words, 0.0, 0.0, 0.0, 0.0, 0.0, False, False, before))
        gap = False
    return lines


def _printed(page: Page) -> str:
    return "".join(("\n\n" if line.before == NEW_BLOCK else "\n") + line.text for line in page.lines)
