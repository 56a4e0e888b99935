"""A small corpus for the Ray tests: one text file per document, a few of which fail."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq


def write(folder: Path, documents: int) -> Path:
    folder.mkdir()
    for n in range(documents):
        (folder / f"note-{n:03d}.txt").write_text(
            f"This is the note number {n}. It isn't long, but it is there.\n"
        )
    (folder / "note-bad.txt").write_bytes(b"caf\xe9")
    return folder


def text_columns(output: Path) -> dict[str, list]:
    """Every column but provenance, which holds times."""
    table = pq.read_table(output)
    return {n: table.column(n).to_pylist() for n in table.column_names if n != "provenance"}
