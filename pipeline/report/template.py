"""The template of the report, compiled once and kept where Python keeps what it compiled."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from pipeline import __version__

_NAME = "report.html.j2"
_TRIM_BLOCKS = _LSTRIP_BLOCKS = True


def load(source: str, finalize: Callable[[Any], Any]) -> jinja2.Template:
    """Return the template. Whatever comes from outside passes ``finalize`` and is escaped: nothing can be
    forgotten."""
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=_TRIM_BLOCKS,
        lstrip_blocks=_LSTRIP_BLOCKS,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        loader=jinja2.DictLoader({_NAME: source}),
        bytecode_cache=_BesideModules(),
    )
    return environment.get_template(_NAME)


class _BesideModules(jinja2.BytecodeCache):
    """Keeps the compiled template in the package's ``__pycache__``, under Python's own rules for it; where
    that cannot be written, each run compiles. Jinja checks that it belongs to the source, the versions and
    the options."""

    def __init__(self) -> None:
        module = Path(__file__).with_name(f"{_NAME}.py")
        self._path = Path(importlib.util.cache_from_source(module))

    def get_source_checksum(self, source: str) -> str:
        made_by = (__version__, jinja2.__version__, _TRIM_BLOCKS, _LSTRIP_BLOCKS)
        return hashlib.sha256(f"{made_by}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        # absent, damaged or of another version: it is made again
        with contextlib.suppress(Exception), self._path.open("rb") as stream:
            bucket.load_bytecode(stream)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        aside = self._path.with_name(f"{self._path.name}.{uuid.uuid4().hex}")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with aside.open("xb") as stream:
                    bucket.write_bytecode(stream)
                aside.replace(self._path)
            finally:
                aside.unlink(missing_ok=True)
