"""The page: figures of a run put into words and charts, and those into the template."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from markupsafe import Markup

from pipeline import totals
from pipeline.console import figures
from pipeline.console.printable import one_line, printable
from pipeline.console.summary import moment, stage_seconds
from pipeline.inspection.folder import Folder
from pipeline.inspection.label_drawing import style_sheet
from pipeline.report import label_maps, page_map
from pipeline.report.advice import advice
from pipeline.report.charts import Bar, bars
from pipeline.report.duration import working_seconds
from pipeline.report.failures import Failure
from pipeline.report.figure import constant, figure
from pipeline.report.samples import Sample
from pipeline.report.scan import Scan
from pipeline.report.settings import as_yaml, without_login
from pipeline.report.template import load

_FIGURES = 40  # more would be a catalogue
_NAME, _ID, _MESSAGE = 80, 400, 600  # characters shown; whoever writes them may write any number
_STATUS = {"done": "done", "failed": "failed", "running": "not finished"}


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that one looks at first."""

    name: str
    value: str
    notes: Sequence[str] = ()
    style: str = ""


def page(
    folder: Folder,
    scan: Scan,
    failed: Sequence[Failure],
    samples: Sequence[Sample],
    labels: label_maps.Section | None = None,
) -> str:
    """Return the report as HTML. Everything that comes from outside is escaped by the template."""
    manifest = folder.manifest
    total = totals.add(r.totals for r in folder.records)
    wall, runs = working_seconds(manifest, folder.records)
    here = resources.files("pipeline.report")
    template = load((here / "report.html.j2").read_text(encoding="utf-8"), finalize=_spelt_out)
    status = str(manifest.get("status"))
    source = manifest.get("input") or {}
    name = without_login(str(source.get("given") or source.get("location") or folder.store.given))
    varied = [d for d in scan.distributions if constant(d) is None]
    shown = varied[:_FIGURES]
    return template.render(
        # our own style sheet: the only thing besides charts that is not escaped
        css=Markup((here / "report.css").read_text(encoding="utf-8")),  # noqa: S704
        name=printable(name),
        status=_STATUS.get(status, one_line(status, 40)),
        good=status == "done",
        facts=_facts(manifest),
        headlines=_headlines(folder, total, wall, runs, failed),
        stages=_stages(manifest, total),
        failures=[_failure(f, folder.store.given) for f in failed],
        documents_with_errors=total.get("documents_with_errors", 0),
        inspect=f"docmill inspect {shlex.quote(printable(folder.store.given))} ID",
        figures=[figure(d) for d in shown],
        figures_more=len(varied) - len(shown),
        constants=[c for d in scan.distributions if (c := constant(d)) is not None],
        scan=scan,
        all_read=scan.read == scan.rows,
        parsers=page_map.section(scan, manifest),
        labels=labels,
        label_styles=style_sheet() if labels else "",
        samples=samples,
        documents=_documents(scan),
        settings=as_yaml(manifest.get("config") or {}),
        models=_models(manifest),
        versions=[(printable(str(k)), printable(str(v))) for k, v in _versions(manifest)],
        fingerprint=printable(str(manifest.get("fingerprint") or figures.MISSING)),
        count=figures.count,
        plural=figures.plural,
    )


def _spelt_out(value: Any) -> Any:
    """Words without control characters; markup of our own is markup already."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _facts(manifest: dict[str, Any]) -> list[str]:
    """The line under the heading."""
    source = manifest.get("input") or {}
    facts = []
    finished = moment(manifest.get("finished"))
    if finished:
        facts.append(f"finished {_date(finished)}")
    else:
        started = moment(manifest.get("started"))
        facts.append(f"started {_date(started)}" if started else "not started")
    if source.get("files") is not None:
        size = f", {figures.size(source['bytes'])}" if source.get("bytes") is not None else ""
        facts.append(f"{figures.plural(source['files'], 'input file')}{size}")
    engine = f"{manifest.get('engine') or '?'} engine"
    if manifest.get("workers"):
        engine += f", {figures.plural(manifest['workers'], 'worker')}"
    facts += [
        engine,
        f"profile {manifest.get('profile') or '?'}",
        f"docmill {manifest.get('docmill') or '?'}",
    ]
    return [one_line(fact, 120) for fact in facts]


def _date(when: datetime) -> str:
    return f"{when.day} {when:%B %Y, %H:%M} {when.tzname() or ''}".strip()


def _headlines(
    folder: Folder, total: dict[str, Any], wall: float | None, runs: int, failed: Sequence[Failure]
) -> list[Headline]:
    documents, pages, words = (total.get(k) or 0 for k in ("documents", "pages", "words"))
    bad = total.get("documents_with_errors") or 0
    errors = sum(f.count for f in failed)
    work = sum((total.get("seconds") or {}).values())
    planned = (folder.manifest.get("input") or {}).get("rows")
    speed, _, unit = figures.rate(documents, wall, "documents").partition(" ")
    pages_speed = figures.rate(pages, wall, "pages") if pages and wall else ""
    volume = f"{figures.size(total['bytes_in'] / wall)}/s read" if wall and total.get("bytes_in") else ""
    unfinished = folder.manifest.get("status") != "done" and planned
    return [
        Headline(
            "documents",
            figures.count(documents),
            [f"of {figures.count(planned)} planned"]
            if unfinished
            else [figures.plural(len(folder.records), "part file")],
        ),
        Headline(
            "pages",
            figures.count(pages) if pages else figures.MISSING,
            [f"{figures.number(pages / documents)} per document"] if pages >= documents > 0 else [],
        ),
        Headline(
            "words",
            figures.count(words),
            [f"{figures.count(words / documents)} per document"] if documents else [],
        ),
        Headline(
            "errors",
            figures.count(errors),
            [f"in {figures.plural(bad, 'document')}", f"{figures.share(bad, documents)} of all"]
            if errors
            else ["every document is whole"],
            "bad" if errors else "good",
        ),
        Headline(
            "time",
            figures.seconds(wall),
            [f"{figures.seconds(work)} of work", *(["over several runs"] if runs > 1 else [])],
        ),
        Headline("throughput", speed, [n for n in (unit, pages_speed, volume) if n]),
    ]


def _stages(manifest: dict[str, Any], total: dict[str, Any]) -> dict[str, Any] | None:
    spent = stage_seconds(manifest, total)
    whole = sum(s for _, s in spent)
    if not whole:
        return None
    documents = total.get("documents") or 0

    def each(seconds: float) -> str:
        return f"{figures.seconds(seconds / documents)} per document" if documents else ""

    items = [
        Bar(name, s, f"{figures.seconds(s)} \u00b7 {figures.share(s, whole)}", "bar") for name, s in spent
    ]
    told = ", ".join(f"{name} {figures.seconds(s)}" for name, s in spent)
    rows = [(one_line(n, 60), figures.seconds(s), figures.share(s, whole), each(s)) for n, s in spent]
    return {
        "chart": bars(items, "Seconds of work by stage", told),
        "rows": rows,
        "whole": figures.seconds(whole),
    }


def _failure(failure: Failure, output: str) -> dict[str, Any]:
    messages = {case.message for case in failure.cases}
    common = messages.pop() if len(messages) == 1 else ""
    first = failure.cases[0].doc_id if failure.cases else "ID"
    return {
        "anchor": _anchor(f"{failure.stage}-{failure.code}"),
        "stage": one_line(failure.stage, _NAME),
        "code": one_line(failure.code, _NAME),
        "count": failure.count,
        "advice": advice(failure.code, failure.kind),
        "message": one_line(common, _MESSAGE),
        "cases": [
            (one_line(c.doc_id, _ID), "" if common else one_line(c.message, _MESSAGE)) for c in failure.cases
        ],
        "more": failure.more,
        "command": f"docmill inspect {shlex.quote(output)} {shlex.quote(first)}" if len(first) <= _ID else "",
    }


def _anchor(name: str) -> str:
    """A name that may stand in a link; two names never share one."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "", name)[:_NAME]
    return plain if plain == name else f"{plain}.{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _documents(scan: Scan) -> dict[str, Any]:
    heads = list(dict.fromkeys(h for d in scan.documents for h in d.cells))
    filled = [h for h in heads if any(d.cells.get(h) is not None for d in scan.documents)][:7]
    rows = [
        (
            one_line(d.place.doc_id, _ID),
            d.errors,
            [
                one_line(v, _NAME) if isinstance(v := d.cells.get(h), str) else figures.number(v)
                for h in filled
            ],
        )
        for d in scan.documents
    ]
    numeric = [not any(isinstance(d.cells.get(h), str) for d in scan.documents) for h in filled]
    return {"heads": list(zip([one_line(h, _NAME) for h in filled], numeric, strict=True)), "rows": rows}


def _models(manifest: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Stage, version, models and what else decides its result."""
    rows = []
    for stage in manifest.get("stages") or ():
        models = ", ".join(f"{name} {str(sha)[:12]}" for name, sha in (stage.get("models") or {}).items())
        others = ", ".join(f"{name} {v}" for name, v in (stage.get("dependencies") or {}).items())
        rows.append(
            (
                one_line(str(stage.get("stage")), 60),
                one_line(str(stage.get("version")), 60),
                one_line(models or "none", 400),
                one_line(others or "none", 400),
            )
        )
    return rows


def _versions(manifest: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [("docmill", manifest.get("docmill")), *(manifest.get("versions") or {}).items()]
