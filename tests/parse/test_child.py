"""The life of the child process: when it starts, what it leaves, when it ends."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from stages.parse.stage import Parse
from tests.parse.conftest import Children
from tests.parse.faults import FaultyParse
from tests.parse.parsing import batch_of, parse, started
from tests.parse.pdfs import simple

CANARY = "Quetzalcoatlus"
ROOT = Path(__file__).parents[2]


def test_nothing_starts_before_there_is_a_pdf(children: Children) -> None:
    with started(Parse()) as stage:
        result = stage.process(batch_of([]))
        assert result.num_rows == 0
        assert [field.name for field in stage.provides] == ["text", "pages", "lines", "parse_status"]
        assert all(result.schema.field(field.name).type == field.type for field in stage.provides)
        assert children() == []


def test_one_process_serves_many_documents_and_close_ends_it(children: Children) -> None:
    with started(Parse()) as stage:
        stage.process(batch_of([simple("One.")]))
        (first,) = children()
        stage.process(batch_of([simple("Two."), simple("Three.")]))
        assert children() == [first]
    assert not first.is_running()
    with started(stage):  # it may be warmed up again
        assert stage.process(batch_of([simple("Four.")])).column("text").to_pylist() == ["Four."]


def test_the_process_is_replaced_after_some_documents(children: Children) -> None:
    with started(Parse(recycle_after=2)) as stage:
        seen = set()
        for number in range(5):
            stage.process(batch_of([simple(f"Document {number}.")]))
            seen.add(children()[0].pid)
            assert len(children()) == 1
    assert len(seen) == 3


def test_a_child_that_was_killed_between_documents_is_replaced(children: Children) -> None:
    with started(Parse()) as stage:
        stage.process(batch_of([simple("One.")]))
        children()[0].kill()
        time.sleep(0.1)
        (text,) = stage.process(batch_of([simple("Two.")])).column("text").to_pylist()
    assert text == "Two."


def test_a_pickled_stage_starts_afresh() -> None:
    with started(Parse(max_pages=7)) as stage:
        stage.process(batch_of([simple("One.")]))
        copy = pickle.loads(pickle.dumps(stage))
    assert copy.config.max_pages == 7
    assert parse(simple("Two."), stage=copy)[0]["text"] == "Two."


PARENT = """
import sys
import pyarrow as pa
from tests.parse.faults import FaultyParse
from tests.parse.pdfs import simple
from tests.parse.parsing import batch_of
stage = FaultyParse(timeout_s=600, page_timeout_s=600)
stage.process(batch_of([simple("fine")]))
print(stage._sandbox.pid, flush=True)
stage.process(batch_of([simple(sys.argv[1])]))
sys.stdin.read()
"""


@pytest.mark.parametrize("words", ["fine", "please hang"], ids=["idle", "in native code"])
def test_the_child_dies_with_its_parent(words: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    child = psutil.Process(int(parent.stdout.readline()))
    time.sleep(0.3)
    assert child.is_running()
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    _, alive = psutil.wait_procs([child], timeout=30)
    assert not alive


def test_a_script_without_main_guard_can_use_the_stage(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import pyarrow as pa\n"
        "from stages.parse.stage import Parse\n"
        "from tests.parse.pdfs import simple\n"
        "from tests.parse.parsing import batch_of\n"
        "print(Parse().process(batch_of([simple('Works.')])).column('text')[0])\n"
    )
    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("Works.", "", 0)


def test_no_text_of_a_document_in_errors_logs_or_streams(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    documents = [
        simple(f"{CANARY} {harm}") for harm in ("is fine", "please crash", "please raise", "please hang")
    ]
    broken = documents[0][:300] + CANARY.encode()
    stage = FaultyParse(page_timeout_s=2, passwords=["sesame"])
    rows = parse(*documents, broken, stage=stage)
    assert CANARY in rows[0]["text"]
    assert sum(bool(row["errors"]) for row in rows) == 4
    said = [str(row["errors"]) for row in rows]
    streams = capfd.readouterr()
    for told in [*said, caplog.text, streams.out, streams.err, repr(stage.config)]:
        assert CANARY not in told
        assert "sesame" not in told


def test_passwords_are_in_no_fingerprint_but_change_it() -> None:
    none, one, other = Parse(), Parse(passwords=["sesame"]), Parse(passwords=["tahini"])
    assert "passwords" not in none.dependencies()
    assert one.dependencies() != other.dependencies()
    assert "sesame" not in str(one.dependencies()) + one.config.model_dump_json()
    assert {"pypdfium2", "pdfium"} <= none.dependencies().keys()


@pytest.mark.parametrize("size", [1, 7, 64])
def test_the_result_does_not_depend_on_the_batch(size: int) -> None:
    documents = [simple(f"Document {i}\nhas infor-\nmation.", "Page two.") for i in range(20)]
    documents[3:3] = [b"", documents[0][:200]]
    with started(Parse()) as stage:
        whole = stage.process(batch_of(documents))
        parts = [stage.process(batch_of(documents[i : i + size])) for i in range(0, len(documents), size)]
    for name in ("text", "lines", "parse_status", "errors"):
        joined = [row for part in parts for row in part.column(name).to_pylist()]
        assert joined == whole.column(name).to_pylist(), name


def test_columns_that_are_there_are_replaced_and_others_kept() -> None:
    batch = (
        batch_of([simple("New.")])
        .append_column("text", pa.array(["old"]))
        .append_column("mine", pa.array([1]))
    )
    with started(Parse()) as stage:
        result = stage.process(batch)
    assert result.column("text").to_pylist() == ["New."]
    assert result.column("mine").to_pylist() == [1]
    assert result.schema.names.count("text") == 1


@pytest.mark.parametrize(
    "adaptor",
    ["pdfium", "rungs.geometric", "rungs.tables", "rungs.rapidocr", "rungs.tesseract", "rungs.command"],
)
def test_a_child_imports_no_more_than_it_needs(adaptor: str) -> None:
    code = f"import sys, stages.parse.child, stages.parse.{adaptor}; print({{'pyarrow', 'pydantic'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
