"""Models of several files, folders with a model.toml, and the store."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from models import catalog
from models.catalog import CatalogError, MissingModelError, ModelEntry, ModelFile, Source, TamperedModelError
from models.toml import write_entry


@pytest.fixture
def model(tmp_path: Path) -> ModelEntry:
    """A model of two files in a folder."""
    files = []
    for role, content in (("graph", b"graph"), ("tokenizer", b"words")):
        (tmp_path / f"{role}.bin").write_bytes(content)
        files.append(ModelFile(role, f"{role}.bin", sha256(content).hexdigest(), len(content)))
    return ModelEntry(
        name='some "model"',
        version="1",
        task="test",
        source=Source("directory"),
        sha256=catalog.digest_of(tuple(files)),
        size=10,
        licence="MIT",
        files=tuple(files),
        family="some",
        settings={"block": 510, "base": "é\u007f\n", "exact": True},
        thresholds={"default": 0.25, "th.unpunctuated": 0.1},
        root=tmp_path,
    )


def test_an_entry_comes_back_as_it_was_written(model: ModelEntry) -> None:
    write_entry(model.root, model, "Made by a test.")
    assert catalog.in_folder(model.root) == model


def test_files_come_by_role(model: ModelEntry) -> None:
    found = catalog.files_of(model)
    assert {role: file.read_bytes() for role, file in found.items()} == {
        "graph": b"graph",
        "tokenizer": b"words",
    }


@pytest.mark.parametrize("role", ["graph", "tokenizer"])
def test_every_file_is_checked(model: ModelEntry, role: str) -> None:
    (model.root / f"{role}.bin").write_bytes(b"other")
    with pytest.raises(TamperedModelError, match="put the files back"):
        catalog.files_of(model)
    (model.root / f"{role}.bin").unlink()
    with pytest.raises(MissingModelError, match=rf"is missing \(no {role}\.bin\)"):
        catalog.files_of(model)


def test_the_hash_covers_every_file(model: ModelEntry) -> None:
    write_entry(model.root, model)
    described = model.root / catalog.FOLDER_CATALOG
    described.write_text(described.read_text().replace(model.files[1].sha256, "0" * 64))
    assert catalog.in_folder(model.root).sha256 != model.sha256


def test_a_model_of_a_hub_names_the_command(model: ModelEntry) -> None:
    fetched = replace(model, source=Source("hub", repository="org/name"), root=model.root / "nowhere")
    with pytest.raises(MissingModelError, match=r"docmill models fetch hub:org/name$"):
        catalog.files_of(fetched)


@pytest.mark.parametrize("name", ["hub:", "hub:only-a-name", "hub:a/b/c", "hub:../x"])
def test_a_hub_name_must_be_one(name: str) -> None:
    with pytest.raises(CatalogError, match="write hub:ORGANISATION/NAME"):
        catalog.fetch(name)


def test_the_store_is_where_the_environment_says(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCMILL_MODELS", str(tmp_path))
    assert catalog.store() == tmp_path
    monkeypatch.delenv("DOCMILL_MODELS")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert catalog.store() == tmp_path / "docmill" / "models"
