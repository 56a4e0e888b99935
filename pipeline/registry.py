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
    "layout": "stages.layout.stage:Layout",
    "segment": "stages.segment.stage:Segment",
    "simplify": "stages.simplify.stage:Simplify",
    "rephrase": "stages.rephrase.stage:Rephrase",
    "shorten": "stages.shorten.stage:Shorten",
}


# counts words for shorten; `docmill fit-rare` calls it
DOCUMENT_FREQUENCY = "stages.shorten.document_frequency:DocumentFrequency"
# measures parsers; `docmill calibrate parse` calls it
PARSE_CALIBRATOR = "stages.parse.calibration:Calibrator"
# takes lines out of parse's columns; `docmill adapt layout` calls it
DOCUMENT_LINES = "stages.layout.stack:document_lines"
# draws pages; `docmill inspect --html` calls it
PAGE_PICTURES = "stages.parse.pictures:Pictures"


def load(name: str) -> type[Stage[Any]]:
    """Return the class of the stage.

    Raises:
        UsageError: there is no stage of that name.
    """
    if name not in STAGES:
        raise UsageError(f"there is no stage {name!r}; stages are: {', '.join(STAGES)}")
    stage: type[Stage[Any]] = load_object(STAGES[name])
    return stage


def load_object(where: str) -> Any:
    """Return what ``module:attribute`` names."""
    module, _, attribute = where.partition(":")
    return getattr(importlib.import_module(module), attribute)
