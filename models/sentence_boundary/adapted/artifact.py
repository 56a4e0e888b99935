"""Makes an adapted model: fits, and writes a folder with the head, its entry and a card."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.adaptation import write_adapted
from models.catalog import ModelEntry
from models.sentence_boundary.adapted.examples import ExamplesError, number_of_sentences, read_examples
from models.sentence_boundary.adapted.fit import Fitted, fit
from models.sentence_boundary.condition import thresholds_at
from models.sentence_boundary.opening import ADAPTED, TASK, find, open_model
from models.sentence_boundary.prediction import Places

FEWEST, ADVISED = 16, 64


def adapt(
    base: str, examples_file: Path, folder: Path, language: str | None = None
) -> tuple[ModelEntry, Fitted, int]:
    """Adapt a model to the examples of a file and write it to a folder.

    Args:
        base: what the stage's option ``model`` would name.
        examples_file: see ``examples``.
        folder: made if missing; files of an earlier adaptation in it are replaced.
        language: hint for the base's thresholds.

    Returns:
        the entry, what the fit found, and the number of sentences.

    Raises:
        CatalogError: the base is missing or is an adapted model itself.
        ExamplesError: the examples are too few or unusable.
        OSError: the folder cannot be written.
    """
    entry = find(base)
    if entry.family == ADAPTED:
        raise ExamplesError(f"{base} is an adapted model: adapt its base, {entry.settings['base']}")
    examples = read_examples(examples_file)
    sentences = number_of_sentences(examples)
    if sentences < FEWEST:
        raise ExamplesError(
            f"{examples_file}: {sentences} sentences are too few: {FEWEST} are the least, 64 to 256 do well"
        )

    def limits_of(found: Sequence[Places]) -> list[NDArray[np.float32]]:
        return [
            thresholds_at(one.text, these.ends, entry.thresholds, language)
            for one, these in zip(examples, found, strict=True)
        ]

    fitted = fit(open_model(entry), examples, limits_of)
    digest = hashlib.sha256(examples_file.read_bytes()).hexdigest()
    thresholds = {"default": fitted.threshold}
    if "paragraph" in entry.thresholds:
        thresholds["paragraph"] = entry.thresholds["paragraph"]
    adapted = write_adapted(
        folder,
        entry,
        save=fitted.head.save,
        card=_card(entry, fitted, sentences, digest),
        task=TASK,
        family=ADAPTED,
        called=base,
        version=digest[:12],
        thresholds=thresholds,
    )
    return adapted, fitted, sentences


def _card(base: ModelEntry, fitted: Fitted, sentences: int, digest: str) -> str:
    few = "" if sentences >= ADVISED else " Fewer than 64 sentences: expect less of it on new texts."
    return f"""# {base.name}, adapted

A new last layer for `{base.name}` {base.version} (sha256 {base.sha256[:16]}), fitted to {sentences} segmented
sentences (file of sha256 {digest[:16]}) on {datetime.now(UTC):%Y-%m-%d}.{few}

| boundary F1 on the examples | |
| --- | --- |
| {base.name} as it is | {100 * fitted.before:.1f} |
| adapted, cross-validated in five parts | {100 * fitted.after:.1f} |

- Threshold {fitted.threshold}, chosen with the same cross-validation, so the second figure is a little kind.
- Looks at the base's last hidden layer, its logit, and the form of the text around each place, line breaks
  included: use it for texts whose lines break as those of the examples do.
- Holds no text of the examples; licence as the base: {base.licence}.
"""
