"""Which stages there are. Names point at classes as strings, so that nothing loads before a config asks.

To add a stage: one package under ``stages/`` and one line here.
"""

from __future__ import annotations

import importlib
from typing import Any

from pipeline.errors import UsageError
from pipeline.stage import Stage

STAGES: dict[str, str] = {
    "parse": "stages.parse.stage:Parse",
    "shorten": "stages.shorten.stage:Shorten",
}


def load(name: str) -> type[Stage[Any]]:
    """Return the class of the stage.

    Raises:
        UsageError: there is no stage of that name.
    """
    if name not in STAGES:
        raise UsageError(f"there is no stage {name!r}; stages are: {', '.join(STAGES)}")
    module, _, attribute = STAGES[name].partition(":")
    stage: type[Stage[Any]] = getattr(importlib.import_module(module), attribute)
    return stage
