"""Reads checkpoints of ``train``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor


def mean_of(files: Sequence[Path]) -> dict[str, Tensor]:
    """Return the weights of a checkpoint, or of several that started from the same weights: their mean. One that is
    named n times counts n times; what only some have, such as a newer head, is the mean of those."""
    several = [torch.load(file, map_location="cpu", weights_only=True)["model"] for file in files]
    names = {name: None for one in several for name in one}
    return {name: torch.stack([one[name] for one in several if name in one]).mean(dim=0) for name in names}
