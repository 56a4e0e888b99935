"""Peak memory of ``docmill run`` on a corpus and on one ten times as large.

The memory is the sum of the resident memory of the command, its workers and its parser processes, looked
at every 50 milliseconds. The smaller corpus already fills several shards for each worker, as otherwise the
comparison would be won by having nothing to do.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import corpora, measure

ROOT = Path(__file__).parents[1]
LIMIT = 1.2


def main() -> None:
    """Measure and print."""
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with PDFs; without it the examples")
    parser.add_argument("--times", type=int, default=10, help="how much larger the larger corpus is")
    parser.add_argument("--megabytes", type=float, default=20, help="size of the smaller corpus of text")
    parser.add_argument("--pdf-copies", type=int, default=1, help="copies of the PDFs in the smaller corpus")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    files = corpora.pdfs(options.data)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "config.yaml"
        config.write_text(
            "stages:\n  - parse: {}\n  - shorten: {language: en}\nshards: {max_bytes: 4MiB}\nreport: {samples: 0}\n"
        )
        small = corpora.copies(files, folder / "pdf-small", options.pdf_copies)
        large = corpora.copies(files, folder / "pdf-large", options.pdf_copies * options.times)
        rows.append(_compare("PDFs", config, small, large, options.workers))
        small = corpora.texts(folder / "small.jsonl", options.megabytes)
        large = corpora.texts(folder / "large.jsonl", options.megabytes * options.times)
        rows.append(_compare("texts (JSONL)", config, small, large, options.workers))
    headers = ("corpus", "peak (MB)", f"peak at {options.times} x (MB)", "ratio", "limit", "within")
    shown = [
        (
            row["corpus"],
            f"{row['small_bytes'] / 1e6:.0f}",
            f"{row['large_bytes'] / 1e6:.0f}",
            f"{row['ratio']:.2f}",
            f"{LIMIT}",
            "yes" if row["ratio"] <= LIMIT else "no",
        )
        for row in rows
    ]
    print(measure.table(headers, shown))
    print(measure.write("memory", {"workers": options.workers, "times": options.times, "rows": rows}))


def _compare(name: str, config: Path, small: Path, large: Path, workers: int) -> dict[str, object]:
    peaks = [_peak(config, source, workers) for source in (small, large)]
    return {"corpus": name, "small_bytes": peaks[0], "large_bytes": peaks[1], "ratio": peaks[1] / peaks[0]}


def _peak(config: Path, source: Path, workers: int) -> int:
    with tempfile.TemporaryDirectory() as output:
        command = measure.docmill(
            "run", config, source, f"{output}/out", "--workers", str(workers), "--no-progress"
        )
        return measure.check(measure.run(command, folder=ROOT, memory_every=0.05)).peak_bytes


if __name__ == "__main__":
    main()
