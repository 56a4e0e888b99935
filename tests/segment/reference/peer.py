"""What wtpsplit says about texts."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def clear_threshold(probabilities: Any) -> float:
    """Return a threshold that no probability comes near: wtpsplit's 16-bit sums are not exact."""
    middle = sorted({0.45, 0.55, *(float(p) for p in probabilities if 0.45 < p < 0.55)})
    gaps = [(b - a, (a + b) / 2) for a, b in itertools.pairwise(middle)]
    return round(max(gaps)[1], 6)


def open_peer(checkpoint: Path, lora: Path | None = None) -> Any:
    """Open a checkpoint with wtpsplit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from wtpsplit import SaT, WtP

        if "wtp" in checkpoint.name:
            return WtP(str(checkpoint), hub_prefix=None, ignore_legacy_warning=True)
        return SaT(
            str(checkpoint),
            tokenizer_name_or_path=str(checkpoint),
            hub_prefix=None,
            lora_path=str(lora) if lora else None,
        )


def answers(checkpoint: Path, texts: Sequence[str], lora: Path | None = None) -> list[dict[str, Any]]:
    """Return for each text and weighting the probability of every character, and the sentences."""
    peer = open_peer(checkpoint, lora)
    found = []
    for text in texts:
        for weighting in ("uniform", "hat"):
            probabilities = peer.predict_proba(text, stride=64, weighting=weighting)
            threshold = clear_threshold(probabilities)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                options = {} if "wtp" in checkpoint.name else {"split_on_input_newlines": False}
                sentences = peer.split(text, threshold=threshold, stride=64, weighting=weighting, **options)
            found.append(
                {
                    "text": text,
                    "weighting": weighting,
                    "threshold": threshold,
                    "probabilities": [round(float(p), 6) for p in probabilities],
                    "sentences": list(sentences),
                }
            )
    return found
