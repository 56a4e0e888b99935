"""Files whose end is missing, as broken downloads are: pdfium cannot find the catalogue of these."""

from __future__ import annotations

import re

_TAIL = 4096  # bytes at the end of a file, among which its end mark is
_REACH = 4096  # bytes between the head of the catalogue's object and the word in it
_HEAD = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+obj\b(?!.*\bobj\b)", re.DOTALL)


def lacks_end(data: bytes) -> bool:
    """Whether the file ends before its end mark."""
    return b"%%EOF" not in data[-_TAIL:]


def with_end(data: bytes) -> bytes | None:
    """Return the file with an end that names its catalogue; None when it has an end, or no catalogue.

    From there on pdfium looks for the objects by itself. Files made to be shown while they load have the
    catalogue at their beginning, so it is often there.
    """
    if not lacks_end(data):
        return None
    at = data.find(b"/Catalog")
    while at >= 0:
        head = _HEAD.search(data, max(0, at - _REACH), at)
        if head and b"endobj" not in data[head.end() : at]:
            number, generation = head.groups()
            end = b"\nendstream\nendobj\ntrailer\n<< /Root %b %b R >>\n" % (number, generation)
            return data + end
        at = data.find(b"/Catalog", at + 1)
    return None
