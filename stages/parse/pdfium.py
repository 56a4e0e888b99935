"""The pdfium rung, through pypdfium2."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from stages.parse import forms
from stages.parse.adaptor import Page, RefusedError
from stages.parse.fragments import fragments_of
from stages.parse.objects import evidence_of
from stages.parse.reading import Fragment, read
from stages.parse.repair import lacks_end, with_end
from stages.parse.view import View


class Pdfium:
    """Opens documents with pdfium. Holds one document at a time."""

    name = "pdfium"

    def __init__(self, evidence: bool = False) -> None:
        """``evidence``: whether each page is to say what its objects tell."""
        self._evidence = evidence

    def open(self, data: bytes, passwords: Sequence[str]) -> PdfiumDocument:
        try:
            return self._open(data, passwords)
        except RefusedError as refusal:
            mended = with_end(data) if refusal.code == "corrupt" else None
            if mended is None:
                raise
            return self._open(mended, passwords)

    def _open(self, data: bytes, passwords: Sequence[str]) -> PdfiumDocument:
        for password in (None, *passwords):
            # Of a document without pages pdfium says nothing, and what it said of the document before
            # would be taken for its word: let it say "no PDF" first.
            pdfium.FPDF_LoadMemDocument64(b"", 0, None)
            try:
                return PdfiumDocument(pypdfium2.PdfDocument(data, password=password), data, self._evidence)
            except pypdfium2.PdfiumError as error:
                if error.err_code != pdfium.FPDF_ERR_PASSWORD:
                    raise RefusedError("corrupt") from None
        raise RefusedError("encrypted")


class PdfiumDocument:
    """A document that pdfium has opened."""

    def __init__(self, document: pypdfium2.PdfDocument, data: bytes, evidence: bool = False) -> None:
        self._document = document
        self._evidence = evidence
        self.page_count = len(document)
        # Many complete files have a wrong table of contents, which pdfium rebuilds without loss; where the
        # end of the file is missing as well, so may be its last objects.
        rebuilt = not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document.raw)
        self.cut_off = rebuilt and lacks_end(data)
        self._annotated = forms.may_hold_annotations(document, data)

    def page(self, index: int) -> Page:
        try:
            page = self._document[index]
            printed: int | None = None
            if self._annotated and forms.has_words_added(page):
                rows = len(_fragments(page))
                pressed = forms.press(self._document, index, page)
                if pressed:
                    page, printed = pressed, rows
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise RefusedError("corrupt") from None
        try:
            view = view_of(page)
            fragments = fragments_of(text_page.raw, view)
            if printed is not None:
                fragments = forms.beside_labels(fragments, printed)
            evidence = evidence_of(page.raw, text_page.raw, view) if self._evidence else None
            return Page(view.width, view.height, view.rotation, read(fragments), (), evidence)
        finally:
            text_page.close()
            page.close()

    @property
    def opened(self) -> pypdfium2.PdfDocument:
        """The document, for adaptors that draw its pages or copy them."""
        return self._document

    def close(self) -> None:
        self._document.close()


def view_of(page: pypdfium2.PdfPage) -> View:
    """The page as displayed."""
    left, bottom, right, top = page.get_bbox()
    return View(left, bottom, right, top, page.get_rotation())


def _fragments(page: pypdfium2.PdfPage) -> list[Fragment]:
    text_page = page.get_textpage()
    try:
        return fragments_of(text_page.raw, view_of(page))
    finally:
        text_page.close()
