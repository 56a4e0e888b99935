"""The compiled template is kept, and made again whenever it does not fit."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest

from pipeline.report.template import load

_SOURCE = "<p>{{ name }}</p>"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "compiled"


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _page(source: str = _SOURCE) -> str:
    return load(source, finalize=lambda value: value).render(name="a <b>")


def test_the_second_run_does_not_compile(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _page()
    assert len(_files(kept)) == 1

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(jinja2.Environment, "compile", refuse)
    assert _page() == first == "<p>a &lt;b&gt;</p>"


def test_another_source_is_compiled(kept: Path) -> None:
    _page()
    assert _page("<b>{{ name }}</b>") == "<b>a &lt;b&gt;</b>"


@pytest.mark.parametrize("cut", [0, 1, 20, 60, 200])
def test_a_damaged_file_is_made_again(kept: Path, cut: int) -> None:
    _page()
    (file,) = _files(kept)
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    assert _page() == "<p>a &lt;b&gt;</p>"
    assert file.read_bytes() == whole


def test_where_nothing_can_be_written_each_run_compiles(kept: Path) -> None:
    kept.write_text("a file where the folder should be")
    assert _page() == "<p>a &lt;b&gt;</p>"


def test_python_may_be_told_to_keep_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _page() == "<p>a &lt;b&gt;</p>"
    assert not _files(kept)
