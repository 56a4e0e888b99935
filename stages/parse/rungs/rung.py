"""What the parent knows of a rung: how its child process is started and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
Kind = Literal["text", "tables", "ocr", "other"]


@dataclass(frozen=True)
class Rung:
    """A parser as a step of the ladder.

    Attributes:
        name: in options and in ``pages[].parser``.
        adaptor: ``module:class`` of its Adaptor, run in the child process.
        kind: which prediction of the router speaks for it: another reading of the text layer, a reading of
            tables, text recognition, or anything else.
        settings: keywords of the adaptor's class. Part of the fingerprint.
        per: whether the adaptor reads page by page, or all the pages it is asked for in one go.
        memory_mb: MiB that its process, and every program it starts, may hold together.
        page_timeout_s: seconds that a page may take. A ``document`` rung has as many for each page asked for.
        starts_programs: whether its process starts others, which are then watched and ended with it.
    """

    name: str
    adaptor: str
    kind: Kind
    settings: Mapping[str, Json] = field(default_factory=dict)
    per: Literal["page", "document"] = "page"
    memory_mb: int = 1024
    page_timeout_s: float = 30.0
    starts_programs: bool = False

    def check(self) -> None:
        """Raise ``stages.parse.rungs.rung.UnavailableError`` when this rung cannot run here. Loads nothing
        heavy."""
        return

    def dependencies(self) -> Mapping[str, str]:
        """Versions of what makes the rung's text."""
        return {}

    def models(self) -> Mapping[str, str]:
        """Name to sha256 of each model that the rung uses."""
        return {}


class UnavailableError(Exception):
    """A rung cannot run here. The message is one line that says what to install or to change."""
