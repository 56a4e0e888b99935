"""The section on rephrasings: what became of them, and how they read, by style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.console import figures
from pipeline.console.printable import one_line
from pipeline.report.charts import Bar, bars
from pipeline.report.rephrasing_counts import RephrasingCounts, StyleFigures

_REASONS = 16  # shown


@dataclass(frozen=True, slots=True)
class Section:
    """What the template shows: ``rows`` of styles under ``heads``, and a chart of reasons."""

    lead: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    reasons: Markup | None
    reason_rows: Sequence[tuple[str, str]]
    notes: Sequence[str]


def section(counts: RephrasingCounts | None) -> Section | None:
    """Return the section; None when there are no rephrasings."""
    if counts is None or not counts.styles:
        return None
    total: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for each in counts.styles.values():
        total += each.statuses
        reasons += each.reasons
    whole = total.total()
    said = [f"{figures.share(total['ok'], whole)} of {figures.plural(whole, 'rephrasing')} passed the gates."]
    if total["rejected"]:
        said.append(f"Rejected: {figures.count(total['rejected'])}.")
    if total["error"]:
        said.append(f"Without an answer: {figures.count(total['error'])}.")
    embedded = any(each.means["similarity"].count for each in counts.styles.values())
    heads = ["style", "passed", "rejected", "no answer", "tokens", "words shared", "with others"]
    heads += ["embeddings"] if embedded else []
    heads += ["grade before", "grade after", "variety"]
    common = reasons.most_common(_REASONS)
    chart = None
    if common:
        items = [Bar(one_line(name, 40), n, figures.count(n), "bar warn") for name, n in common]
        told = ", ".join(f"{one_line(name, 40)} {figures.count(n)}" for name, n in common)
        chart = bars(items, "Reasons of rejections and errors", told)
    return Section(
        " ".join(said),
        heads,
        [_row(name, each, embedded=embedded) for name, each in counts.styles.items()],
        chart,
        [(one_line(name, 40), figures.count(n)) for name, n in common],
        [_NOTE, *([_EMBEDDED] if embedded else [])],
    )


def _row(name: str, each: StyleFigures, *, embedded: bool) -> list[str]:
    whole = each.statuses.total()
    before, after = each.tokens
    cells = [
        one_line(name, 40),
        f"{figures.count(each.statuses['ok'])} ({figures.share(each.statuses['ok'], whole)})",
        figures.count(each.statuses["rejected"]),
        figures.count(each.statuses["error"]),
        f"{figures.count(before)} \u2192 {figures.count(after)}" if before else figures.MISSING,
        _number(each.alike.value),
        _number(each.unlike.value),
    ]
    if embedded:
        cells.append(_number(each.means["similarity"].value))
    cells += [_number(each.means[n].value) for n in ("passage_grade", "reading_grade", "type_token_ratio")]
    return cells


def _number(value: float | None) -> str:
    return figures.MISSING if value is None else f"{value:.2f}"


_NOTE = (
    "Of those that passed. Tokens: of the passages and of their rephrasings, as the model counts. Words shared: mean "
    "cosine of the words of a rephrasing and its passage, and with others, a passage of another document: what is "
    "unrelated. Grade: years of school that English text asks for (Flesch-Kincaid). Variety: distinct words per word, "
    "in windows of 50."
)
_EMBEDDED = "Embeddings: mean cosine of the embeddings of rephrasing and passage."
