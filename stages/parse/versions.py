"""Which pdfium is installed, told without loading it: a corpus of text files never needs it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from pathlib import Path


def library_versions() -> dict[str, str]:
    """Versions of the libraries that decide the text of a PDF."""
    return {"pypdfium2": importlib.metadata.version("pypdfium2"), "pdfium": _pdfium()}


def _pdfium() -> str:
    spec = importlib.util.find_spec("pypdfium2_raw")  # the package that holds the library
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).with_name("version.json")
        if path.is_file():
            known = json.loads(path.read_text("utf-8"))
            return ".".join(str(known[part]) for part in ("major", "minor", "build", "patch"))
    import pypdfium2

    return str(pypdfium2.PDFIUM_INFO)
