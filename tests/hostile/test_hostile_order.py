"""What becomes of a document does not depend on the documents that the parser process read before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline import document
from stages.parse.stage import Parse
from tests.hostile.make_hostile import PDFS, Case

QUICK = [case for case in PDFS if not case.name.startswith(("inflates", "many", "form-twice", "deep"))]


@pytest.fixture(scope="module")
def contents(tmp_path_factory) -> dict[str, bytes]:
    folder: Path = tmp_path_factory.mktemp("order")
    for case in QUICK:
        case.make(folder / case.name)
    return {case.name: (folder / case.name).read_bytes() for case in QUICK}


@pytest.fixture(scope="module")
def used_parser() -> Iterator[Parse]:
    parser = Parse()
    parser.warm_up()
    yield parser
    parser.close()


def parsed(parser: Parse, data: bytes) -> dict[str, Any]:
    batch = pa.RecordBatch.from_arrays(
        [pa.array(["x"]), pa.array([[]], document.ERRORS), pa.array([data], document.BYTES.type)],
        ["id", "errors", "bytes"],
    )
    (row,) = parser.process(batch).to_pylist()
    for page in row["pages"] or ():
        del page["cost_cpu_s"]
    return row


@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.name)
def test_a_parser_that_has_seen_everything_says_what_a_new_one_says(contents, used_parser, case: Case):
    new = Parse()
    new.warm_up()
    try:
        alone = parsed(new, contents[case.name])
    finally:
        new.close()
    for before in contents.values():
        parsed(used_parser, before)
        assert parsed(used_parser, contents[case.name]) == alone
