"""Train the accurate model from its start.

    python -m models.sentence_boundary.accurate.train --start DIR --data DIR --out RUN --minutes 95
    python -m models.sentence_boundary.accurate.train --start DIR --data DIR --out LAST --minutes 18 \\
        --annotated RUN/checkpoint.pt

The first run is self-supervised on paragraph ends, with a share of treebanks that grows in its last third. The
second starts from its weights and sees mostly treebanks.
The learning rate follows the time spent, so the run ends when it is to end; a killed run goes on from its last
checkpoint. Deterministic but for where the clock cuts it.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from .architecture import Encoder, from_start
from .features import BLOCK, PAD, open_tokenizer
from .samples import Mix, Sampler, load_given, load_text

LENGTH = 192
ROWS = 8
FIRST = Mix(given=0.06, shuffled=0.55, clean=0.30, stripped=0.50, thinned=0.20)
LAST = Mix(given=0.42, shuffled=0.60, clean=0.34, stripped=0.50, thinned=0.16)
ANNOTATED = Mix(given=0.80, shuffled=0.55, clean=0.32, stripped=0.52, thinned=0.16)
TURN = 0.62  # share of the time after which LAST holds
PEAK = 4e-4
ANNOTATED_PEAK = 1.5e-4
AUXILIARY = 0.3
WARM_UP = 0.02


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
    tokenizer = open_tokenizer(options.start / "tokenizer.json")
    model = from_start(options.start / "start.npz")
    dense = [p for name, p in model.named_parameters() if name != "words.weight"]
    decayed = [p for p in dense if p.dim() > 1]
    plain = [p for p in dense if p.dim() <= 1]
    bodies = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
        lr=PEAK,
        betas=(0.9, 0.98),
    )
    words = torch.optim.SparseAdam([model.words.weight], lr=PEAK, betas=(0.9, 0.98))
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / "checkpoint.pt"
    spent, steps, tokens = 0.0, 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        bodies.load_state_dict(state["bodies"])
        words.load_state_dict(state["words"])
        spent, steps, tokens = state["spent"], state["steps"], state["tokens"]
    elif options.annotated:
        model.load_state_dict(torch.load(options.annotated)["model"])
    sampler = Sampler(
        tokenizer,
        load_text(options.data, options.share),
        load_given(options.data[0]),
        options.seed + steps,
        LENGTH,
    )
    shifts = torch.Generator().manual_seed(options.seed + steps)
    limit = options.minutes * 60
    sums = np.zeros(3)
    last, saved, told = time.monotonic(), time.monotonic(), time.monotonic()
    while spent < limit:
        lr = rate(spent / limit, ANNOTATED_PEAK if options.annotated else PEAK)
        for optimiser in (bodies, words):
            for group in optimiser.param_groups:
                group["lr"] = lr
        mix = ANNOTATED if options.annotated else FIRST if spent / limit < TURN else LAST
        ids, ends, marks = (
            torch.from_numpy(np.stack(column))
            for column in zip(*(sampler.sample(mix) for _ in range(ROWS)), strict=True)
        )
        shift = torch.randint(0, BLOCK - LENGTH + 1, (ROWS,), generator=shifts)
        hidden = model(ids, shift, ids != PAD)
        learnt = ends >= 0
        logits = model.boundary(hidden)[..., 0]
        main = functional.binary_cross_entropy_with_logits(logits[learnt], ends[learnt])
        known = marks >= 0
        aux = functional.cross_entropy(model.mark(hidden[known]), marks[known])
        bodies.zero_grad()
        words.zero_grad()
        (main + AUXILIARY * aux).backward()  # type: ignore[no-untyped-call, unused-ignore]
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        bodies.step()
        words.step()
        steps += 1
        tokens += int((ids != PAD).sum())
        now = time.monotonic()
        spent += min(now - last, 10.0)
        last = now
        sums += (float(main.detach()), float(aux.detach()), 1)
        if now - told > 30:
            print(
                json.dumps(
                    {
                        "minutes": round(spent / 60, 1),
                        "steps": steps,
                        "tokens": tokens,
                        "boundary": round(sums[0] / sums[2], 4),
                        "mark": round(sums[1] / sums[2], 4),
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
        help="folder with text/, the first with sentences/ too; may be given several times",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--annotated", type=Path, metavar="CHECKPOINT", help="go on from a finished run, mostly on treebanks"
    )
    parser.add_argument("--share", type=float, default=1.0, help="of the running text to load")
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
