"""``docmill adapt layout``: fit the line labeller to a person's own labelled documents."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline import config as configuration
from pipeline import document, registry
from pipeline.console import figures
from pipeline.console.printable import one_line
from pipeline.errors import JobError, UsageError
from pipeline.stage import Profile, StageError

_TOGETHER = 8  # documents that are parsed at once


class Pair(NamedTuple):
    """A document and its labels."""

    pdf: Path
    labels: Path


def adapt_layout(examples: str, out: str, config: str | None, profile: Profile) -> None:
    """Adapt the line labeller and say what it gained.

    Raises:
        UsageError: the examples, the configuration or the model are unusable.
        JobError: the result cannot be written.
    """
    from models.catalog import CatalogError
    from models.line_labeller.adapted.artifact import ADVISED, adapt
    from models.line_labeller.adapted.fit import Example
    from models.line_labeller.examples import ExamplesError, labels_of, read_regions
    from models.session import MissingRuntimeError, SessionError

    folder = Path(out)
    began = time.perf_counter()
    pairs = _pairs(Path(examples))
    try:
        regions = [read_regions(pair.labels) for pair in pairs]  # all of them first: parsing takes longer
        found = []
        for pair, given, lines in zip(pairs, regions, _lines(pairs, config, profile), strict=True):
            labels = labels_of(lines, given)
            if not any(labels):
                raise UsageError(
                    f"{pair.labels}: none of its regions holds a line of {pair.pdf.name}; boxes are x0, y0, x1, y1 "
                    "in points, y downwards from the top of the page, and pages count from 1"
                )
            found.append(Example(lines, labels))
        entry, fitted = adapt(found, folder, profile)
    except MissingRuntimeError as error:
        raise UsageError(f"docmill adapt: {error}") from None
    except (CatalogError, ExamplesError, SessionError) as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise JobError(f"{out}: cannot be written: {error.strerror or type(error).__name__}") from None
    if len(found) < ADVISED:
        print(f"note: {figures.plural(len(found), 'document')} are few; {ADVISED} or more do better")
    print(
        f"{folder}: adapted to {figures.plural(fitted.lines, 'labelled line')} of "
        f"{figures.plural(len(found), 'document')} in {time.perf_counter() - began:.0f} s, sha256 {entry.sha256[:16]}\n"
        f"macro F1 on the examples: {100 * fitted.before:.1f} before, "
        f"{100 * fitted.after:.1f} after (cross-validated)"
    )
    if not fitted.penalty:
        print("note: nothing did better than the model as it is, so it stays as it is")
    print(f"use it in a configuration: layout: {{model: {folder}}}")


def _pairs(folder: Path) -> list[Pair]:
    """The labelled documents of a folder, in the order of their names."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder; give one with NAME.pdf and NAME.json for each document")
    found = []
    for labels in sorted(folder.rglob("*.json")):
        pdf = next((p for p in (labels.with_suffix(".pdf"), labels.with_suffix(".PDF")) if p.is_file()), None)
        if pdf is None:
            raise UsageError(f"{labels}: has no {labels.stem}.pdf beside it")
        found.append(Pair(pdf, labels))
    if not found:
        raise UsageError(
            f"{folder}: holds no labelled documents; put NAME.json beside NAME.pdf, "
            "or draft one with  docmill inspect OUTPUT ID --labels NAME.json"
        )
    return found


def _lines(pairs: Sequence[Pair], config: str | None, profile: Profile) -> Iterator[Any]:
    """The lines of each document, as parse reads them."""
    document_lines = registry.load_object(registry.DOCUMENT_LINES)
    stage = _parse(config)
    stage.profile = profile
    with closing(stage):
        try:
            stage.check()
            stage.warm_up()
            for first in range(0, len(pairs), _TOGETHER):
                some = pairs[first : first + _TOGETHER]
                made = stage.process(_batch(some))
                for number, pair in enumerate(some):
                    if not made.column("lines")[number].is_valid:
                        errors = made.column("errors")[number].as_py()
                        code = errors[0]["code"] if errors else "unreadable"
                        raise UsageError(f"{pair.pdf}: cannot be read ({one_line(code, 40)})")
                yield from document_lines(made)
        except StageError as error:
            raise UsageError(str(error)) from None


def _parse(config: str | None) -> Any:
    if config is None:
        return registry.load("parse")()
    found = [s for s in configuration.build(configuration.load(config), config) if s.name == "parse"]
    if not found:
        raise UsageError(
            f"{config}: has no parse stage; name the configuration that the documents are run with"
        )
    return found[0]


def _batch(pairs: Sequence[Pair]) -> pa.RecordBatch:
    blobs = []
    for pair in pairs:
        try:
            blobs.append(pair.pdf.read_bytes())
        except OSError as error:
            raise UsageError(
                f"{pair.pdf}: cannot be read: {error.strerror or type(error).__name__}"
            ) from None
    return pa.RecordBatch.from_arrays(
        [
            pa.array([str(pair.pdf) for pair in pairs]),
            pa.array([[]] * len(pairs), document.ERRORS),
            pa.array(blobs, document.BYTES.type),
        ],
        schema=pa.schema([document.ID, document.ERRORS_FIELD, document.BYTES]),
    )
