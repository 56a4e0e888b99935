"""``python -m pipeline`` and ``docmill`` are the same command."""

from __future__ import annotations

import sys


def main() -> None:
    from pipeline.cli.app import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
