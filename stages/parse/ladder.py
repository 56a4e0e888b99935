"""The rungs after the first: pages that a router chose are read again, each rung in a process of its own.

A rung that hangs, crashes or fails costs the page its second reading only: the text of the first one stays,
and the row says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from stages.parse.choice import Choice, Router, is_blank
from stages.parse.process import CannotStartError
from stages.parse.rungs.rung import Rung
from stages.parse.sandbox import Failure, Limits, Outcome, Sandbox
from stages.parse.wire import PackedPage

_STATUS = {"timeout": "timeout", "memory": "memory", "crashed": "crashed"}  # all else is "failed"


class RungFailure(NamedTuple):
    """A page (from 0) that a rung could not read. ``code`` is timeout, memory, crashed, cannot_start, a word of
    the rung's, or the name of an exception raised at ``place``."""

    rung: str
    code: str
    page: int
    place: str | None = None


class Reading(NamedTuple):
    """What is known of how a page was read."""

    parser: str
    status: str | None = None  # one of RUNG_STATUSES
    cheap_quality: float | None = None
    quality: float | None = None  # predicted for the text that was kept
    rung_seconds: float | None = None  # CPU time of the second reading, where there was one


@dataclass(slots=True)
class Climbed:
    """A document after the ladder. ``readings`` has every page of ``outcome.pages``, by number."""

    outcome: Outcome
    readings: dict[int, Reading] = field(default_factory=dict)
    failures: list[RungFailure] = field(default_factory=list)


class Ladder:
    """Reads pages again by the rungs that a router chooses for them."""

    def __init__(self, first: str, rungs: Mapping[str, Rung], router: Router, recycle_after: int) -> None:
        """``first`` made the text that comes in; ``rungs`` are the others by their names."""
        self._first = first
        self._rungs = rungs
        self._router = router
        self._recycle_after = recycle_after
        self._sandboxes: dict[str, Sandbox] = {}

    def choose(self, outcomes: Sequence[Outcome]) -> list[Sequence[Choice]]:
        """Return what is to be done with the pages of documents that the first rung read. The router looks at
        all of them at once, since that costs less."""
        pages = [page for outcome in outcomes for page in outcome.pages]
        choices = iter(self._router.choose(pages) if pages else ())
        return [list(islice(choices, len(outcome.pages))) for outcome in outcomes]

    def climb(
        self,
        outcome: Outcome,
        choices: Sequence[Choice],
        data: memoryview,
        limits: Limits,
        seconds: float,
        passwords: Sequence[str],
    ) -> Climbed:
        """Return the document with pages replaced that another rung read.

        Args:
            outcome: of the first rung. Pages that it could not read are not tried again.
            choices: for each of its pages, by ``choose``.
            data: the document.
            limits: of the first rung, for the number of pages.
            seconds: that the document may spend in each of the other rungs.
            passwords: to open it with.
        """
        pages = outcome.pages
        climbed = Climbed(outcome)
        wanted: dict[str, list[int]] = {}
        chosen: dict[int, Choice] = {}
        for page, choice in zip(pages, choices, strict=True):
            quality = choice.cheap_quality
            climbed.readings[page.number] = Reading(self._first, None, quality, quality)
            if choice.rung is not None and choice.rung != self._first and not is_blank(page):
                wanted.setdefault(choice.rung, []).append(page.number)
                chosen[page.number] = choice
        places = {page.number: place for place, page in enumerate(pages)}
        for name in self._rungs:  # in the order of the options, so that failures have one order
            if name not in wanted:
                continue
            found = self._read(self._rungs[name], data, limits, seconds, passwords, wanted[name])
            read = {page.number: page for page in found.pages}
            lost = {failure.page: failure for failure in found.failures if failure.page is not None}
            whole = next((failure for failure in found.failures if failure.page is None), None)
            for number in wanted[name]:
                cheap = pages[places[number]]
                reading = climbed.readings[number]
                if number in read:
                    spent = read[number].cpu_seconds
                    page, used = _better(cheap, read[number])
                    status = "used" if used else "kept_cheap"
                    if used:
                        reading = reading._replace(parser=name, quality=chosen[number].quality)
                    pages[places[number]] = page
                else:
                    failure = lost.get(number) or whole or Failure("missing")
                    status = _STATUS.get(failure.code, "failed")
                    spent = found.cpu_seconds.get(number, 0.0)
                    pages[places[number]] = cheap._replace(cpu_seconds=cheap.cpu_seconds + spent)
                    climbed.failures.append(RungFailure(name, failure.code, number, failure.place))
                climbed.readings[number] = reading._replace(status=status, rung_seconds=spent)
        return climbed

    def close(self) -> None:
        """End the processes of all rungs."""
        sandboxes, self._sandboxes = self._sandboxes, {}
        for sandbox in sandboxes.values():
            sandbox.close()

    def _read(
        self,
        rung: Rung,
        data: memoryview,
        limits: Limits,
        seconds: float,
        passwords: Sequence[str],
        pages: Sequence[int],
    ) -> Outcome:
        sandbox = self._sandboxes.get(rung.name)
        if sandbox is None:
            sandbox = self._sandboxes[rung.name] = Sandbox(
                rung.adaptor,
                memory_bytes=rung.memory_mb << 20,
                recycle_after=self._recycle_after,
                settings=rung.settings,
                starts_programs=rung.starts_programs,
            )
        page_seconds = rung.page_timeout_s * (len(pages) if rung.per == "document" else 1)
        try:
            return sandbox.parse(data, Limits(seconds, page_seconds, limits.pages), passwords, pages)
        except CannotStartError:
            return Outcome(failures=[Failure("cannot_start")])


def _better(cheap: PackedPage, found: PackedPage) -> tuple[PackedPage, bool]:
    """The page as it is kept, and whether its text is the one found. Nothing never replaces something."""
    spent = cheap.cpu_seconds + found.cpu_seconds
    if cheap.flags and not found.flags:
        return cheap._replace(cpu_seconds=spent), False
    # The size is the first rung's word: boxes of every rung are in points of the page as displayed.
    kept = found._replace(
        width=cheap.width,
        height=cheap.height,
        rotation=cheap.rotation,
        cpu_seconds=spent,
        evidence=cheap.evidence,
    )
    return kept, True
