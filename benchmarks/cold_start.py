"""How long docmill takes to begin: the command's help, and a run on one text document.

Beside it stands what the interpreter needs to import the libraries that docmill is built on and nothing
else, which is the least that a command using them could take. All are fresh processes; the files are in
the page cache after the first round, which is not counted. Wall time is what a person waits, CPU time is
what does not depend on the load of the machine.

``--python`` measures another environment, one with the base and the cpu extra only, say. It matters: where
pandas is installed (Ray Data brings it), pyarrow imports it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import measure

ROOT = Path(__file__).parents[1]
LIBRARIES = "import pyarrow, onnxruntime, typer, rich, pydantic"
LIMITS = {
    "docmill --help": 0.4,
    "docmill run, one text, shorten": 1.2,
    "docmill run, one text, parse + shorten": 1.2,
}
TEXT = "The patient was seen on Monday. She had no fever and went home on Tuesday in good health.\n"


def main() -> None:
    """Measure and print."""
    parser = measure.arguments(__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=9, help="runs of each command; the median is shown")
    parser.add_argument("--python", default=sys.executable, help="interpreter of the environment to measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = _measure(Path(folder), options.times, options.python)
    headers = ("command", "wall (s)", "CPU (s)", "of the libraries", "limit (s)", "within")
    libraries = rows[1]["wall_seconds"]
    shown = [
        (
            row["command"],
            f"{row['wall_seconds']:.2f}",
            f"{row['cpu_seconds']:.2f}",
            f"{row['wall_seconds'] / libraries:.1f} x",
            row["limit_seconds"] or "",
            "" if row["limit_seconds"] is None else ("yes" if row["within"] else "no"),
        )
        for row in rows
    ]
    print(measure.table(headers, shown))
    has_pandas = subprocess.run([options.python, "-c", "import pandas"], capture_output=True, check=False)
    load = measure.machine()["load_before"]
    print(
        f"\nMedian of {options.times} runs; load of the machine {load:.1f} (limits are for an idle one);",
        end=" ",
    )
    print("pandas is installed here" if has_pandas.returncode == 0 else "pandas is not installed here")
    print(measure.write("cold_start", {"times": options.times, "rows": rows}))


def _measure(folder: Path, times: int, python: str) -> list[dict[str, object]]:
    document = folder / "one.txt"
    document.write_text(TEXT, "utf-8")
    shorten = folder / "shorten.yaml"
    shorten.write_text("stages:\n  - shorten: {language: en}\n", "utf-8")
    both = ROOT / "configs" / "quickstart.yaml"
    docmill = ("-m", "pipeline")
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "the libraries alone": [python, "-c", LIBRARIES],
        "docmill --help": [python, *docmill, "--help"],
        "docmill run, one text, shorten": [
            python,
            *docmill,
            "run",
            shorten,
            document,
            "OUT",
            "--no-progress",
        ],
        "docmill run, one text, parse + shorten": [
            python,
            *docmill,
            "run",
            both,
            document,
            "OUT",
            "--no-progress",
        ],
    }
    wall: dict[str, list[float]] = {name: [] for name in commands}
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for number, (name, command) in enumerate(commands.items()):
            words = [str(folder / f"out-{turn}-{number}") if word == "OUT" else word for word in command]
            cost = measure.check(measure.run(words, folder=ROOT))
            if turn > 0:  # the first round fills the page cache
                wall[name].append(cost.wall_seconds)
                cpu[name].append(cost.cpu_seconds)
    return [
        {
            "command": name,
            "wall_seconds": statistics.median(wall[name]),
            "wall_all": wall[name],
            "cpu_seconds": statistics.median(cpu[name]),
            "limit_seconds": LIMITS.get(name),
            "within": name not in LIMITS or statistics.median(wall[name]) <= LIMITS[name],
        }
        for name in commands
    ]


if __name__ == "__main__":
    main()
