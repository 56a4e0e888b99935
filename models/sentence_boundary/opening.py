"""Finds and opens a sentence boundary model by what a person calls it.

- the name of a catalog entry, or its short form: ``fast`` for ``sentences-fast``;
- a folder: with a ``model.toml``, as ``python -m onnx_export`` and ``docmill adapt`` write it, or with the
  files of a published checkpoint (``model_optimized.onnx`` or ``model.onnx``, and ``config.json``);
- ``hub:ORGANISATION/NAME``, after ``docmill models fetch`` brought it into the store of models.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from models import catalog
from models.catalog import CatalogError, ModelEntry
from models.sentence_boundary import published
from models.sentence_boundary.interface import BoundaryModel
from models.session import Profile, SessionError, opener

TASK = "sentence-boundary"
PREFIX = "sentences-"

# adapted models open their base, so they come through here again
FAMILIES = {
    "fast": "models.sentence_boundary.fast.model",
    "accurate": "models.sentence_boundary.accurate.model",
    "sat": "models.sentence_boundary.sat.model",
    "wtp": "models.sentence_boundary.wtp.model",
}
ADAPTED = "adapted"


def find(name: str) -> ModelEntry:
    """Return the entry of a model.

    Args:
        name: as the module says.

    Raises:
        CatalogError: there is no such model, or it is none for this task.
    """
    if name.startswith(catalog.HUB):
        entry = catalog.entry(name)
    elif name in (known := catalog.load_catalog()) or PREFIX + name in known:
        entry = known.get(name) or known[PREFIX + name]
    elif Path(name).is_dir():
        entry = in_folder(Path(name))
    else:
        names = ", ".join(
            sorted(n.removeprefix(PREFIX) for n, e in catalog.load_catalog().items() if e.task == TASK)
        )
        raise CatalogError(
            f"there is no sentence model {name!r}: give a folder, hub:ORGANISATION/NAME, or one of: {names or '-'}"
        )
    if entry.task != TASK or entry.family not in (*FAMILIES, ADAPTED):
        raise CatalogError(
            f"model {name} is for {entry.task} ({entry.family or 'no family'}), not for {TASK}"
        )
    return entry


def in_folder(folder: Path) -> ModelEntry:
    """Return the entry of the model in a folder.

    Raises:
        CatalogError: the folder holds no model that can be used.
    """
    if (folder / catalog.FOLDER_CATALOG).is_file():
        return catalog.in_folder(folder)
    return published.entry_of(folder)


def open_model(entry: ModelEntry, profile: Profile = "cpu") -> BoundaryModel:
    """Verify the files of a model and open it.

    Raises:
        CatalogError: a file is missing or not what the entry says, or does not fit the others.
        SessionError: the graph cannot be opened as the profile wants it.
    """
    files = catalog.files_of(entry)
    if entry.family == ADAPTED:
        from models.sentence_boundary.adapted.model import open_adapted

        return open_adapted(files, base_of(entry), profile)
    family: Any = importlib.import_module(FAMILIES[entry.family])
    try:
        model: BoundaryModel = family.open_model(files, opener(profile), entry.settings)
    except (SessionError, CatalogError):
        raise
    except Exception as error:  # tokenizers raises bare Exception
        reason = " ".join(str(error).split())[:200]
        raise CatalogError(f"model {entry.name} cannot be opened: {reason}") from error
    return model


def base_of(entry: ModelEntry) -> ModelEntry:
    """Return the entry of the model that an adapted model was adapted from.

    Raises:
        CatalogError: it is not here, or it is not the same any more.
    """
    base = find(str(entry.settings["base"]))
    if base.sha256 != entry.settings["base_sha256"]:
        raise CatalogError(
            f"model {entry.name} was adapted from another {base.name} "
            f"({str(entry.settings['base_sha256'])[:12]}, here is {base.sha256[:12]}): run docmill adapt again"
        )
    return base
