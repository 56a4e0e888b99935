"""The words of lines, which stand in the text, or in the text of their label where layout dropped them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def spans_fit(row: Mapping[str, Any]) -> bool:
    """Whether the spans of lines are of this text: a stage that replaced it may have left them."""
    return all(_inside(line, "start", "end", row.get("text") or "") for line in row.get("lines") or ())


def line_words(row: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], str]:
    """Return what gives the words of a line of a document as printed; "" where they are not known."""
    text = row.get("text") or "" if spans_fit(row) else ""
    texts = {entry["label"]: entry["text"] or "" for entry in row.get("label_texts") or ()}

    def words(line: Mapping[str, Any]) -> str:
        hyphen = line.get("hyphen") or ""
        if line.get("start") is not None:
            return f"{text[line['start'] : line['end']]}{hyphen}" if text else ""
        own = texts.get(line.get("label"), "")
        if line.get("label_start") is None or not _inside(line, "label_start", "label_end", own):
            return ""
        return f"{own[line['label_start'] : line['label_end']]}{hyphen}"

    return words


def _inside(line: Mapping[str, Any], start: str, end: str, text: str) -> bool:
    if line.get(start) is None or line.get(end) is None:
        return True  # in another text
    return 0 <= int(line[start]) <= int(line[end]) <= len(text)
