"""Train the fast model.

    python -m models.sentence_boundary.fast.train --data DIR [--data DIR2] --checkpoints OUT --steps N

Every ``--data`` folder is laid out as ``models.sentence_boundary.data`` says; the first one holds the annotated
corpora. Self-supervised rows (paragraph ends, and ends inside paragraphs that rules are sure of) are drawn all
the way; annotated rows grow from a fifth to half. Scores on the dev splits are printed on the way; test splits
are never read. The last checkpoint is ``OUT/last.pt``; ``export.py`` makes the ONNX model of it.

Needs torch (the extra ``export``).
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from models.sentence_boundary import data, scoring
from models.sentence_boundary.fast.features import encode
from models.sentence_boundary.fast.network import Network
from models.sentence_boundary.fast.pools import Sentence, from_record, from_running_text
from models.sentence_boundary.fast.sampling import Batch, Form, Sampler

Pools = dict[str, list[list[Sentence]]]

SEED = 20261122
ROWS, WIDTH = 16, 512
FORM = Form(corrupted=0.5, uncased=0.06, unpunctuated=0.06, sloppy=0.08)
# How often each annotated corpus is drawn among annotated rows.
ANNOTATED = {"ud_en_ewt": 0.42, "legal_en_us": 0.12, "ud_vi_vtb": 0.10, "ud_cs_cltt": 0.06}
# Treebanks without a train split of which every other dev record is trained on; thresholds and dev scores use
# the rest. All other treebanks stay unseen.
HALF_DEV = dict.fromkeys(
    ("ud_de_gsd", "ud_es_gsd", "ud_fr_gsd", "ud_ja_gsd", "ud_ru_gsd", "ud_zh_gsdsimp"), 0.05
)
_FAVOURED = frozenset(["ar", "de", "en", "es", "fr", "hi", "ja", "ru", "zh"])  # languages of the nine
_RATES = {"dense": 2e-3, "tables": 4e-3}
_WARM_UP = 200
_HIDDEN_WORDS = 0.1  # share of words whose own embedding is hidden while training
_INPUTS = ("words", "pieces", "shapes")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="end in so much wall time at the latest"
    )
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--report", type=int, default=500, help="steps from one dev score to the next")
    options = parser.parse_args()
    options.checkpoints.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    network = Network()
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    limits = Limits(options.steps, options.minutes * 60, options.report)
    train(network, options.data, options.checkpoints, limits)


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop and how often to say how it goes: steps, seconds of wall time, steps."""

    steps: int
    seconds: float
    report: int


def train(network: Network, folders: Sequence[Path], checkpoints: Path, limits: Limits) -> None:
    """Train on batches of ``ROWS`` x ``WIDTH`` tokens; rates fall with whatever part of steps or time is
    over."""
    began = time.monotonic()
    running = from_running_text(chain.from_iterable(map(data.running_text, folders)), SEED)
    unlabelled = Sampler(running, language_weights(running), SEED, in_order=0.3, usual_length=110)
    weights = {_pool(name): weight for name, weight in (ANNOTATED | HALF_DEV).items()}
    annotated = Sampler(annotated_pools(folders[0]), weights, SEED + 1)
    dev = dev_records(folders[0])
    optimisers = _optimisers(network)
    spent = time.process_time()
    losses: list[float] = []
    step = 0
    while (over := max(step / limits.steps, (time.monotonic() - began) / limits.seconds)) < 1:
        rate = min(1.0, (step + 1) / _WARM_UP) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * over)))
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate * group["full"]
        share = 0.2 + 0.3 * over
        labelled_rows = round(ROWS * share)
        batch = _together(
            unlabelled.batch(ROWS - labelled_rows, WIDTH, FORM), annotated.batch(labelled_rows, WIDTH, FORM)
        )
        losses.append(_step(network, optimisers, batch))
        step += 1
        if step % limits.report == 0:
            torch.save(network.state_dict(), checkpoints / "last.pt")
            cpu = time.process_time() - spent
            print(
                f"step {step} loss {np.mean(losses):.4f} cpu {cpu:.0f} s", describe(network, dev), flush=True
            )
            losses.clear()
    torch.save(network.state_dict(), checkpoints / "last.pt")
    print(f"{step} steps, cpu {time.process_time() - spent:.0f} s", describe(network, dev), flush=True)


def language_weights(pools: Pools) -> dict[str, float]:
    """How often each language is drawn: by its amount of text, flattened; the nine's languages more often."""
    weights = {}
    for language, documents in pools.items():
        size = sum(len(piece.text) for d in documents for sentence in d for piece in sentence)
        weights[language] = size**0.45 * (3.0 if language in _FAVOURED else 1.0) if size > 20_000 else 0.0
    return weights


def annotated_pools(folder: Path) -> Pools:
    """Return what is trained on, a document for each record, by language and corpus."""
    pools = {corpus: data.records(folder, corpus, "train") for corpus in ANNOTATED}
    pools |= {corpus: data.records(folder, corpus, "dev")[::2] for corpus in HALF_DEV}
    return {_pool(corpus): [from_record(record) for record in records] for corpus, records in pools.items()}


def dev_records(folder: Path) -> dict[str, tuple[data.Record, ...]]:
    """Return the dev records that are not trained on; a tenth of the long legal corpus is enough."""
    found = {corpus: held_out(folder, corpus) for corpus in data.corpora(folder, "dev")}
    return {name: some[:16] if name == "legal_en_us" else some for name, some in found.items()}


def held_out(folder: Path, corpus: str) -> tuple[data.Record, ...]:
    """Return the dev records of a corpus that are not trained on."""
    return data.records(folder, corpus, "dev")[
        1 if corpus in HALF_DEV else 0 :: 2 if corpus in HALF_DEV else 1
    ]


@torch.no_grad()  # type: ignore[untyped-decorator, unused-ignore]
def probabilities(network: Network, texts: Sequence[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return token ends and probabilities of each text."""
    network.eval()
    found = []
    for text in texts:
        encoded = encode(text)
        inputs = (torch.from_numpy(encoded.inputs[n].astype(np.int64))[None] for n in _INPUTS)
        found.append((encoded.ends, torch.sigmoid(network(*inputs))[0].numpy()))
    network.train()
    return found


def dev_scores(
    network: Network, dev: dict[str, tuple[data.Record, ...]]
) -> dict[str, tuple[scoring.Counts, scoring.Counts]]:
    """Return counts for the clean and the corrupted variant of each corpus, at fixed thresholds."""
    scores = {}
    for corpus, clean in dev.items():
        counts = []
        for records, threshold in ((clean, 0.5), ([data.corrupted(record) for record in clean], 0.2)):
            found = probabilities(network, [record.text for record in records])
            counts.append(
                scoring.total(
                    scoring.compare(r.text, r.sentence_ends, ends[p > threshold].tolist())
                    for r, (ends, p) in zip(records, found, strict=True)
                )
            )
        scores[corpus] = (counts[0], counts[1])
    return scores


def describe(network: Network, dev: dict[str, tuple[data.Record, ...]]) -> str:
    """Return the dev scores in one line."""
    scores = dev_scores(network, dev)
    lines = [f"{name} {100 * a.f1:.1f}/{100 * b.f1:.1f}" for name, (a, b) in scores.items()]
    nine = [scores[name] for name in scores if name.split("_")[1] in _FAVOURED and name.startswith("ud_")]
    means = [100 * scoring.macro_f1([pair[i] for pair in nine]) for i in (0, 1)]
    return f"nine {means[0]:.1f}/{means[1]:.1f} | " + " ".join(lines)


def _pool(corpus: str) -> str:
    language = corpus.split("_")[1]
    return f"{language}:{corpus}"


def _optimisers(network: Network) -> list[torch.optim.Optimizer]:
    sparse = [network.words.weight, network.pieces.weight]
    dense = [p for p in network.parameters() if all(p is not s for s in sparse)]
    tables = torch.optim.SparseAdam(sparse, lr=_RATES["tables"], betas=(0.9, 0.99))
    rest = torch.optim.AdamW(dense, lr=_RATES["dense"], betas=(0.9, 0.98), weight_decay=0.01)
    for optimiser, name in ((tables, "tables"), (rest, "dense")):
        for group in optimiser.param_groups:
            group["full"] = _RATES[name]
    return [tables, rest]


def _step(network: Network, optimisers: Sequence[torch.optim.Optimizer], batch: Batch) -> float:
    labels = torch.from_numpy(batch.labels)
    known = labels >= 0
    logits: Tensor = network(
        *(torch.from_numpy(getattr(batch, name)) for name in _INPUTS), dropout=_HIDDEN_WORDS
    )
    loss = binary_cross_entropy_with_logits(logits[known], labels[known])
    for optimiser in optimisers:
        optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
    torch.nn.utils.clip_grad_norm_(optimisers[1].param_groups[0]["params"], 1.0)
    for optimiser in optimisers:
        optimiser.step()
    return float(loss.detach())


def _together(one: Batch, other: Batch) -> Batch:
    return Batch(*(np.concatenate((getattr(one, n), getattr(other, n))) for n in (*_INPUTS, "labels")))


if __name__ == "__main__":
    main()
