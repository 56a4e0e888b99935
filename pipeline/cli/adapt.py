"""``docmill adapt``: fit a model to a person's own examples."""

from __future__ import annotations

import time
from pathlib import Path

from pipeline.errors import JobError, UsageError


def adapt_segment(model: str, examples: str, output: str, language: str | None) -> None:
    """Adapt a sentence model and say what it gained.

    Raises:
        UsageError: the model or the examples are unusable.
        JobError: the result cannot be written.
    """
    from models.catalog import CatalogError
    from models.sentence_boundary.adapted.artifact import ADVISED, adapt
    from models.sentence_boundary.adapted.examples import ExamplesError
    from models.session import MissingRuntimeError, SessionError

    folder = Path(output)
    began = time.perf_counter()
    try:
        entry, fitted, sentences = adapt(model, Path(examples), folder, language)
    except MissingRuntimeError as error:
        raise UsageError(f"docmill adapt: {error}") from None
    except (CatalogError, ExamplesError, SessionError) as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise JobError(f"{output}: cannot be written: {error.strerror or type(error).__name__}") from None
    if sentences < ADVISED:
        print(f"note: {sentences} sentences are few; 64 to 256 do better")
    print(
        f"{folder}: adapted to {sentences} sentences in {time.perf_counter() - began:.0f} s, "
        f"sha256 {entry.sha256[:16]}\n"
        f"boundary F1 on the examples: {100 * fitted.before:.1f} before, "
        f"{100 * fitted.after:.1f} after (cross-validated)\n"
        f"use it in a configuration: segment: {{model: {folder}}}"
    )
