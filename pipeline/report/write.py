"""Makes the report of an output folder and puts it there."""

from __future__ import annotations

from pipeline.errors import JobError, UsageError
from pipeline.inspection.find import read
from pipeline.inspection.folder import Folder, open_folder
from pipeline.report import label_maps
from pipeline.report.failures import failures
from pipeline.report.page import page
from pipeline.report.samples import sample
from pipeline.report.scan import scan

_DOCUMENTS = 20  # in the table of documents
_STRIPS = 12  # documents whose pages are drawn
_LABELLED = 3  # documents whose lines are drawn as boxes


def write_report(output: str) -> str:
    """Write ``_docmill/report.html`` of an output folder, finished or not; return its location.

    The report appears in one step: a reader sees the old one or the new one. Memory is bounded whatever the
    size of the corpus. Text of documents is in it only when the run's ``report.samples`` is above 0.

    Raises:
        UsageError: the folder is no output, or cannot be written.
        JobError: a file of the output is missing or damaged.
    """
    folder = open_folder(output)
    html = render(folder).encode("utf-8", "replace")
    store = folder.store
    path = store.inside("report.html")
    try:
        store.fs.makedirs(store.inside("tmp"), exist_ok=True)
        with store.replacing(path) as stream:
            stream.write(html)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{output}: the report cannot be written: {reason}") from None
    return path if store.local else str(store.fs.unstrip_protocol(path))


def render(folder: Folder) -> str:
    """Return the report as HTML."""
    wanted = samples_wanted(folder)
    found = scan(
        folder,
        documents=_DOCUMENTS,
        samples=wanted,
        private=not wanted,
        strips=_STRIPS,
        labelled=_LABELLED,
    )
    labels = label_maps.section(found.labels, [read(folder, place) for place in found.labelled])
    return page(folder, found, failures(folder), [sample(folder, place) for place in found.samples], labels)


def samples_wanted(folder: Folder) -> int:
    """How many documents the run's settings allow to show with their text.

    Raises:
        JobError: the manifest says something that is no number, which must not be taken for a yes.
    """
    options = (folder.manifest.get("config") or {}).get("report") or {}
    wanted = options.get("samples", 3)
    if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < 0:
        raise JobError(
            f"{folder.store.given}: report.samples in _docmill/manifest.json must be a number from 0 on"
        )
    return min(wanted, 50)
