"""What an engine adds to the work itself: bare stage calls, the local engine, Ray; one worker each.

The bare run reads the same files and calls the same stages batch by batch; it lists nothing, writes
nothing and survives nothing. "local" and "ray" are the engines as ``Pipeline.run`` calls them: planning,
hashes, part files, records, resume. "local + report" is ``docmill run``, which looks at the whole output
once more to make the report.

What a run takes before its first document (imports, starting Ray) is measured on one document and shown
apart: the net figures are those of the whole corpus less that. Runs take turns; of each, the least user and
the least system time count, since other work on the machine can only add to them. On Linux bare and local
runs are held on one core, so that both meet the same neighbours; Ray is not, because it counts cores. Ray's
processes are sampled, since the time of those that nobody waits for is lost otherwise.

On a shared machine the CPU time of one and the same run still varies by a tenth, more than what is looked
for, and where Ray's processes run beside a stage on the same core, the stage itself takes longer. So there is
a second figure, "with what it adds": the CPU time spent outside the stages' ``process`` and the parser's child,
over all processes of the run, Ray's own included. What an engine spends there beyond its peer is what it adds,
and its share of the peer's run hardly depends on the neighbours. The limits are judged by that one; both are
printed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psutil

from benchmarks import corpora, measure

ROOT = Path(__file__).parents[1]
BATCH_ROWS = 64
LIMITS = {"local": ("bare", 1.05), "local + report": ("bare", None), "ray": ("local", 1.15)}


def main() -> None:
    """Measure and print."""
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with PDFs; without it the examples")
    parser.add_argument(
        "--copies", type=int, default=12, help="copies of each PDF; the job should take a minute"
    )
    parser.add_argument("--repeat", type=int, default=3, help="runs of each engine")
    parser.add_argument(
        "--engines", default="bare,local,local + report,ray", help="which to run, with commas"
    )
    parser.add_argument("--bare", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--engine", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare is not None:
        _bare(options.bare)
        return
    if options.engine is not None:
        _engine(*options.engine)
        return
    engines = options.engines.split(",")
    files = corpora.pdfs(options.data)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "config.yaml"
        config.write_text("stages:\n  - parse: {}\n  - shorten: {language: en}\nreport: {samples: 0}\n")
        one = corpora.copies(files[:1], folder / "one", 1)
        whole = corpora.copies(files, folder / "whole", options.copies)
        begin: dict[str, list[measure.Cost]] = {engine: [] for engine in engines}
        total: dict[str, list[measure.Cost]] = {engine: [] for engine in engines}
        for source, costs in ((one, begin), (whole, total)):
            for _ in range(options.repeat):
                for engine in engines:
                    costs[engine].append(_run(engine, config, source))
    rows: list[dict[str, Any]] = []
    for engine in engines:
        start, least = _least(begin[engine]), _least(total[engine])
        net = {key: least[key] - start[key] for key in least}
        rounds = [cost.cpu_seconds - start["cpu"] for cost in total[engine]]
        rows.append({"engine": engine, "start": start, "total": least, "net": net, "rounds": rounds})
    _show(rows, len(files) * options.copies)
    print(measure.write("engines", {"documents": len(files) * options.copies, "rows": rows}))


def _least(costs: list[measure.Cost]) -> dict[str, float]:
    user = min(cost.cpu_seconds - cost.system_seconds for cost in costs)
    system = min(cost.system_seconds for cost in costs)
    wall = min(cost.wall_seconds for cost in costs)
    outside = min(cost.cpu_seconds - _inside(cost) for cost in costs)
    return {"cpu": user + system, "user": user, "system": system, "wall": wall, "outside": outside}


def _inside(cost: measure.Cost) -> float:
    return float(json.loads(cost.stdout.splitlines()[-1])["inside"])


def _show(rows: list[dict[str, Any]], documents: int) -> None:
    by_name = {row["engine"]: row for row in rows}
    shown = []
    for row in rows:
        peer, limit = LIMITS.get(row["engine"], ("", None))
        net = row["net"]
        ratio = spread = added = bound = within = ""
        if peer in by_name:
            base = by_name[peer]["net"]
            value = net["cpu"] / base["cpu"]
            by_round = [a / b for a, b in zip(row["rounds"], by_name[peer]["rounds"], strict=True)]
            ratio = f"{value:.3f}"
            spread = f"{min(by_round):.3f} {statistics.median(by_round):.3f} {max(by_round):.3f}"
            value = 1 + (net["outside"] - base["outside"]) / base["cpu"]
            added = f"{value:.3f}"
            bound = f"(x {peer})"
            if limit is not None:
                bound, within = f"{limit:.2f} x {peer}", "yes" if value <= limit else "no"
        outside = f"{net['outside']:.2f}"
        seconds = (row["start"]["cpu"], net["cpu"], net["user"], net["system"], net["wall"])
        shown.append(
            (
                row["engine"],
                *(f"{each:.2f}" for each in seconds),
                outside,
                ratio,
                spread,
                added,
                bound,
                within,
            )
        )
    headers = (
        "engine",
        "start CPU (s)",
        "net CPU (s)",
        "user",
        "system",
        "wall",
        "outside stages",
        "CPU ratio",
        "by round: least, median, most",
        "with what it adds",
        "limit",
        "within",
    )
    print(f"{documents} documents, one worker\n")
    print(measure.table(headers, shown))


def _run(engine: str, config: Path, source: Path) -> measure.Cost:
    here = [sys.executable, "-m", "benchmarks.engines"]
    with tempfile.TemporaryDirectory() as folder:
        if engine == "bare":
            command = [*here, "--bare", str(source)]
        else:
            command = [*here, "--engine", engine, str(config), str(source), f"{folder}/out"]
        if engine == "ray":
            return measure.check(_measured(command, cpu_every=0.25))
        with measure.one_core():
            return measure.check(_measured(command))


def _measured(command: list[str], cpu_every: float | None = None) -> measure.Cost:
    os.sync()  # what earlier runs wrote is not to be written during this one
    return measure.run(command, folder=ROOT, environment={"PYTHONPATH": str(ROOT)}, cpu_every=cpu_every)


class _Inside:
    """Counts the CPU time that the stages' ``process`` takes, the parser's child included, in this process
    and in any that gets a copy of the stages: each keeps its sum in a file of its own in ``folder``."""

    def __init__(self, stages: Iterable[Any], folder: str) -> None:
        self.folder = folder
        self.seconds = 0.0
        for stage in stages:
            stage.process = self._timed(stage.process)

    def _timed(self, process: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def timed(batch: Any) -> Any:
            before = _family_seconds()
            try:
                return process(batch)
            finally:
                self.seconds += _family_seconds() - before
                Path(self.folder, str(os.getpid())).write_text(str(self.seconds), "utf-8")

        return timed

    def tell(self) -> None:
        """Print the sum over all processes."""
        print(json.dumps({"inside": sum(float(f.read_text("utf-8")) for f in Path(self.folder).iterdir())}))


def _family_seconds() -> float:
    """CPU seconds of this process, its living children and those that have ended."""
    times = [child.cpu_times() for child in psutil.Process().children()]
    return measure.cpu_seconds() + sum(each.user + each.system for each in times)


def _engine(engine: str, config: str, source: str, output: str) -> None:
    """A whole run, with the report or without."""
    from pipeline import Pipeline

    with Pipeline.from_config(config) as pipeline, tempfile.TemporaryDirectory() as folder:
        inside = _Inside(pipeline.stages, folder)
        pipeline.run(source, output, engine="ray" if engine == "ray" else "local", workers=1)
        if engine == "local + report":
            from pipeline.report import write_report

            write_report(output)
        inside.tell()


def _bare(folder: Path) -> None:
    """Read files, call the stages, forget the result: the work without an engine."""
    import pyarrow as pa

    from pipeline import document
    from stages.parse.stage import Parse
    from stages.shorten.stage import Shorten

    schema = pa.schema([document.ID, document.BYTES, document.ERRORS_FIELD])
    stages = [Parse(), Shorten(language="en")]
    for stage in stages:
        stage.warm_up()
    kept = tempfile.TemporaryDirectory()
    inside = _Inside(stages, kept.name)
    files = sorted(folder.iterdir())
    for first in range(0, len(files), BATCH_ROWS):
        some = files[first : first + BATCH_ROWS]
        batch = pa.RecordBatch.from_arrays(
            [
                pa.array([file.name for file in some], document.ID.type),
                pa.array([file.read_bytes() for file in some], document.BYTES.type),
                pa.array([[] for _ in some], document.ERRORS),
            ],
            schema=schema,
        )
        for stage in stages:
            batch = stage.process(batch)
    for stage in stages:
        stage.close()
    inside.tell()
    kept.cleanup()


if __name__ == "__main__":
    main()
