"""``docmill models list|fetch|verify``."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from models import catalog
from pipeline.errors import UsageError


def show_catalog() -> None:
    """Print every entry of the catalog."""
    table = Table("name", "version", "task", "source", "size", "licence", "state", box=None)
    for entry in catalog.load_catalog().values():
        origin = " ".join(filter(None, (entry.source.kind, entry.source.distribution)))
        size = f"{entry.size / 1e6:.1f} MB"
        state = catalog.verify(entry.name).state
        table.add_row(entry.name, entry.version, entry.task, origin, size, entry.licence, state)
    Console().print(table)


def fetch_model(name: str) -> None:
    """Bring one model here; says where it lies."""
    try:
        print(catalog.fetch(name))
    except catalog.CatalogError as error:
        raise UsageError(str(error)) from None


def verify_models(name: str | None) -> None:
    """Check one model, or all that are here; of the others, say how to get them.

    Raises:
        UsageError: the named model is missing, or one is not what the catalog says.
    """
    try:
        for one in [name] if name is not None else catalog.load_catalog():
            found = catalog.verify(one)
            if name is None and found.state == "missing":
                print(f"{one}: not here: {found.message}")
            else:
                print(f"{one}: ok, {catalog.path(one)}")
    except catalog.CatalogError as error:
        raise UsageError(str(error)) from None
