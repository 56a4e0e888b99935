"""PDF files written byte by byte, because no well-behaved library would write these."""

from __future__ import annotations

import zlib
from collections.abc import Iterable


def pdf(objects: Iterable[bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects (the first is number 1) with a correct cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root %d 0 R%b>>\n" % (len(offsets) + 1, root, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object; ``data`` is as it stands in the file."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def page(contents: bytes = b"4 0 R", parent: bytes = b"2 0 R", resources: bytes = b"") -> bytes:
    """Return a page object that draws object 4 and knows object 5 as font F1."""
    return b"<</Type/Page/Parent %b/MediaBox[0 0 595 842]/Contents %b/Resources<</Font<</F1 5 0 R>>%b>>>>" % (
        parent,
        contents,
        resources,
    )


def one_page(contents: bytes) -> bytes:
    """Return a document of one page; ``contents`` is object 4, a whole stream object."""
    return pdf([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page(), contents, FONT])


def text_of(lines: Iterable[str]) -> bytes:
    """Return operators that show lines of text below each other."""
    shown = b"".join(
        b"(%b) ' " % line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        for line in lines
    )
    return b"BT /F1 11 Tf 14 TL 60 780 Td " + shown + b"ET"


def readable(lines: Iterable[str]) -> bytes:
    """Return a good document that shows these lines."""
    return one_page(stream(text_of(lines)))


def inflating(unit: bytes, size: int, *, twice: bool = False) -> bytes:
    """Return a document whose page content is ``unit`` repeated to ``size`` bytes, packed small."""
    packed = repeated(unit * ((1 << 20) // len(unit)), size)
    if twice:
        return one_page(stream(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]"))
    return one_page(stream(packed, b"/Filter/FlateDecode"))


def repeated(block: bytes, size: int) -> bytes:
    """Return a zlib stream of ``block`` repeated to about ``size`` bytes, without packing each again.

    After a full flush a packed block does not refer to what came before, so its bytes can be repeated.
    """
    packer = zlib.compressobj(9, wbits=-15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.flush()
    checksum, count = 1, size // len(block)
    for _ in range(count):
        checksum = zlib.adler32(block, checksum)
    return b"\x78\xda" + once * count + end + checksum.to_bytes(4, "big")


def many_pages(count: int, fan: int = 100) -> bytes:
    """Return a document with that many distinct pages in a balanced tree; each shows its number."""
    leaves = -(-count // fan)
    # 1 catalog, 2 root, 3 unused, 4 shared content, 5 font, then the inner nodes, then the pages
    first_leaf, first_page = 6, 6 + leaves
    objects = [
        CATALOG,
        b"<</Type/Pages/Count %d/Kids[%b]>>"
        % (count, b" ".join(b"%d 0 R" % (first_leaf + n) for n in range(leaves))),
        b"null",
        stream(text_of(["A page like any other."])),
        FONT,
    ]
    for leaf in range(leaves):
        below = range(leaf * fan, min(count, (leaf + 1) * fan))
        kids = b" ".join(b"%d 0 R" % (first_page + n) for n in below)
        objects.append(b"<</Type/Pages/Parent 2 0 R/Count %d/Kids[%b]>>" % (len(below), kids))
    objects += [page(parent=b"%d 0 R" % (first_leaf + n // fan)) for n in range(count)]
    return pdf(objects)


def deep_tree(depth: int) -> bytes:
    """Return a document whose only page lies at the bottom of that many nested nodes."""
    # 1 catalog, 2 root, 3 page, 4 content, 5 font, 6... the chain
    chain = [
        b"<</Type/Pages/Count 1/Parent %d 0 R/Kids[%d 0 R]>>"
        % (2 if n == 0 else 5 + n, 3 if n == depth - 1 else 7 + n)
        for n in range(depth)
    ]
    return pdf(
        [
            CATALOG,
            b"<</Type/Pages/Count 1/Kids[6 0 R]>>",
            page(parent=b"%d 0 R" % (5 + depth)),
            stream(text_of(["At the bottom."])),
            FONT,
            *chain,
        ]
    )


def tree_that_holds_itself() -> bytes:
    """Return a document whose page tree is its own child."""
    return pdf([CATALOG, b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]/Parent 2 0 R>>"])


def no_page() -> bytes:
    """Return a document whose page tree is empty."""
    return pdf([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"])


def form_that_draws_itself(times: int) -> bytes:
    """Return a document with a readable line and a form object that draws itself, once or more often."""
    form = stream(
        b"/X Do " * times,
        b"/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X 6 0 R>>>>",
    )
    drawn = page(resources=b"/XObject<</X 6 0 R>>")
    contents = stream(text_of(["Above the mirror."]) + b" /X Do")
    return pdf([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", drawn, contents, FONT, form])


def nested_arrays(depth: int) -> bytes:
    """Return a document with a readable page whose catalog holds arrays in arrays."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/Deep %b1%b>>" % (b"[" * depth, b"]" * depth)
    return pdf(
        [
            catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page(),
            stream(text_of(["Under brackets."])),
            FONT,
        ]
    )


def length_of_itself() -> bytes:
    """Return a document whose content stream takes its length from itself."""
    contents = b"<</Length 4 0 R>>\nstream\n%b\nendstream" % text_of(["How long am I?"])
    return one_page(contents)


def tables_in_a_circle() -> bytes:
    """Return a document whose cross-reference table names itself as the previous one."""
    good = readable(["Before me, me."])
    start = int(good.rsplit(b"startxref\n", 1)[1].split()[0])
    return good.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)
