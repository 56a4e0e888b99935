"""What an engine adds to the work itself: bare stage calls, the local engine, Ray; one worker each.

The bare run reads the same files and calls the same stages batch by batch; it lists nothing, writes
nothing and survives nothing. What a run takes before its first document (imports, planning, starting Ray)
is measured on one document and shown apart: the net figures are those of the whole corpus less that.
Runs take turns, and the smallest figure of each counts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import corpora, measure

ROOT = Path(__file__).parents[1]
BATCH_ROWS = 64
LIMITS = {"local": ("bare", 1.05), "ray": ("local", 1.15)}


def main() -> None:
    """Measure and print."""
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with PDFs; without it the examples")
    parser.add_argument(
        "--copies", type=int, default=12, help="copies of each PDF; the job should take a minute"
    )
    parser.add_argument("--repeat", type=int, default=2, help="runs of each engine")
    parser.add_argument("--engines", default="bare,local,ray", help="which to run, with commas")
    parser.add_argument("--bare", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare is not None:
        _bare(options.bare)
        return
    engines = options.engines.split(",")
    files = corpora.pdfs(options.data)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "config.yaml"
        config.write_text("stages:\n  - parse: {}\n  - shorten: {language: en}\nreport: {samples: 0}\n")
        one = corpora.copies(files[:1], folder / "one", 1)
        whole = corpora.copies(files, folder / "whole", options.copies)
        begin = {e: _least(e, config, one, options.repeat) for e in engines}
        total: dict[str, dict[str, float]] = {}
        for _ in range(options.repeat):
            for engine in engines:
                total[engine] = _smaller(total.get(engine), _run(engine, config, whole))
    rows = []
    for engine in engines:
        net = {key: total[engine][key] - begin[engine][key] for key in ("cpu", "wall")}
        rows.append({"engine": engine, "start": begin[engine], "total": total[engine], "net": net})
    _show(rows, len(files) * options.copies)
    print(measure.write("engines", {"documents": len(files) * options.copies, "rows": rows}))


def _show(rows: list[dict[str, object]], documents: int) -> None:
    net = {str(row["engine"]): row["net"] for row in rows}
    shown = []
    for row in rows:
        engine = str(row["engine"])
        peer, limit = LIMITS.get(engine, ("", 0.0))
        ratios = [f"{net[engine][k] / net[peer][k]:.3f}" if peer in net else "" for k in ("cpu", "wall")]
        within = "" if peer not in net else ("yes" if float(ratios[0]) <= limit else "no")
        shown.append(
            (
                engine,
                f"{row['start']['cpu']:.1f}",
                f"{row['start']['wall']:.1f}",
                f"{net[engine]['cpu']:.1f}",
                f"{net[engine]['wall']:.1f}",
                *ratios,
                f"{limit:.2f} x {peer}" if peer else "",
                within,
            )
        )
    headers = (
        "engine",
        "start CPU",
        "start wall",
        "net CPU (s)",
        "net wall (s)",
        "CPU ratio",
        "wall ratio",
        "limit",
        "within",
    )
    print(f"{documents} documents, one worker\n")
    print(measure.table(headers, shown))


def _least(engine: str, config: Path, source: Path, repeat: int) -> dict[str, float]:
    least: dict[str, float] | None = None
    for _ in range(repeat):
        least = _smaller(least, _run(engine, config, source))
    assert least is not None
    return least


def _smaller(one: dict[str, float] | None, other: dict[str, float]) -> dict[str, float]:
    return other if one is None else {key: min(one[key], other[key]) for key in other}


def _run(engine: str, config: Path, source: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as output:
        if engine == "bare":
            command = [sys.executable, "-m", "benchmarks.engines", "--bare", str(source)]
        else:
            command = measure.docmill(
                "run", config, source, f"{output}/out", "--engine", engine, "--workers", "1", "--no-progress"
            )
        cost = measure.check(measure.run(command, folder=ROOT, environment={"PYTHONPATH": str(ROOT)}))
    return {"cpu": cost.cpu_seconds, "wall": cost.wall_seconds}


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


if __name__ == "__main__":
    main()
