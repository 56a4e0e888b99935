"""Makes and opens adapted models: a folder with the new last layer, its entry and a card."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from models import catalog
from models.adaptation import HEAD, write_adapted
from models.catalog import CatalogError, ModelEntry
from models.line_labeller.adapted.fit import Example, Fitted, fit
from models.line_labeller.adapted.model import Head
from models.line_labeller.examples import ExamplesError
from models.line_labeller.predictor import MODEL, open_labeller
from models.session import Profile

TASK: Final = "line-labels"
FAMILY: Final = "adapted-labeller"
FEWEST, ADVISED = 20, 5  # labelled lines; documents


def adapt(examples: Sequence[Example], folder: Path, profile: Profile = "cpu") -> tuple[ModelEntry, Fitted]:
    """Adapt the labeller to labelled documents and write the result to a folder.

    Args:
        examples: the documents.
        folder: made if missing; files of an earlier adaptation in it are replaced.
        profile: where the base model runs.

    Raises:
        models.session.SessionError: the base model cannot be opened.
        CatalogError: its file is missing or another one.
        ExamplesError: too few lines are labelled.
        OSError: the folder cannot be written.
    """
    labelled = sum(label is not None for one in examples for label in one.labels)
    kinds = {label for one in examples for label in one.labels if label is not None}
    if labelled < FEWEST:
        raise ExamplesError(
            f"{labelled} labelled lines are too few: {FEWEST} are the least, five documents do well; "
            "check that the boxes are in points, with y downwards from the top of the page"
        )
    if len(kinds) < 2:
        raise ExamplesError("all labelled lines have the same label: label the other parts of the pages, too")
    fitted = fit(open_labeller(profile), examples)
    base = catalog.entry(MODEL)
    entry = write_adapted(
        folder,
        base,
        save=fitted.head.save,
        card=_card(base, fitted, len(examples)),
        task=TASK,
        family=FAMILY,
        called=MODEL,
    )
    return entry, fitted


def entry_of(folder: Path) -> ModelEntry:
    """Return the entry of an adapted model.

    Raises:
        CatalogError: the folder holds none, or one of another base.
    """
    if not (folder / catalog.FOLDER_CATALOG).is_file():
        raise CatalogError(f"{folder} holds no adapted model: make one with 'docmill adapt layout'")
    entry = catalog.in_folder(folder)
    if entry.family != FAMILY:
        raise CatalogError(f"{folder} holds a model for something else: make one with 'docmill adapt layout'")
    if entry.settings.get("base_sha256") != catalog.entry(MODEL).sha256:
        raise CatalogError(f"{folder} adapts another version of {MODEL}: run docmill adapt layout again")
    return entry


def open_head(folder: Path) -> Head:
    """Open what adapts the labeller.

    Raises:
        CatalogError: it is missing, another file, or of another version.
    """
    return Head.load(catalog.files_of(entry_of(folder))[HEAD])


def _card(base: ModelEntry, fitted: Fitted, documents: int) -> str:
    few = "" if documents >= ADVISED else f" Fewer than {ADVISED} documents: expect less of it on new ones."
    changed = (
        ""
        if fitted.penalty
        else "\nNo correction was better than none on documents held out, so nothing is changed.\n"
    )
    digest = hashlib.sha256(fitted.head.weights.tobytes()).hexdigest()
    return f"""# {base.name}, adapted

A correction of `{base.name}` {base.version} (sha256 {base.sha256[:16]}), fitted to {fitted.lines} labelled lines of
{documents} documents on {datetime.now(UTC):%Y-%m-%d} (weights of sha256 {digest[:16]}).{few}
{changed}
| macro F1 on the examples | |
| --- | --- |
| {base.name} as it is | {100 * fitted.before:.1f} |
| adapted, cross-validated by document | {100 * fitted.after:.1f} |

- Penalty {fitted.penalty:g}, chosen with the same cross-validation, so the second figure is a little kind.
- Looks at the base's answers, at where a line stands, and at what it remembers: hashes of lines that at least two of
  the examples share, and places with their labels. Use it for documents made like the examples.
- Holds no text of the examples; licence as the base: {base.licence}.
"""
