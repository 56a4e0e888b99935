"""Symbols of units of measurement: ready-made stop lists hold many of them (``mg``, ``l``) as words.

Case-folded. Those that are far more often an ordinary word (a, in) are left out.
"""

from __future__ import annotations

from typing import Final

_LATIN: Final = (
    "g kg mg µg μg mcg ng pg t lb lbs oz l dl cl ml µl μl m km dm cm mm µm μm nm ft yd mi h hr hrs min mins s "
    "sec secs ms j d v kv mv w kw mw k c f n pa kpa hpa mpa bar hz khz mhz ghz kcal cal mol mmol µmol nmol iu "
    "ui u eq meq mosm bpm mmhg cmh2o kb mb gb tb db ppm ppb am pm ha pt px dpi rpm"
)
_CYRILLIC: Final = "г кг мг мкг л мл м км см мм ч мин с сек"

MEASURES: Final = frozenset(f"{_LATIN} {_CYRILLIC}".split())
