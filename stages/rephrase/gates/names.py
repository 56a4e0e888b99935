"""Names of the gates, as options and reasons use them."""

from __future__ import annotations

from typing import Literal

GateName = Literal[
    "finished",
    "loop",
    "lead_in",
    "length",
    "language",
    "copied",
    "grounding",
    "numbers",
    "confidence",
    "entities",
    "negation",
    "questions",
    "similarity",
]
