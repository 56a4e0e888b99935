"""The table a run ends with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.console import figures
from pipeline.console.encoding import tolerate
from pipeline.console.printable import one_line

if TYPE_CHECKING:
    from rich.console import Console

_ERRORS_SHOWN = 10
_HEADINGS = {"done": "done", "failed": "failed", "running": "not finished"}


def print_summary(manifest: Mapping[str, Any], output: str, report: str | None, console: Console) -> None:
    """Print what a job did: documents, pages, words, errors by code, seconds per stage, where it lies.

    Args:
        manifest: the content of ``_docmill/manifest.json``. Its optional ``resumed`` holds totals of what
            earlier runs had committed: part of the counts, not of the speed.
        output: OUTPUT as the user gave it.
        report: location of the HTML report; null when none was written.
    """
    from rich.table import Table
    from rich.text import Text

    tolerate(console)
    totals = manifest.get("totals") or {}
    documents = totals.get("documents", 0)
    failed = totals.get("documents_with_errors", 0)
    wall = wall_seconds(manifest)
    status = str(manifest.get("status"))

    heading = Text("docmill ").append(
        _HEADINGS.get(status, status), "bold green" if status == "done" else "bold red"
    )
    if wall is not None:
        heading.append(f" in {figures.seconds(wall)}")
    console.print()
    console.print(heading)

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")

    def add(name: str, value: str, note: str = "") -> None:
        table.add_row(Text(name), Text(value), Text(note, style="dim"))

    bad = f"{figures.count(failed)} with errors" if failed else "none with errors"
    add("documents", figures.count(documents), bad if documents else "")
    if totals.get("pages"):
        add("pages", figures.count(totals["pages"]))
    add("words", figures.count(totals.get("words")))
    before = manifest.get("resumed") or {}
    new = {k: (totals.get(k) or 0) - (before.get(k) or 0) for k in ("documents", "pages", "bytes_in")}
    if wall and new["documents"] > 0:
        speed, _, unit = figures.rate(new["documents"], wall, "documents").partition(" ")
        pages = figures.rate(new["pages"], wall, "pages") if new["pages"] > 0 else ""
        volume = f"{figures.size(new['bytes_in'] / wall)}/s read" if new["bytes_in"] > 0 else ""
        add("throughput", speed, ", ".join(filter(None, (unit, pages, volume))))
    errors = sorted((totals.get("errors") or {}).items(), key=lambda e: (-e[1], e[0]))
    for number, (code, amount) in enumerate(errors[:_ERRORS_SHOWN]):
        table.add_row(
            Text("" if number else "errors"),
            Text(figures.count(amount), style="red"),
            Text(one_line(code, 60)),
        )
    if len(errors) > _ERRORS_SHOWN:
        rest = errors[_ERRORS_SHOWN:]
        add("", figures.count(sum(n for _, n in rest)), f"of {len(rest)} more kinds")
    spent = stage_seconds(manifest, totals)
    whole = sum(amount for _, amount in spent)
    for number, (stage, amount) in enumerate(spent):
        note = f"{one_line(stage, 40)}, {figures.share(amount, whole)}"
        add("" if number else "work", figures.seconds(amount), note)
    console.print(table, highlight=False)

    # whole lines, so that a path can be selected and pasted
    places = [("output", output), ("report", report)]
    if failed:
        places.append(("look at", f"docmill inspect {one_line(output)} ID"))
    for name, place in places:
        if place:
            line = Text(f"{name:<10}", style="dim").append(f"  {one_line(place)}", "not dim")
            console.print(line, soft_wrap=True, highlight=False)


def stage_seconds(manifest: Mapping[str, Any], totals: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Seconds of work by stage, summed over workers, in the order in which a document passes through."""
    spent = dict(totals.get("seconds") or {})
    order = ["read", *(str(s.get("stage")) for s in manifest.get("stages") or ())]
    last = [name for name in spent if name not in order and name != "write"]
    return [(name, spent[name]) for name in (*order, *last, "write") if name in spent]


def wall_seconds(manifest: Mapping[str, Any]) -> float | None:
    """Seconds from start to finish; null while the job runs."""
    started, finished = moment(manifest.get("started")), moment(manifest.get("finished"))
    return (finished - started).total_seconds() if started and finished else None


def moment(text: Any) -> datetime | None:
    """An ISO 8601 time, in UTC when it does not say; null when there is none."""
    if not isinstance(text, str) or not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
