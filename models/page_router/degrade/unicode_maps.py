"""Fonts that say other characters than they draw."""

from __future__ import annotations

import re

import numpy as np
import pikepdf

from models.page_router.degrade.kinds import Unmapped

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_LOWER = "abcdefghijklmnopqrstuvwxyz"


def unmap(pdf: pikepdf.Pdf, page: pikepdf.Page, damage: Unmapped) -> None:
    """Give the page fonts of its own with the damage. Fonts of forms within the page stay as they are."""
    chance = np.random.default_rng(damage.seed)
    exchange = _exchange(damage, chance)
    resources = _own(pdf, page.obj, "/Resources")
    if "/Font" not in resources:
        return
    fonts = _own(pdf, resources, "/Font")
    for name in list(fonts.keys()):
        copied = pikepdf.Dictionary(dict(fonts[name].items()))
        if damage.how == "missing":
            if "/ToUnicode" in copied:
                del copied["/ToUnicode"]
        else:
            wide = copied.get("/Subtype") == pikepdf.Name.Type0
            codes = _codes(copied, wide)
            if not codes:
                continue
            copied["/ToUnicode"] = pdf.make_stream(_cmap(codes, exchange, wide))
        fonts[name] = pdf.make_indirect(copied)


def _own(pdf: pikepdf.Pdf, holder: pikepdf.Object, key: str) -> pikepdf.Object:
    """A copy of the dictionary that no other page shares; inherited ones are taken from the page's parents."""
    source = holder
    while key not in source and "/Parent" in source:
        source = source["/Parent"]
    holder[key] = pikepdf.Dictionary(dict(source[key].items())) if key in source else pikepdf.Dictionary()
    return holder[key]


def _exchange(damage: Unmapped, chance: np.random.Generator) -> dict[str, str]:
    if damage.how == "shifted":
        step = int(chance.choice([-3, -1, 1, 3, 29]))
        return {chr(code): chr(max(33, code + step)) for code in range(33, 256)}
    touched = [letter for letter in _LOWER if chance.random() < damage.share]
    turned = [touched[place] for place in chance.permutation(len(touched))]
    lower = dict(zip(touched, turned, strict=True))
    return lower | {one.upper(): other.upper() for one, other in lower.items()}


def _codes(font: pikepdf.Dictionary, wide: bool) -> dict[int, str]:
    """Code to text as the font's own map says; of simple fonts without one, as Latin-1 would."""
    if "/ToUnicode" in font:
        found = read_cmap(bytes(font["/ToUnicode"].read_bytes()))
        if found:
            return found
    return {} if wide else {code: chr(code) for code in (*range(33, 127), *range(161, 256))}


def read_cmap(data: bytes) -> dict[int, str]:
    """Read code to text out of a ToUnicode map."""
    found: dict[int, str] = {}
    for section in _SECTION.finditer(data):
        tokens = [
            bytes.fromhex(b"".join(token.group(1).split()).decode())
            if token.group(1) is not None
            else token.group()
            for token in _TOKEN.finditer(section.group(2))
        ]
        if section.group(1) == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                found[int.from_bytes(code)] = _text(text)
        else:
            _ranges(tokens, found)
    return found


def _ranges(tokens: list[bytes], found: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(tokens):
        first, last = int.from_bytes(tokens[at]), int.from_bytes(tokens[at + 1])
        last = min(last, first + 0xFFFF)
        if tokens[at + 2] == b"[":
            end = tokens.index(b"]", at + 3) if b"]" in tokens[at + 3 :] else len(tokens)
            for offset, text in enumerate(tokens[at + 3 : end]):
                found[first + offset] = _text(text)
            at = end + 1
            continue
        said = _text(tokens[at + 2])
        for offset in range(last - first + 1):
            if said and ord(said[-1]) + offset < 0xD800:
                found[first + offset] = said[:-1] + chr(ord(said[-1]) + offset)
        at += 3


def _text(data: bytes) -> str:
    return data.decode("utf-16-be", "replace") if len(data) > 1 else data.decode("latin-1")


def _cmap(codes: dict[int, str], exchange: dict[str, str], wide: bool) -> bytes:
    digits = 4 if wide else 2
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Damaged def /CMapType 2 def",
        f"1 begincodespacerange <{'0' * digits}> <{'F' * digits}> endcodespacerange",
    ]
    items = [item for item in codes.items() if item[0] < 16**digits]
    for start in range(0, len(items), 100):
        part = items[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        for code, text in part:
            said = "".join(exchange.get(character, character) for character in text)
            lines.append(f"<{code:0{digits}X}> <{said.encode('utf-16-be', 'replace').hex().upper()}>")
        lines.append("endbfchar")
    lines.append("endcmap end end")
    return "\n".join(lines).encode("ascii")
