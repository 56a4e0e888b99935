"""Looking into a finished (or still growing) output folder: its records, its documents one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["show"]


def show(output: str, doc_id: str, console: Console, *, everything: bool = False) -> None:
    """Print one document of an output folder; see ``pipeline.inspection.view.show``."""
    from pipeline.inspection.view import show as print_document

    print_document(output, doc_id, console, everything=everything)
