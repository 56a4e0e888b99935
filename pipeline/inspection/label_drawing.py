"""Labels of lines as HTML and SVG: their colours, a bar of their shares, a legend, brackets beside a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources

from markupsafe import Markup

from models.line_labeller.labels import LABELS
from pipeline.console import figures
from pipeline.inspection.line_labels import Mark, Share


def style_sheet() -> Markup:
    """The colours and outlines of all labels."""
    # our own file: nothing in it is escaped
    return Markup((resources.files("pipeline.inspection") / "labels.css").read_text(encoding="utf-8"))  # noqa: S704


def hatches() -> Markup:
    """What fills the boxes of lines that are not in the text. It must stand once in a page."""
    parts = Markup("").join(
        Markup(
            '<pattern id="h{0}" class="l{0}" width="4" height="4" patternUnits="userSpaceOnUse">'
            '<path d="M-1 1L1 -1M0 4L4 0M3 5L5 3"/></pattern>'
        ).format(name)
        for name in (*range(len(LABELS)), "x")
    )
    return Markup('<svg class="hatches" aria-hidden="true"><defs>{}</defs></svg>').format(parts)


def share_bar(shares: Sequence[Share]) -> Markup:
    """A bar with a part for each label."""
    parts = Markup("").join(
        Markup('<span class="{}" style="--v:{}" title="{}"></span>').format(
            _styles(share.style, share.kept), share.lines, _told(share)
        )
        for share in shares
    )
    told = ", ".join(_told(share) for share in shares)
    return Markup('<div class="shares" role="img" aria-label="lines by label: {}">{}</div>').format(
        told, parts
    )


def legend(shares: Sequence[Share], *, switches: bool) -> Markup:
    """The labels with their colours, outlines and shares; with switches that show and hide their boxes."""
    return Markup('<ul class="labels">{}</ul>').format(
        Markup("").join(_entry(share, switches) for share in shares)
    )


def _entry(share: Share, switches: bool) -> Markup:
    stripes = "" if share.kept else Markup('<path d="M2 12L12 2M8 12L18 2M14 12L22 4"/>')
    chip = Markup(
        '<svg class="chip {}" viewBox="0 0 24 14" aria-hidden="true">'
        '<rect class="{}" x="1" y="1" width="22" height="12"/>{}</svg>'
    ).format(share.style, "" if share.kept else "dropped", stripes)
    words = Markup('{}{} <span class="note">{}{}</span>').format(
        chip,
        share.name,
        figures.share(share.lines, round(share.lines / share.part)),
        "" if share.kept else ", dropped",
    )
    if not switches:
        return Markup("<li>{}</li>").format(words)
    return Markup('<li><label><input type="checkbox" id="show-{}" checked> {}</label></li>').format(
        share.style, words
    )


def brackets(marks: Iterable[Mark], width: float, scale: float = 1.0) -> Markup:
    """Brackets with names in the margins left and right of a page that is ``width`` points wide. ``scale`` as for
    ``line_labels.marks``; the size of the letters is the style sheet's."""
    return Markup("").join(_bracket(mark, width, scale) for mark in marks)


def _bracket(mark: Mark, width: float, scale: float) -> Markup:
    thick, away, words = 2.5 * scale, 4.0, 4.0 + 6.0 * scale
    return Markup(
        '<rect class="bracket {0}" x="{1:.1f}" y="{2}" width="{3:.1f}" height="{4:.1f}" rx="1"/>'
        '<text class="tag {0}" x="{5:.1f}" y="{6}" text-anchor="{7}">{8}</text>'
    ).format(
        _styles(mark.style, mark.kept),
        width + away if mark.right else -away - thick,
        mark.top,
        thick,
        max(2.0, mark.bottom - mark.top),
        width + words if mark.right else -words,
        mark.base,
        "start" if mark.right else "end",
        mark.name,
    )


def _styles(style: str, kept: bool) -> str:
    return style if kept else f"{style} dropped"


def _told(share: Share) -> str:
    lines = figures.plural(share.lines, "line")
    return f"{share.name} {lines}" + ("" if share.kept else ", dropped")
