"""What was filled into a form, or typed onto a page: annotations, which are no part of a page's content.

pdfium can press them into the page. They come after everything else then; here each is moved behind the
words on its left, so that a field follows its label.
"""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from stages.parse.reading import Fragment

_FORMS = (pdfium.FORMTYPE_ACRO_FORM, pdfium.FORMTYPE_XFA_FOREGROUND)
_WITH_WORDS = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
_BAND = 0.7  # of the font size: base lines that are nearer stand on one line


def may_hold_annotations(document: pypdfium2.PdfDocument, data: bytes) -> bool:
    """Make the forms of a document ready; return whether its pages must be looked at for annotations.

    Text typed onto a page ("FreeText") is only found where the file names it openly, which is what
    programs do that add it to a finished file: a look at all links of all papers would cost too much.
    """
    if document.get_formtype() in _FORMS:
        document.init_forms()  # this also draws fields whose look the file leaves to the viewer
        return True
    return b"/FreeText" in data


def has_words_added(page: pypdfium2.PdfPage) -> bool:
    """Whether the page has a form field or text typed onto it."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _WITH_WORDS:
            return True
    return False


def press(document: pypdfium2.PdfDocument, index: int, page: pypdfium2.PdfPage) -> pypdfium2.PdfPage | None:
    """Press the annotations into the page. Returns the page as it is then, in the place of the other one,
    which is closed; None when there was nothing to press."""
    if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return None
    page.close()
    return document[index]


def beside_labels(fragments: Sequence[Fragment], first: int) -> list[Fragment]:
    """Return the fragments with those from number ``first`` on behind the nearest ones on their left, on the
    same line."""
    placed = list(fragments[:first])
    for late in fragments[first:]:
        label: int | None = None
        for number, fragment in enumerate(placed):
            beside = (
                fragment.turn == late.turn == 0
                and abs(fragment.base - late.base) < _BAND * max(fragment.size, late.size)
                and fragment.x1 <= late.x0 + 1
            )
            if beside and (label is None or fragment.x1 >= placed[label].x1):
                label = number
        if label is None:
            placed.append(late)
        else:
            placed.insert(label + 1, late._replace(joined=True))
    return placed
