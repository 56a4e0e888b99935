"""How well and how fast docmill finds sentences beside the splitters one would use offline.

    python -m benchmarks.segment --data DIR [--models fast accurate] [--split test|dev]

DIR (or its folder ``segment``) holds ``sentences/CORPUS/SPLIT.jsonl`` as ``models.sentence_boundary.data``
reads it. Every splitter sees the same records, clean and corrupted (lower case, no punctuation). docmill runs
as the stage ``segment`` with default options and without a language hint; the peers are told the language.

The score is boundary F1 (``models.sentence_boundary.scoring``), micro over a corpus, mean over corpora. "The
nine" are the treebanks of ``data.NINE``. Corpora of which docmill's models saw training sentences stand apart
from the others, for all splitters alike. Speed is characters per CPU second on English EWT, one thread, the
best of three passes over the records, opening the splitter not counted.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from benchmarks import measure, splitters
from models.sentence_boundary import data, scoring
from models.sentence_boundary.opening import find

_SPEED_CORPUS = "ud_en_ewt"
_PASSES = 3
_BATCH = 64  # documents in a record batch
_BLOCKS = {"accurate": 256}  # tokens a family looks at: with this stride nothing is looked at twice

Split = Callable[[Sequence[data.Record]], list[Sequence[int]]]
Scores = dict[str, tuple[scoring.Counts, scoring.Counts]]  # clean and corrupted, by corpus


def main() -> None:
    """Command line."""
    options = _arguments().parse_args()
    if options.data is None:
        raise SystemExit("give --data DIR: the folder with sentences/CORPUS/SPLIT.jsonl")
    folder = options.data / "segment" if (options.data / "segment").is_dir() else options.data
    corpora = {
        name: data.records(folder, name, options.split) for name in data.corpora(folder, options.split)
    }
    peers, missing = splitters.installed()
    systems: dict[str, tuple[Split, frozenset[str]]] = {
        f"docmill {name}": (stage_of(name), frozenset()) for name in options.models
    }
    systems |= {peer.name: (_peer(peer.make()), peer.languages) for peer in peers}

    scores: dict[str, Scores] = {}
    speed: dict[str, float] = {}
    for name, (split, languages) in systems.items():
        print(f"{name} ...", file=sys.stderr)
        scores[name] = _scores(split, corpora, languages)
        speed[name] = _speed(split, corpora[_SPEED_CORPUS])
    trained = {name: frozenset(find(name).settings.get("trained_on", ())) for name in options.models}
    seen = frozenset().union(*trained.values())
    nine = _nine(corpora)
    if missing:
        print(f"not installed, so not measured: {', '.join(missing)}\n")
    print(f"## Summary ({options.split}; F1 x 100, clean / corrupted)\n")
    print(_summary(scores, speed, nine, seen), "\n")
    print("## By corpus\n")
    print(_by_corpus(scores, seen), "\n")
    print(_behind(scores, [f"docmill {name}" for name in options.models]))
    for name in options.models:
        if find(name).family in _BLOCKS:
            alone = _speed(stage_of(name, _BLOCKS[find(name).family]), corpora[_SPEED_CORPUS])
            print(f"- docmill {name} without overlap: {alone / 1000:.1f} k characters / CPU s")
    measure.write(
        "segment" if options.split == "test" else f"segment-{options.split}",
        {
            "split": options.split,
            "nine": nine,
            "trained_on": {name: sorted(some) for name, some in trained.items()},
            "not_installed": missing,
            "characters_per_cpu_second": speed,
            "scores": {name: _plain(some) for name, some in scores.items()},
        },
    )


def _arguments() -> argparse.ArgumentParser:
    parser = measure.arguments(
        "How well and how fast docmill finds sentences beside offline splitters.",
        data="folder with sentences/CORPUS/SPLIT.jsonl, or with segment/sentences/...",
    )
    parser.add_argument(
        "--models", nargs="+", default=["fast", "accurate"], help="models of the stage segment"
    )
    parser.add_argument("--split", choices=("test", "dev"), default="test")
    return parser


def stage_of(model: str, stride: int | None = None) -> Split:
    """The stage as a splitter of records, with default options but for the stride."""
    from stages.segment.stage import Segment

    stage = Segment(model=model, stride=stride)
    stage.profile = "edge"
    stage.warm_up()

    def split(records: Sequence[data.Record]) -> list[Sequence[int]]:
        found: list[Sequence[int]] = []
        for first in range(0, len(records), _BATCH):
            texts = [record.text for record in records[first : first + _BATCH]]
            batch = pa.record_batch(
                {"id": [str(i) for i in range(len(texts))], "text": texts, "errors": [[]] * len(texts)}
            )
            sentences = stage.process(batch).column("sentences")
            offsets, ends = sentences.offsets.to_pylist(), sentences.values.field("end").to_pylist()
            found.extend(ends[a:b] for a, b in itertools.pairwise(offsets))
        return found

    return split


def _peer(one: splitters.Split) -> Split:
    return lambda records: [one(record.text, record.language) for record in records]


def _scores(split: Split, corpora: Mapping[str, Sequence[data.Record]], languages: frozenset[str]) -> Scores:
    scores = {}
    for name, clean in corpora.items():
        if languages and not {record.language for record in clean} <= languages:
            continue
        both = []
        for records in (clean, [data.corrupted(record) for record in clean]):
            ends = split(records)
            both.append(
                scoring.total(
                    scoring.compare(record.text, record.sentence_ends, some)
                    for record, some in zip(records, ends, strict=True)
                )
            )
        scores[name] = (both[0], both[1])
    return scores


def _speed(split: Split, records: Sequence[data.Record]) -> float:
    seconds = []
    for _ in range(_PASSES):
        before = measure.cpu_seconds()
        split(records)
        seconds.append(measure.cpu_seconds() - before)
    return sum(len(record.text) for record in records) / max(min(seconds), 1e-6)


def _nine(corpora: Mapping[str, object]) -> list[str]:
    """The nine, or of a dev split the treebanks that stand for them."""
    return [name for name in data.NINE if name in corpora]


def _summary(
    scores: Mapping[str, Scores], speed: Mapping[str, float], nine: Sequence[str], seen: frozenset[str]
) -> str:
    groups = {
        f"the nine ({len(nine)})": nine,
        "English EWT": [_SPEED_CORPUS],
        "seen in training": [name for name in nine if name in seen],
        "not seen": [name for name in nine if name not in seen],
    }
    rows = []
    for system, some in scores.items():
        cells = [
            _pair([some[name] for name in names]) if names and all(name in some for name in names) else "-"
            for names in groups.values()
        ]
        rows.append([system, *cells, speed[system] / 1000])
    return measure.table(["", *groups, "k characters / CPU s"], rows)


def _by_corpus(scores: Mapping[str, Scores], seen: frozenset[str]) -> str:
    names = sorted({name for some in scores.values() for name in some})
    rows = [
        [
            name + (" (seen)" if name in seen else ""),
            *(_pair([some[name]]) if name in some else "-" for some in scores.values()),
        ]
        for name in names
    ]
    return measure.table(["", *scores], rows)


def _behind(scores: Mapping[str, Scores], ours: Sequence[str]) -> str:
    """Say where a peer is ahead."""
    lines = []
    for own in ours:
        for name, mine in sorted(scores[own].items()):
            for which, label in enumerate(("clean", "corrupted")):
                peers = {
                    peer: some[name][which].f1
                    for peer, some in scores.items()
                    if peer not in ours and name in some
                }
                ahead = {peer: f1 for peer, f1 in peers.items() if f1 > mine[which].f1}
                if ahead:
                    best = max(ahead, key=lambda peer: ahead[peer])
                    lines.append(
                        f"- {own} is behind {best} on {name}, {label}: "
                        f"{100 * mine[which].f1:.1f} to {100 * ahead[best]:.1f}"
                    )
    return "\n".join(lines) or "No peer is ahead on any corpus."


def _pair(corpora: Sequence[tuple[scoring.Counts, scoring.Counts]]) -> str:
    clean, corrupted = (100 * scoring.macro_f1([pair[which] for pair in corpora]) for which in (0, 1))
    return f"{clean:.1f} / {corrupted:.1f}"


def _plain(scores: Scores) -> dict[str, Any]:
    return {name: {"clean": pair[0].f1, "corrupted": pair[1].f1} for name, pair in scores.items()}


if __name__ == "__main__":
    main()
