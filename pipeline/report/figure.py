"""A distribution as a figure: chart, words beneath it, and the numbers as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.console import figures
from pipeline.console.printable import one_line
from pipeline.report.charts import Bar, Spread, bars, histogram, span
from pipeline.report.columns import Distribution
from pipeline.report.sketch import Sketch, bins

_TITLES = {
    # column, inner field, unit
    ("text", "", "words"): "Length of documents",
    ("short_text", "", "words"): "Length after shortening",
    ("short_spans", "", "% of text"): "Share of text kept",
    ("parse_status", "", ""): "Outcome of parse",
    ("short_status", "", ""): "Outcome of shorten",
}
_GOOD = frozenset({"ok", "yes", "done", "accepted"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and the same in words and numbers."""

    title: str
    subtitle: str
    chart: Markup
    caption: str
    heads: tuple[str, str]
    rows: Sequence[tuple[str, str]]


def figure(distribution: Distribution) -> Figure:
    """Draw a distribution."""
    d = distribution
    if d.values is not None:
        return _categories(d, d.values)
    if d.sketch is None:
        raise ValueError("a distribution has values or a sketch")
    return _spread(d, d.sketch)


def constant(distribution: Distribution) -> str | None:
    """The one value that all have that have any, in words; null when values differ."""
    d = distribution
    if d.values is not None and len(d.values) == 1:
        value = one_line(next(iter(d.values)), 60) or "(empty)"
    elif d.sketch is not None and d.sketch.least == d.sketch.greatest:
        value = f"{figures.number(d.sketch.least)}{f' {d.what}' if d.what else ''}"
    else:
        return None
    return f"{_name(d)} {value}" + (f" ({figures.count(d.missing)} without a value)" if d.missing else "")


def _name(d: Distribution) -> str:
    return one_line(f"{d.column}.{d.inner}" if d.inner else d.column, 80)


def _title(d: Distribution) -> str:
    known = _TITLES.get((d.column, d.inner, d.what))
    if known:
        return known
    name = _name(d)
    if d.what == "entries":
        name = name.replace("_", " ")
        return f"{name[:1].upper()}{name[1:]} per document"
    return f"Length of {name}" if d.what == "words" else name


def _subtitle(d: Distribution) -> str:
    told = [f"column {one_line(d.column, 60)}", f"by {d.what}" if d.what else ""]
    if d.of == "entries":
        told = [f"entries of {one_line(d.column, 60)}"]
    if d.missing:
        told.append(f"{figures.count(d.missing)} without a value")
    return ", ".join(t for t in told if t)


def _spread(d: Distribution, sketch: Sketch) -> Figure:
    parts, logarithmic = bins(sketch)
    p5, p25, p50, p75, p95 = (sketch.quantile(q) or 0.0 for q in (0.05, 0.25, 0.5, 0.75, 0.95))
    title, unit = _title(d), d.what
    number = figures.number if sketch.whole else _rough
    if sketch.least == sketch.greatest:
        caption = f"all {number(p50)}"
    else:
        caption = (
            f"median {number(p50)}, nine in ten from {number(p5)} to {number(p95)}, "
            f"least {figures.number(sketch.least)}, greatest {figures.number(sketch.greatest)}"
        )
    shown = f"{figures.plural(sketch.count, d.of.removesuffix('s') if d.of == 'documents' else 'entry', d.of)}: {caption}"
    chart = histogram(
        parts,
        Spread(p5, p25, p50, p75, p95),
        title,
        shown + (f" {unit}" if unit else ""),
        unit=unit,
        logarithmic=logarithmic,
        whole=sketch.whole,
    )
    scale = "; logarithmic scale" if logarithmic else ""
    rows = [(span(b, whole=sketch.whole), figures.count(b.amount)) for b in parts if b.amount]
    return Figure(title, _subtitle(d), chart, caption + scale, (unit or "value", d.of), rows)


def _rough(value: float) -> str:
    """Two digits: quantiles of measures are known to one percent."""
    return figures.number(float(f"{value:.1e}"))


def _categories(d: Distribution, values: Counter[str]) -> Figure:
    whole = sum(values.values())
    ordered = sorted(values.items(), key=lambda v: (-v[1], v[0]))
    statuses = d.column.endswith("status") or d.inner.endswith("status")
    items = [
        Bar(
            name or "(empty)",
            amount,
            f"{figures.count(amount)} \u00b7 {figures.share(amount, whole)}",
            "bar warn" if statuses and name not in _GOOD else "bar",
        )
        for name, amount in ordered
    ]
    rows = [(one_line(name, 60) or "(empty)", figures.count(amount)) for name, amount in ordered]
    told = ", ".join(f"{name} {amount}" for name, amount in rows)
    return Figure(_title(d), _subtitle(d), bars(items, _title(d), told), "", ("value", d.of), rows)
