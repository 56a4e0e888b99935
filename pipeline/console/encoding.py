"""Output streams that cannot hold every character."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def tolerate(console: Console) -> None:
    """Make the console's stream spell out what its encoding lacks instead of failing in the middle."""
    reconfigure = getattr(console.file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
