"""Finds and opens a decoder by what a person calls it.

- the name of a catalog entry, such as ``smollm2-135m``, after ``docmill models fetch`` built it;
- a folder that ``python -m onnx_export causal-lm`` wrote.
"""

from __future__ import annotations

from pathlib import Path

from models import catalog
from models.catalog import CatalogError, ModelEntry
from models.causal_lm import settings
from models.causal_lm.decoder import Decoder
from models.causal_lm.growing import GrowingDecoder
from models.causal_lm.prompt import Prompts
from models.causal_lm.settings import IN_PLACE, Settings
from models.session import OnnxSession, Profile, SessionError, open_session

TASK, FAMILY = "causal-lm", "decoder"
GRAPH, WEIGHTS, TOKENIZER, SETTINGS = "graph", "weights", "tokenizer", "settings"  # roles of the files


def find(name: str) -> ModelEntry:
    """Return the entry of a decoder.

    Raises:
        CatalogError: there is no such model, it was not built yet, or it is none for this task.
    """
    known = catalog.load_catalog()
    if name in known:
        entry = catalog.entry(name)
    elif Path(name).is_dir():
        if not (Path(name) / catalog.FOLDER_CATALOG).is_file():
            raise CatalogError(
                f"{name}: holds no exported model: python -m onnx_export causal-lm SOURCE {name} makes one"
            )
        entry = catalog.in_folder(Path(name))
    else:
        names = ", ".join(sorted(n for n, e in known.items() if e.task == TASK))
        raise CatalogError(
            f"there is no language model {name!r}: give the folder of an export, or one of: {names}"
        )
    if entry.task != TASK:
        raise CatalogError(f"model {name} is for {entry.task}, not for {TASK}")
    return entry


def open_decoder(
    entry: ModelEntry, profile: Profile = "cpu", *, threads: int = 1
) -> Decoder | GrowingDecoder:
    """Verify the files of a model and open it.

    Raises:
        CatalogError: a file is missing or not what the entry says.
        SessionError: the graph cannot be opened as the profile wants it.
    """
    files = catalog.files_of(entry)
    about = settings.read(files[SETTINGS])
    check_profile(entry, about, profile)
    return decoder_of(open_session(files[GRAPH], profile, threads=threads), about)


def decoder_of(session: OnnxSession, about: Settings) -> Decoder | GrowingDecoder:
    """Return the decoder that runs a graph."""
    return Decoder(session, about) if about.past == IN_PLACE else GrowingDecoder(session, about)


def open_prompts(entry: ModelEntry) -> Prompts:
    """Return the model's tokenizer and chat template.

    Raises:
        CatalogError: a file is missing or not what the entry says, or cannot be read.
    """
    files = catalog.files_of(entry)
    return Prompts(files[TOKENIZER], settings.read(files[SETTINGS]))


def settings_of(entry: ModelEntry) -> Settings:
    """Return what a model's folder says of it, without a look at its large files.

    Raises:
        CatalogError: the file is missing or broken.
    """
    names = {part.role: part.file for part in entry.parts()}
    if SETTINGS not in names:
        raise CatalogError(catalog.verify_entry(entry).message)
    return settings.read(entry.root / names[SETTINGS])


def check_profile(entry: ModelEntry, about: Settings, profile: Profile) -> None:
    """Refuse a precision that the profile's hardware does not compute.

    Raises:
        SessionError: with the export that fits.
    """
    if profile == "gpu" and about.precision == "int8":
        raise SessionError(
            f"model {entry.name} is made for CPUs ({about.precision}): export it with --quantise fp16 for a GPU"
        )
    if profile != "gpu" and about.precision == "fp16":
        raise SessionError(
            f"model {entry.name} is made for GPUs (fp16): run with --profile gpu, or export it with --quantise int8"
        )
