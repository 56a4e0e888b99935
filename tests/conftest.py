"""What every test of docmill may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# a busy machine must not make a test fail
settings.register_profile("docmill", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("docmill")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT
