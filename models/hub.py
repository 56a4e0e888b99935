"""Fetches published sentence models from the Hugging Face hub, when a person asks for it.

What is fetched lies in the store of models (``models.catalog.store``) with a ``model.toml`` that holds the
commit and the hashes; runs read it from there and never ask the network. With ``HF_HUB_OFFLINE=1`` fetching
does not ask it either: it takes what lies in the hub client's cache (``HF_HUB_CACHE``), copied from another
machine, say.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

from models.catalog import FOLDER_CATALOG, CatalogError, ModelEntry, Source, store

_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_GRAPHS = ("model_optimized.onnx", "model.onnx")
_TOKENIZER = "tokenizer.json"
_XLM_R = "FacebookAI/xlm-roberta-base"  # SaT repositories hold no tokenizer: theirs is this one's


def folder_of(repository: str) -> Path:
    """Return the folder a repository is fetched into.

    Raises:
        CatalogError: the name is not ``ORGANISATION/NAME``.
    """
    if not _NAME.fullmatch(repository) or ".." in repository:
        raise CatalogError(f"{repository!r} does not name a repository: write hub:ORGANISATION/NAME")
    return store() / repository.replace("/", "--")


def fetch_repository(repository: str) -> ModelEntry:
    """Fetch a repository's ONNX file, configuration and tokenizer; return the entry.

    Raises:
        CatalogError: huggingface_hub is not installed, the hub does not answer, or files are missing.
    """
    folder = folder_of(repository)
    if importlib.util.find_spec("huggingface_hub") is None:
        raise CatalogError("fetching from a hub needs huggingface_hub: pip install 'docmill[export]'")
    from models.sentence_boundary import published
    from models.toml import write_entry

    try:
        revision, held = _held(repository)
        graph = next((graph for graph in _GRAPHS if graph in held), None)
        if graph is None:
            raise CatalogError(
                f"{repository} holds no ONNX file: python -m onnx_export segment hub:{repository} OUTPUT makes one"
            )
        folder.mkdir(parents=True, exist_ok=True)
        for file in (graph, "config.json", *({_TOKENIZER} & held)):
            _bring(repository, file, revision, folder)
        if _TOKENIZER not in held and published.family_of(published.read_config(folder)) == "sat":
            _bring(_XLM_R, _TOKENIZER, None, folder)
    except CatalogError:
        raise
    except Exception as error:  # the hub's client raises many kinds; its messages name addresses only
        reason = " ".join(str(error).split())[:200]
        raise CatalogError(f"{repository} cannot be fetched: {type(error).__name__}: {reason}") from error
    (folder / FOLDER_CATALOG).unlink(missing_ok=True)
    name = repository.rpartition("/")[2]
    entry = published.entry_of(folder, name, Source("hub", repository=repository, revision=revision))
    write_entry(folder, entry, f"Fetched from {repository} by docmill models fetch.")
    return entry


def _held(repository: str) -> tuple[str, set[str]]:
    """Return the newest commit and the names of its files; without the network those of the client's cache."""
    from huggingface_hub import HfApi, constants, snapshot_download

    if constants.HF_HUB_OFFLINE:
        snapshot = Path(snapshot_download(repository, local_files_only=True))
        files = (file for file in snapshot.rglob("*") if file.is_file())
        return snapshot.name, {file.relative_to(snapshot).as_posix() for file in files}
    about = HfApi().model_info(repository)
    return str(about.sha), {one.rfilename for one in about.siblings or ()}


def _bring(repository: str, file: str, revision: str | None, folder: Path) -> None:
    from huggingface_hub import hf_hub_download

    cached = Path(hf_hub_download(repository, file, revision=revision))
    shutil.copyfile(cached, folder / file)
