"""Speed and memory of the generator beside llama.cpp and onnxruntime-genai, on the same model and prompts.

Real text under the shipped prompts is continued greedily. Each measurement is a process of its own; the systems take
turns within a round, and the table has the medians of the rounds. Tokens per CPU second, not per second: wall time
says more about what else the machine is doing.

It needs the extras export and peers, and ``docmill models fetch smollm2-135m``. llama.cpp gets the file that export is
made of and two others made from it. ``--genai`` takes folders that onnxruntime-genai's own builder made of the same
weights (saved by transformers), which it does in an environment with transformers 5 only: ``python -m
onnxruntime_genai.models.builder -m x -i WEIGHTS -o int8 -p int8 -e cpu -c CACHE --extra_options int4_block_size=32
int4_accuracy_level=4``, and the same with ``-o int4 -p int4``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import measure
from benchmarks.rephrase_peers import files, prompts
from benchmarks.rephrase_peers.system import Setting
from models.causal_lm.folder import find, settings_of

ROOT = Path(__file__).parents[1]
PEERS = ("llama.cpp", "genai")
Runs = dict[tuple[str, str, int], list[dict[str, Any]]]  # by system, weights and threads
# threads of OpenMP (llama.cpp's) sleep while they wait, as those of ONNX Runtime do here: spinning is CPU time as well
WAITING = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"}
# how many times better than the best of a peer's variants docmill has to be; memory: at most so many times as much
BARS = {"prefill": 1.7, "decode 8": 1.5, "decode 1": 1.0, "memory": 2.5}


@dataclass(frozen=True)
class Figures:
    """Of one system with one number of threads."""

    prefill: float  # prompt tokens per CPU second
    decode_1: float  # new tokens per CPU second, one sequence at a time
    decode_8: float
    peak_mb: float  # with eight


def main() -> None:
    """Measure and print."""
    parser = measure.arguments(__doc__.splitlines()[0], data="the folder ud_en_ewt")
    parser.add_argument("--model", nargs="+", default=["smollm2-135m"], help="docmill's: names or folders")
    parser.add_argument("--genai", type=Path, nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--prompts", type=int, default=8, help="with eight at a time; half of them one by one"
    )
    parser.add_argument("--new", type=int, default=96, help="most new tokens for each")
    parser.add_argument("--llama-lookup", action="store_true", help="also llama.cpp's own n-gram speculation")
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data is needed: text to rephrase")
    texts = prompts.read(options.data, prompts.tokenizer(options.model[0]), options.prompts)
    measured: Runs = {}
    with tempfile.TemporaryDirectory() as name:
        many, few = Path(name) / "many.json", Path(name) / "few.json"
        many.write_text(json.dumps(texts), "utf-8")
        few.write_text(json.dumps(texts[: -(-len(texts) // 2)]), "utf-8")
        longest = max(map(len, texts)) + options.new + 8
        for number in range(options.rounds):
            for setting in _settings(options, longest):
                found = _child(setting, many if setting.rows > 1 else few, options.new)
                key = (setting.name, setting.variant, setting.threads)
                measured.setdefault(key, []).append({"rows": setting.rows, "round": number, **found})
                print(number, *key, setting.rows, found, file=sys.stderr, flush=True)
            _show(
                measured, options, texts
            )  # after each round: a long benchmark that is cut short has said something


def _show(measured: Runs, options: Namespace, texts: list[list[int]]) -> None:
    figures = {key: _figures(rows) for key, rows in measured.items()}
    rounds = 1 + max(run["round"] for rows in measured.values() for run in rows)
    for threads in options.threads:
        of_these = {key[:2]: value for key, value in figures.items() if key[2] == threads}
        print(f"\n{threads} thread{'s' * (threads > 1)}, tokens per CPU second, median of {rounds}\n")
        print(_table(of_these))
        print()
        print(_ratios(of_these))
    print(
        measure.write(
            "rephrase_generation",
            {
                "prompt_tokens": [len(text) for text in texts],
                "new": options.new,
                "figures": [{"system": key, **asdict(value)} for key, value in figures.items()],
                "measured": [{"system": key, "runs": rows} for key, rows in measured.items()],
            },
        ),
        flush=True,
    )


def _settings(options: Namespace, capacity: int) -> Iterator[Setting]:
    ours = [("docmill", settings_of(find(model)).precision, model) for model in options.model]
    made = measure.RESULTS / "gguf"
    published = files.original(made)
    llama = [("llama.cpp", "Q4_1", str(published))]
    for kind in ("Q4_0", "Q8_0"):
        llama.append(("llama.cpp", kind, str(files.requantised(published, made / f"{kind}.gguf", kind))))
    genai = [("genai", path.name, str(path.resolve())) for path in options.genai]
    count = {1: -(-options.prompts // 2), 8: options.prompts}
    for threads in options.threads:
        for rows in (1, 8):
            for name, variant, path in [*ours, *llama, *genai]:
                yield Setting(name, variant, path, threads, rows, count[rows], capacity, name == "docmill")
            if options.llama_lookup and rows == 1:
                for name, variant, path in llama:
                    yield Setting(
                        name,
                        f"{variant}, n-grams",
                        path.resolve(),
                        threads,
                        rows,
                        count[rows],
                        capacity,
                        True,
                    )


def _child(setting: Setting, texts: Path, new: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.rephrase_peers.child"]
    command += [json.dumps(asdict(setting)), str(texts), str(new)]
    with measure.one_core() if setting.threads == 1 else nullcontext():
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | WAITING, capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        raise SystemExit(
            f"{setting.name} {setting.variant} ended with {done.returncode}:\n{done.stderr[-2000:]}"
        )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _figures(runs: list[dict[str, Any]]) -> Figures:
    def speed(rows: int, tokens: str, seconds: str) -> float:
        return median([run[tokens] / run[seconds] for run in runs if run["rows"] == rows] or [float("nan")])

    return Figures(
        # the better of the two ways, for every system
        max(speed(rows, "prompt_tokens", "prefill_seconds") for rows in (1, 8)),
        speed(1, "decoded_tokens", "decode_seconds"),
        speed(8, "decoded_tokens", "decode_seconds"),
        median([run["peak_bytes"] for run in runs if run["rows"] == 8] or [float("nan")]) / 1e6,
    )


def _table(figures: dict[tuple[str, str], Figures]) -> str:
    headers = ("system", "weights", "prefill", "decode, 1 at a time", "decode, 8 at a time", "peak (MB)")
    return measure.table(
        headers,
        [(*key, one.prefill, one.decode_1, one.decode_8, one.peak_mb) for key, one in figures.items()],
    )


def _ratios(figures: dict[tuple[str, str], Figures]) -> str:
    rows = []
    for (name, variant), own in figures.items():
        if name != "docmill":
            continue
        for peer in PEERS:
            theirs = [one for key, one in figures.items() if key[0] == peer]
            if not theirs:
                continue
            ratios = {
                "prefill": own.prefill / max(one.prefill for one in theirs),
                "decode 8": own.decode_8 / max(one.decode_8 for one in theirs),
                "decode 1": own.decode_1
                / max(one.decode_1 for one in theirs if one.decode_1 == one.decode_1),
                "memory": own.peak_mb / min(one.peak_mb for one in theirs if one.peak_mb == one.peak_mb),
            }
            for what, bar in BARS.items():
                met = ratios[what] <= bar if what == "memory" else ratios[what] >= bar
                rows.append((variant, peer, what, ratios[what], f"{bar}", "yes" if met else "no"))
    headers = ("docmill's weights", "against the best of", "what", "ratio", "bar", "met")
    return measure.table(headers, rows)


if __name__ == "__main__":
    main()
