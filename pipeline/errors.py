"""Failures of a job as a person sees them: one line that says what is wrong and how to mend it."""

from __future__ import annotations


class DocmillError(Exception):
    """Base; ``exit_status`` is the exit status of the command line."""

    exit_status = 3


class UsageError(DocmillError):
    """Unusable arguments, configuration or environment: nothing was started."""

    exit_status = 2


class JobError(DocmillError):
    """The job itself failed; what was committed stays."""

    exit_status = 3
