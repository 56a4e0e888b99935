"""What can go wrong in an export, in one line for a person."""

from __future__ import annotations


class ExportError(Exception):
    """The checkpoint, the options or the machine does not allow the export."""


class GateError(ExportError):
    """The artifact differs too much from the original; it was not written."""
