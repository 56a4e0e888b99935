"""Which documents carry which errors: exact numbers, and the first documents of each kind."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pipeline.inspection.folder import Folder
from pipeline.report.arrays import floats

SHOWN = 50  # documents per kind of error


@dataclass(frozen=True, slots=True)
class Case:
    """One error of one document."""

    doc_id: str
    message: str


@dataclass
class Failure:
    """All errors of one stage and code."""

    stage: str
    code: str
    count: int
    kind: str = ""
    cases: list[Case] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Errors beyond the cases shown."""
        return self.count - len(self.cases)


def failures(folder: Folder) -> list[Failure]:
    """Return the errors by stage and code, the most frequent first.

    Numbers come from the commit records. Part files are read only while a code that occurs in them still
    lacks cases, so that a corpus with many errors does not cost a pass.
    """
    found: dict[str, Failure] = {}
    for record in folder.records:
        for name, count in (record.totals.get("errors") or {}).items():
            stage, _, code = name.partition("/")
            found.setdefault(name, Failure(stage, code, 0)).count += count
    for record in folder.records:
        named = record.totals.get("errors") or {}
        lacking = {n for n in named if len(found[n].cases) < min(SHOWN, found[n].count)}
        if lacking:
            _gather(folder, record.part, found, lacking)
    return sorted(found.values(), key=lambda f: (-f.count, f.stage, f.code))


def _gather(folder: Folder, part_name: str, found: dict[str, Failure], lacking: set[str]) -> None:
    with folder.part(part_name) as part:
        for batch in part.iter_batches(batch_size=1024, columns=["id", "errors"]):
            ids, errors = batch.column("id"), batch.column("errors")
            lengths = np.nan_to_num(floats(errors.value_lengths()))
            for row in lengths.nonzero()[0].tolist():
                for error in errors[row].as_py():
                    name = f"{error['stage']}/{error['code']}"
                    if name not in lacking:
                        continue
                    failure = found[name]
                    failure.kind = failure.kind or error["kind"]
                    failure.cases.append(Case(str(ids[row]), error["message"]))
                    if len(failure.cases) >= SHOWN:
                        lacking.discard(name)
            if not lacking:
                return
