"""The propositions of a document as trees: each sentence, its cores, and their contexts with what links them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from pipeline.console.printable import one_line, printable

Proposition = Mapping[str, Any]


def draw(
    propositions: Sequence[Proposition],
    text: str | None,
    sentences: Sequence[Mapping[str, int]] | None,
    statuses: Sequence[str] | None,
    limit: int | None,
) -> tuple[Text, int]:
    """Draw the trees of the first sentences.

    Args:
        text, sentences, statuses: of the document, where it has them: what was split, and what came of it.
        limit: how many sentences to draw; None for all.

    Returns:
        The drawing, and how many sentences it leaves out.
    """
    by_sentence: dict[int, list[Proposition]] = {}
    for one in propositions:
        by_sentence.setdefault(one["sentence"], []).append(one)
    out = Text()
    shown = list(by_sentence)[:limit]
    for number in shown:
        status = statuses[number] if statuses and number < len(statuses) else None
        source = ""
        if text is not None and sentences is not None and number < len(sentences):
            source = one_line(text[sentences[number]["start"] : sentences[number]["end"]].strip())
        out.append(f"{number}", "bold")
        out.append(f"  {status or ''}  {source}".rstrip() + "\n", "dim")
        _draw_below(out, by_sentence[number], None, "")
    out.right_crop(1)
    return out, len(by_sentence) - len(shown)


def _draw_below(out: Text, found: Sequence[Proposition], parent: int | None, indent: str) -> None:
    here = [one for one in found if one["parent"] == parent]
    for at, one in enumerate(here):
        last = at + 1 == len(here)
        out.append(f"{indent}{'└─' if last else '├─'} ", "dim")
        label = _label(one, found)
        if label:
            out.append(f"{label} ", "cyan")
        out.append(f"{one['id']} ", "dim")
        out.append(printable(one["text"]))
        for link in one["links"]:
            if not any(other["id"] == link["target"] and other["parent"] == one["id"] for other in found):
                out.append(f"  {link['relation']} → {link['target']}", "dim")
        out.append("\n")
        _draw_below(out, found, one["id"], indent + ("   " if last else "│  "))


def _label(one: Proposition, found: Sequence[Proposition]) -> str:
    """What a context is to its parent, and the words that say so."""
    for other in found:
        if other["id"] != one["parent"]:
            continue
        for link in other["links"]:
            if link["target"] == one["id"]:
                cue = f" “{printable(link['cue'])}”" if link["cue"] else ""
                return f"{link['relation']}{cue}"
    return ""
