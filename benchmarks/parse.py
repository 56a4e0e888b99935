"""What the parse stage costs and gives beside bare pypdfium2, on real papers with reference text.

    python -m benchmarks.parse --data DIR

DIR holds ``manifest.json``, a list of records with ``pdf`` and ``reference``: paths of a PDF and of its text
in UTF-8. The peer is what one writes without docmill: ``get_text_range`` of every page. It leaves U+FFFE in
divided words; its scores are given as they come and with these joined, which is the stronger peer.

Word recall: the share of the reference's words (as a multiset) that the text has. Order recall: the longest
common subsequence of both word lists over the number of words of the reference. Words are runs of letters
and digits after NFKC and lower case. Both are means over documents.

Runs take turns; of each side the one with the least CPU time counts.

The stage's CPU time holds the start and the whole life of its child process; imports of the measuring
process are outside on both sides.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import measure
from models.page_router.quality import common, in_order, words

_REPEATS = 7
_BATCH = 16


def word_recall(reference: list[str], found: list[str]) -> float:
    """The share of the reference's words that were found, as multisets."""
    return common(reference, found) / len(reference)


def order_recall(reference: list[str], found: list[str]) -> float:
    """The longest common subsequence as a share of the reference."""
    return in_order(reference, found) / len(reference)


def bare(documents: list[bytes]) -> tuple[list[str], int]:
    """Text of the documents and number of pages, by pypdfium2 alone."""
    import pypdfium2

    texts = []
    pages = 0
    for data in documents:
        document = pypdfium2.PdfDocument(data)
        parts = []
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            parts.append(text_page.get_text_range())
            text_page.close()
            page.close()
        document.close()
        texts.append("\n".join(parts))
        pages += len(parts)
    return texts, pages


def stage(documents: list[bytes]) -> tuple[list[str], int]:
    """Text of the documents and number of pages, by the stage with its default options."""
    import pyarrow as pa

    from stages.parse.stage import Parse

    parse = Parse()
    parse.warm_up()
    texts: list[str] = []
    pages = 0
    for start in range(0, len(documents), _BATCH):
        part = documents[start : start + _BATCH]
        batch = pa.record_batch(
            {"id": [str(start + i) for i in range(len(part))], "bytes": pa.array(part, pa.large_binary())}
        )
        result = parse.process(batch)
        texts += [text or "" for text in result.column("text").to_pylist()]
        pages += len(result.column("pages").flatten())
    parse.close()
    return texts, pages


_SIDES = {"bare": bare, "stage": stage}


def _measured(side: str, data: Path, out: Path) -> None:
    """Run one side in this process; write its texts, pages and CPU seconds."""
    documents = [(data / entry["pdf"]).read_bytes() for entry in _manifest(data)]
    if side == "bare":
        import pypdfium2  # noqa: F401 - outside the measurement
    else:
        import pyarrow as pa

        import stages.parse.stage  # noqa: F401

        pa.array([b""])  # the first array imports pandas where it is installed, 0.3 s that are not parse's
    before = measure.cpu_seconds()
    texts, pages = _SIDES[side](documents)
    cpu = measure.cpu_seconds() - before
    out.write_text(json.dumps({"cpu_seconds": cpu, "pages": pages, "texts": texts}), "utf-8")


def _manifest(data: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((data / "manifest.json").read_text("utf-8"))
    return entries


def _compare(data: Path) -> dict[str, Any]:
    references = [words((data / entry["reference"]).read_text("utf-8")) for entry in _manifest(data)]
    sides: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        runs: dict[str, list[dict[str, Any]]] = {side: [] for side in _SIDES}
        peaks: dict[str, float] = {}
        for repeat in range(_REPEATS + 1):
            for side in _SIDES:  # taking turns, so that what else the machine does meets both
                command = [
                    sys.executable,
                    "-m",
                    "benchmarks.parse",
                    "--data",
                    data,
                    "--side",
                    side,
                    "--out",
                    out,
                ]
                # Looking at the memory of a process costs it time: one run for that alone.
                cost = measure.check(measure.run(command, memory_every=None if repeat else 0.02))
                if repeat:
                    runs[side].append(json.loads(out.read_text("utf-8")))
                else:
                    peaks[side] = cost.peak_bytes / 2**20
    for side, results in runs.items():
        texts = results[0]["texts"]
        sides[side] = {
            "pages": results[0]["pages"],
            # of the runs the one that was disturbed least: the neighbours can only add to CPU time
            "pages_per_cpu_second": max(run["pages"] / run["cpu_seconds"] for run in results),
            "peak_mib": peaks[side],
            **_scores(references, texts),
        }
        if side == "bare":
            joined = _scores(references, [text.replace("\ufffe", "") for text in texts])
            sides["bare, divided words joined"] = {**sides[side], **joined}
    ratio = sides["stage"]["pages_per_cpu_second"] / sides["bare"]["pages_per_cpu_second"]
    by_round = [
        one["cpu_seconds"] / other["cpu_seconds"]
        for one, other in zip(runs["bare"], runs["stage"], strict=True)
    ]
    return {"documents": len(references), "sides": sides, "speed_ratio": ratio, "by_round": sorted(by_round)}


def _scores(references: list[list[str]], texts: list[str]) -> dict[str, float]:
    found = [words(text) for text in texts]
    pairs = list(zip(references, found, strict=True))
    return {
        "word_recall": mean(word_recall(reference, got) for reference, got in pairs),
        "order_recall": mean(order_recall(reference, got) for reference, got in pairs),
    }


def main() -> None:
    """Measure, print the table, write benchmarks/results/parse.json."""
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with manifest.json, PDFs and references")
    parser.add_argument("--side", choices=_SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data DIR is needed")
    if given.side:
        _measured(given.side, given.data, given.out)
        return
    result = _compare(given.data)
    rows = [
        [
            side,
            got["pages_per_cpu_second"],
            f"{got['word_recall']:.4f}",
            f"{got['order_recall']:.4f}",
            got["peak_mib"],
        ]
        for side, got in result["sides"].items()
    ]
    print(measure.table(["text by", "pages/CPU-s", "word recall", "order recall", "peak MiB"], rows))
    least, middle, most = (result["by_round"][i] for i in (0, len(result["by_round"]) // 2, -1))
    print(
        f"\nstage / bare: {result['speed_ratio']:.2f} of the pages per CPU second (at least 0.5 wanted); "
        f"by round {least:.2f} to {most:.2f}, median {middle:.2f}"
    )
    measure.write("parse", result)


if __name__ == "__main__":
    main()
