"""The command line with the sample stages registered: ``python driver.py ARGUMENTS``."""

from __future__ import annotations

import sys

from pipeline import registry
from tests.pipeline import sample_stages

if __name__ == "__main__":
    from pipeline.cli.app import main

    registry.STAGES.update(sample_stages.ALL)
    sys.exit(main())
