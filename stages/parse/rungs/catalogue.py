"""Which rungs there are: those built in, programs that the options describe, and those of installed packages.

A package offers a rung by an entry point of the group ``docmill.parsers``: its name is the rung's, and it
loads a ``Rung``, or a function without arguments that returns one.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points

from models.session import Profile
from stages.parse.options import ParseConfig
from stages.parse.rungs import builtin
from stages.parse.rungs.rung import Rung, UnavailableError

GROUP = "docmill.parsers"


def rungs_of(config: ParseConfig, profile: Profile = "cpu") -> dict[str, Rung]:
    """Return the rungs that the options name, in their order, the first one included. ``profile``: where their
    models run.

    Raises:
        UnavailableError: there is no rung of a name, or its package cannot be used.
    """
    known = builtin.rungs(config, profile)
    for name in config.commands:
        if name in known:
            raise UnavailableError(
                f"commands describes {name}, which is a parser of docmill: choose another name"
            )
        known[name] = builtin.command(name, config.commands[name])
    return {name: known[name] if name in known else _offered(name, known) for name in config.rungs}


def _offered(name: str, known: Mapping[str, Rung]) -> Rung:
    points = {point.name: point for point in entry_points(group=GROUP)}
    if name not in points:
        names = ", ".join([*known, *sorted(points)])
        raise UnavailableError(f"there is no parser {name!r}; parsers are: {names}, and those of commands")
    return _loaded(points[name])


def _loaded(point: EntryPoint) -> Rung:
    where = point.dist.name if point.dist else point.value
    try:
        found = point.load()
        rung = found if isinstance(found, Rung) else found()
    except Exception as error:
        raise UnavailableError(
            f"the parser {point.name} of {where} cannot be loaded: {type(error).__name__}"
        ) from error
    if not isinstance(rung, Rung) or rung.name != point.name:
        raise UnavailableError(f"the parser {point.name} of {where} is no Rung of that name: report it there")
    return rung
