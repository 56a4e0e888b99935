"""Train the accurate model from its start.

    python -m models.sentence_boundary.accurate.train --start DIR --data DIR --out RUN --minutes 85
    python -m models.sentence_boundary.accurate.train --start DIR --data DIR --out LAST --minutes 60 \\
        --again RUN/checkpoint.pt

The run begins self-supervised on paragraph ends, with a share of treebanks that grows. ``--again`` starts from the
weights of a finished run, or from the mean of several, with a warm learning rate.
The learning rate follows the time spent, so the run ends when it is to end; a killed run goes on from its last
checkpoint. Deterministic but for where the clock cuts it. Matrices are multiplied in bfloat16, which on a CPU with
AMX is ten times as fast; weights and sums stay in float32.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from .architecture import Encoder, from_start
from .checkpoints import mean_of
from .features import BLOCK, PAD, open_tokenizer
from .samples import Mix, Sampler, load_given, load_text

LENGTH = 192
ROWS = 16
PLAIN = Mix(given=0.12, shuffled=0.57, clean=0.28, stripped=0.54, thinned=0.18)
MIXED = Mix(given=0.42, shuffled=0.60, clean=0.31, stripped=0.54, thinned=0.15)
ANNOTATED = Mix(given=0.72, shuffled=0.58, clean=0.34, stripped=0.52, thinned=0.14)
# What goes on has seen the treebanks often enough to know much of them by heart.
REFRESHED = Mix(given=0.55, shuffled=0.58, clean=0.34, stripped=0.52, thinned=0.14)
# Below which probability after the first layers a token goes no further; drawn for each step, so that the bound can
# be chosen after training. 0: all tokens go through all layers.
SKIP_BELOW = (0.0, 0.002, 0.005, 0.005, 0.01, 0.01, 0.02, 0.04)
AUXILIARY = 0.3
EARLY = 0.3  # weight of what the first layers say about the same ends
# Without these a first training was far too sure of itself on corrupted treebanks: of places with probability .9
# and more four in five were ends.
DROPOUT = 0.1
WARM_UP = 0.02


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run sees in the course of its time.

    Attributes:
        peak: highest learning rate.
        phases: each with the share of the time at which it ends.
    """

    peak: float
    phases: tuple[tuple[float, Mix], ...]

    def mix(self, spent: float) -> Mix:
        """Return what holds after a share of the time."""
        return next((mix for end, mix in self.phases if spent < end), self.phases[-1][1])


PLANS = {
    "first": Plan(4e-4, ((0.42, PLAIN), (0.7, MIXED), (1.0, ANNOTATED))),
    "again": Plan(3e-4, ((0.5, PLAIN), (0.75, MIXED), (1.0, REFRESHED))),
}


def rate(spent: float, peak: float) -> float:
    """Learning rate after a share of the time: up, then down along a cosine to a fiftieth of the peak."""
    if spent < WARM_UP:
        return peak * max(spent / WARM_UP, 0.01)
    down = (min(spent, 1.0) - WARM_UP) / (1 - WARM_UP)
    return peak * (0.02 + 0.98 * 0.5 * (1 + float(np.cos(np.pi * down))))


def train(options: argparse.Namespace) -> None:
    """Run until the minutes are used up."""
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    plan = PLANS["again" if options.again else "first"]
    tokenizer = open_tokenizer(options.start / "tokenizer.json")
    model = from_start(options.start / "start.npz", DROPOUT)
    model.train()
    dense = [p for name, p in model.named_parameters() if name != "words.weight"]
    decayed = [p for p in dense if p.dim() > 1]
    plain = [p for p in dense if p.dim() <= 1]
    bodies = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
        lr=plan.peak,
        betas=(0.9, 0.98),
        fused=True,
    )
    words = torch.optim.SparseAdam([model.words.weight], lr=plan.peak, betas=(0.9, 0.98))
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / "checkpoint.pt"
    spent, steps, tokens = 0.0, 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        bodies.load_state_dict(state["bodies"])
        words.load_state_dict(state["words"])
        spent, steps, tokens = state["spent"], state["steps"], state["tokens"]
    elif options.again:
        model.load_state_dict(mean_of(options.again))
    sampler = Sampler(
        tokenizer,
        load_text(options.data, options.share),
        load_given(options.data),
        options.seed + steps,
        LENGTH,
    )
    shifts = torch.Generator().manual_seed(options.seed + steps)
    bounds = random.Random(options.seed + steps)  # noqa: S311
    limit = options.minutes * 60
    sums = np.zeros(4)
    last, saved, told = time.monotonic(), time.monotonic(), time.monotonic()
    while spent < limit:
        lr = rate(spent / limit, plan.peak)
        for optimiser in (bodies, words):
            for group in optimiser.param_groups:
                group["lr"] = lr
        mix = plan.mix(spent / limit)
        ids, ends, marks = (
            torch.from_numpy(np.stack(column))
            for column in zip(*(sampler.sample(mix) for _ in range(ROWS)), strict=True)
        )
        shift = torch.randint(0, BLOCK - LENGTH + 1, (ROWS,), generator=shifts)
        below = bounds.choice(SKIP_BELOW)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            first, hidden, goes_on = model.states(
                ids, math.log(below / (1 - below)) if below else -math.inf, shift, ids != PAD
            )
        first, hidden = first.float(), hidden.float()
        early, main = (
            functional.binary_cross_entropy_with_logits(logits[ends >= 0], ends[ends >= 0])
            for logits in model.logits(first, hidden, goes_on)
        )
        known = marks >= 0
        aux = functional.cross_entropy(model.mark(hidden[known]), marks[known])
        bodies.zero_grad()
        words.zero_grad()
        (main + EARLY * early + AUXILIARY * aux).backward()  # type: ignore[no-untyped-call, unused-ignore]
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        bodies.step()
        words.step()
        steps += 1
        tokens += int((ids != PAD).sum())
        now = time.monotonic()
        spent += min(now - last, 10.0)
        last = now
        sums += (float(main.detach()), float(aux.detach()), float(goes_on[ends >= 0].float().mean()), 1)
        if now - told > 30:
            print(
                json.dumps(
                    {
                        "minutes": round(spent / 60, 1),
                        "steps": steps,
                        "tokens": tokens,
                        "boundary": round(sums[0] / sums[3], 4),
                        "mark": round(sums[1] / sums[3], 4),
                        "goes on": round(sums[2] / sums[3], 3),
                        "lr": round(lr, 6),
                    }
                ),
                flush=True,
            )
            sums[:] = 0
            told = now
        if now - saved > 240:
            _save(checkpoint, model, bodies, words, spent, steps, tokens)
            saved = last = time.monotonic()
    _save(checkpoint, model, bodies, words, spent, steps, tokens)


def _save(
    file: Path,
    model: Encoder,
    bodies: torch.optim.Optimizer,
    words: torch.optim.Optimizer,
    spent: float,
    steps: int,
    tokens: int,
) -> None:
    aside = file.with_suffix(".new")
    torch.save(
        {
            "model": model.state_dict(),
            "bodies": bodies.state_dict(),
            "words": words.state_dict(),
            "spent": spent,
            "steps": steps,
            "tokens": tokens,
        },
        aside,
    )
    aside.replace(file)


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="folder that init wrote")
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        action="append",
        help="folder with text/, sentences/ or both; may be given several times",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--again",
        type=Path,
        nargs="+",
        metavar="CHECKPOINT",
        help="go on from a finished run, or from the mean of several",
    )
    parser.add_argument("--share", type=float, default=1.0, help="of the running text to load")
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
