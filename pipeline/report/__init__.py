"""The HTML report of a run: ``OUTPUT/_docmill/report.html``, one file that needs nothing else."""

from __future__ import annotations

__all__ = ["write_report"]


def write_report(output: str) -> str:
    """Write the report of an output folder; return its location. See ``pipeline.report.write``."""
    from pipeline.report.write import write_report as write

    return write(output)
