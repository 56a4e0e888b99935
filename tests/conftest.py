"""What every test of docmill may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# A busy machine must not make a test fail. The same examples each time, so that a change is judged by itself; to look
# for new ones: DOCMILL_NEW_EXAMPLES=1.
settings.register_profile(
    "docmill",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("DOCMILL_NEW_EXAMPLES"),
)
settings.load_profile("docmill")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT
