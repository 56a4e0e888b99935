"""Bad input of every kind that docmill promises to survive, one function for each.

``python tests/hostile/make_hostile.py FOLDER`` writes all of them, to try something else on them.
"""

from __future__ import annotations

import io
import json
import os
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.hostile import raw_pdf

# Stands in the content of all documents, good and bad. It must never leave them.
CANARY = "KanarienvogelZx9Qv"
SENTENCE = f"The patient {CANARY} was seen on Monday and went home in good health."
GIB = 1 << 30


@dataclass(frozen=True)
class Case:
    """One input file and what must become of it.

    Attributes:
        name: of the file.
        make: writes it.
        rows: documents it must give.
        codes: error codes of which each failing row must carry one.
        texts: rows among them that must have text.
    """

    name: str
    make: Callable[[Path], object]
    rows: int = 1
    codes: tuple[str, ...] = ()
    texts: int = 0


def encrypted(path: Path) -> None:
    """A document that needs a password."""
    with pikepdf.open(io.BytesIO(raw_pdf.readable([SENTENCE]))) as document:
        document.save(path, encryption=pikepdf.Encryption(owner="owner", user="user", R=6))


def truncated(path: Path) -> None:
    """A document of which the last third is missing, with the page tree in it."""
    with pikepdf.open(io.BytesIO(raw_pdf.many_pages(300))) as document:
        document.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])


def lines(*records: object) -> Callable[[Path], object]:
    """A JSONL file; bytes are written as they are, everything else as JSON."""
    data = b"\n".join(r if isinstance(r, bytes) else json.dumps(r).encode() for r in records)
    return lambda path: path.write_bytes(data)


def table(**columns: object) -> Callable[[Path], object]:
    """A Parquet file."""
    return lambda path: pq.write_table(pa.table(columns), path)


def cut_table(path: Path) -> None:
    """A Parquet file that ends in the middle."""
    table(text=[SENTENCE] * 50)(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def table_with_damaged_pages(path: Path) -> None:
    """A Parquet file whose footer is right and whose data are not."""
    pq.write_table(pa.table({"text": [f"{SENTENCE} {n}" for n in range(40)]}), path, compression="zstd")
    whole = bytearray(path.read_bytes())
    whole[8:200] = b"\xff" * 192
    path.write_bytes(whole)


def archive(*members: tuple[str, bytes]) -> Callable[[Path], object]:
    """A zip archive; names are written as they are."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name, data in members:
                out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)

    return make


def zip_bomb(path: Path) -> None:
    """A small archive with a text of a quarter of a gigabyte, and a good one beside it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr("bomb.txt", b"Rain.   " * (GIB // 4 // 8))
        out.writestr("good.txt", SENTENCE)


def zip_with_endless_line(path: Path) -> None:
    """A small archive with JSON lines: a good one, one of 150 MB that never closes, and a good one."""
    record = json.dumps({"text": SENTENCE}).encode() + b"\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr("lines.jsonl", record + b'{"text": "' + b"on and " * 21_000_000 + b"\n" + record)


def zip_with_lying_size(path: Path) -> None:
    """An archive that says its member is 10 bytes long, while 100 MB come out of it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr("liar.txt", b"rain " * 20_000_000)
        size = out.infolist()[0].file_size
    path.write_bytes(packed.getvalue().replace(struct.pack("<L", size), struct.pack("<L", 10)))


def zip_with_encrypted_member(path: Path) -> None:
    """An archive with a good member and one whose header says that it is encrypted."""
    archive(("good.txt", SENTENCE.encode()), ("locked.txt", SENTENCE.encode()))(path)
    raw = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.rindex(signature)
        raw[at + flags] |= 1
    path.write_bytes(raw)


def zip_with_unknown_packing(path: Path) -> None:
    """An archive whose only member is packed by a method that nobody knows."""
    archive(("strange.txt", SENTENCE.encode()))(path)
    raw = bytearray(path.read_bytes())
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = raw.index(signature)
        raw[at + method : at + method + 2] = struct.pack("<H", 77)
    path.write_bytes(raw)


def zip_with_damaged_member(path: Path) -> None:
    """An archive in which one bit of a member's data is wrong, and a good member after it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        out.writestr("damaged.txt", SENTENCE)
        out.writestr("good.txt", "A calm day.")
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"Monday", b"Mondax", 1))


def zip_with_twins(path: Path) -> None:
    """An archive with two members of one name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive(("twin.txt", b"The first twin."), ("twin.txt", b"The second twin."))(path)


def zip_with_a_name_that_is_no_text(path: Path) -> None:
    """An archive that says its names are UTF-8, while one is not."""
    archive(("caf\u00e9.txt", SENTENCE.encode()))(path)
    path.write_bytes(path.read_bytes().replace("caf\u00e9".encode(), b"caf\xff\xfe"))


def cut_zip(path: Path) -> None:
    """An archive that ends before its directory."""
    archive(("good.txt", SENTENCE.encode() * 100))(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def write(data: bytes) -> Callable[[Path], object]:
    """A file of exactly these bytes."""
    return lambda path: path.write_bytes(data)


def build(make: Callable[[], bytes]) -> Callable[[Path], object]:
    """A file of the bytes that the function returns; they are made only when the file is."""
    return lambda path: path.write_bytes(make())


DEEP_JSON = b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"

PDFS = (
    Case("zero-bytes.pdf", write(b""), codes=("corrupt",)),
    Case("encrypted.pdf", encrypted, codes=("encrypted",)),
    Case("truncated.pdf", truncated, codes=("corrupt",)),
    Case("not-a-pdf.pdf", write(f"<html><body>{SENTENCE}</body></html>".encode()), codes=("corrupt",)),
    Case("no-page.pdf", build(raw_pdf.no_page), codes=("empty", "corrupt")),
    Case("many-pages.pdf", build(lambda: raw_pdf.many_pages(100_000)), codes=("pages",), texts=1),
    Case("deep-tree.pdf", build(lambda: raw_pdf.deep_tree(20_000)), codes=("corrupt",)),
    Case("tree-in-itself.pdf", build(raw_pdf.tree_that_holds_itself), codes=("corrupt",)),
    Case("nested-arrays.pdf", build(lambda: raw_pdf.nested_arrays(200_000)), texts=1),
    Case("form-in-itself.pdf", build(lambda: raw_pdf.form_that_draws_itself(1)), texts=1),
    Case(
        "form-twice-in-itself.pdf",
        build(lambda: raw_pdf.form_that_draws_itself(2)),
        codes=("memory", "timeout"),
    ),
    Case("length-of-itself.pdf", build(raw_pdf.length_of_itself), texts=1),
    Case("tables-in-a-circle.pdf", build(raw_pdf.tables_in_a_circle), texts=1),
    Case("inflates-to-blanks.pdf", build(lambda: raw_pdf.inflating(b" ", GIB)), codes=("memory",)),
    Case("inflates-twice.pdf", build(lambda: raw_pdf.inflating(b" ", GIB, twice=True)), codes=("memory",)),
    Case(
        "inflates-to-text.pdf",
        build(lambda: raw_pdf.inflating(b"BT /F1 9 Tf 60 700 Td (again and again) Tj ET\n", GIB)),
        codes=("memory",),
    ),
)

TEXTS = (
    Case("latin-1.txt", write(f"Déjà vu : {SENTENCE}".encode("latin-1")), codes=("wrong_encoding",)),
    Case(
        "picture.txt", write(b"\x89PNG\r\n\x1a\n\x00\x00" + bytes(range(256)) * 20), codes=("wrong_encoding",)
    ),
)

RECORDS = (
    Case(
        "broken-line.jsonl",
        lines(
            {"id": "before", "text": SENTENCE},
            b'{"id": "broken", "text": "' + SENTENCE.encode(),
            {"id": "after", "text": SENTENCE},
        ),
        rows=3,
        codes=("bad_json",),
        texts=2,
    ),
    Case(
        "odd-lines.jsonl",
        lines(
            {"text": SENTENCE},
            [SENTENCE],
            SENTENCE,
            {"body": SENTENCE},
            {"text": 12},
            {"text": None},
            {"path": "../../../etc/passwd"},
            {"path": "nowhere.txt"},
            {"path": f"https://store.example/{CANARY}.txt"},
            b'{"text": "\xff\xfe"}',
            b'{"text": "half a pair \\ud83d and on"}',
            DEEP_JSON,
            b"",
            {"text": SENTENCE, "id": {"a": [1]}},
        ),
        rows=13,
        codes=("bad_record", "bad_json", "no_text", "unreadable", "wrong_encoding"),
        texts=3,
    ),
    Case(
        "no-text-column.parquet",
        table(id=["a", "b"], body=[SENTENCE, SENTENCE]),
        codes=("no_text_column",),
    ),
    Case("cut.parquet", cut_table, codes=("corrupt",)),
    Case("not-a-table.parquet", write(SENTENCE.encode()), codes=("corrupt",)),
    Case("damaged-pages.parquet", table_with_damaged_pages, rows=40, codes=("corrupt", "unreadable")),
    Case("null-rows.parquet", table(text=[SENTENCE, None]), rows=2, codes=("no_content",), texts=1),
)

ARCHIVES = (
    Case("bomb.zip", zip_bomb, rows=2, codes=("too_large",), texts=1),
    Case("endless-line.zip", zip_with_endless_line, rows=3, codes=("too_large",), texts=2),
    Case("lying-size.zip", zip_with_lying_size, codes=("corrupt", "too_large")),
    Case(
        "climbing.zip",
        archive(
            ("../../climbed.txt", SENTENCE.encode()),
            ("/climbed-from-the-root.txt", SENTENCE.encode()),
            ("..\\..\\climbed.txt", SENTENCE.encode()),
            ("inner/../../../climbed.pdf", raw_pdf.readable([SENTENCE])),
        ),
        rows=4,
        texts=4,
    ),
    Case("locked-member.zip", zip_with_encrypted_member, rows=2, codes=("encrypted",), texts=1),
    Case("strange-packing.zip", zip_with_unknown_packing, codes=("corrupt",)),
    Case("damaged-member.zip", zip_with_damaged_member, rows=2, codes=("corrupt",), texts=1),
    Case("twins.zip", zip_with_twins, rows=2, codes=("duplicate_name", "duplicate"), texts=1),
    Case("name-that-is-no-text.zip", zip_with_a_name_that_is_no_text, codes=("corrupt",)),
    Case("cut.zip", cut_zip, codes=("corrupt",)),
    Case("not-an-archive.zip", write(SENTENCE.encode()), codes=("corrupt",)),
)

GOOD = (
    Case("good.pdf", write(raw_pdf.readable([SENTENCE, "Nothing is wrong with this document."])), texts=1),
    Case("good.txt", write(SENTENCE.encode()), texts=1),
    Case(
        "good.jsonl", lines({"id": "one", "text": SENTENCE}, {"id": "two", "text": SENTENCE}), rows=2, texts=2
    ),
    Case("good.parquet", table(id=["x", "y"], text=[SENTENCE, SENTENCE]), rows=2, texts=2),
    Case("good.zip", archive(("inner.txt", SENTENCE.encode())), texts=1),
)

CASES = (*PDFS, *TEXTS, *RECORDS, *ARCHIVES, *GOOD)


def make_all(folder: Path) -> None:
    """Write every case."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        case.make(folder / case.name)


def odd_files(folder: Path) -> Iterator[str]:
    """Write things that are no regular files but are called like documents; yield their names."""
    os.mkfifo(folder / "pipe.pdf")
    yield "pipe.pdf"
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    yield "dangling.txt"
    (folder / "circle.txt").symlink_to("circle.txt")
    yield "circle.txt"


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
