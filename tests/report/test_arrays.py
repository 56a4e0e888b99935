"""Arrow to numpy without pandas."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.arrays import floats

VALUES = st.lists(st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1)), max_size=40)


@given(VALUES, st.integers(0, 10), st.sampled_from([pa.int32(), pa.int64(), pa.float64()]))
def test_values_and_nulls_of_slices(values: list[int | None], start: int, kind: pa.DataType) -> None:
    array = pa.array(values, kind).slice(start)
    found = [None if math.isnan(v) else v for v in floats(array)]
    assert found == values[start:]


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([True, None, False]).slice(1), [None, 0]),
        (pa.nulls(3), [None] * 3),
        (pa.nulls(0, pa.int8()), []),
        (pa.array([2**63], pa.uint64()), [float(2**63)]),
    ],
)
def test_other_kinds(array: pa.Array, expected: list[float | None]) -> None:
    assert [None if math.isnan(v) else v for v in floats(array)] == expected


def test_a_report_and_a_document_view_load_nothing_heavy(output: str, root: Path) -> None:
    program = """
import sys
from rich.console import Console
from pipeline.inspection import show
from pipeline.report import write_report
write_report(sys.argv[1])
show(sys.argv[1], "letters/003.pdf", Console())
print([m for m in ("pandas", "torch", "transformers", "ray", "onnxruntime", "stages") if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, output],
        capture_output=True,
        text=True,
        cwd=root,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_console_loads_nothing_before_it_is_used(root: Path) -> None:
    program = """
import sys
import pipeline.console.progress, pipeline.console.summary, pipeline.inspection, pipeline.report
print([m for m in ("rich", "pyarrow", "numpy", "jinja2", "fsspec", "yaml") if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"
