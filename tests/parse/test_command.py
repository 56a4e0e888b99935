"""Programs as rungs: real ones of the system, and small ones that misbehave."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from pipeline.stage import StageError
from stages.parse.stage import Parse
from tests.parse.parsing import batch_of, parse, printed, started
from tests.parse.pdfs import simple


def with_program(argv: list[str], **options: Any) -> dict[str, Any]:
    return {
        "rungs": ["pdfium", "program"],
        "force": "program",
        "commands": {"program": {"argv": argv, "page_timeout_s": 60, **options}},
    }


def needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"needs the program {program}")


PAGES = ("First page.\nIts second line.", "Second page.", "Third page.")


@pytest.mark.parametrize("per", ["page", "document"])
def test_pdftotext(per: str) -> None:
    needs("pdftotext")
    options = with_program(["pdftotext", "-enc", "UTF-8", "{input}", "-"], per=per)
    (row,) = parse(simple(*PAGES), **options)
    assert row["text"] == "First page.\nIts second line.\n\nSecond page.\n\nThird page."
    assert [page["parser"] for page in row["pages"]] == ["program"] * 3
    assert printed(row) == ["First page.", "Its second line.", "Second page.", "Third page."]


def test_pdftotext_into_a_file() -> None:
    needs("pdftotext")
    options = with_program(["pdftotext", "{input}", "{output}"], output="file")
    (row,) = parse(simple("Only page."), **options)
    assert (row["text"], row["errors"]) == ("Only page.", [])


@pytest.mark.slow
def test_ocrmypdf_into_a_pdf() -> None:
    needs("ocrmypdf")
    argv = ["ocrmypdf", "--force-ocr", "--jobs", "1", "--output-type", "pdf", "{input}", "{output}"]
    options = with_program(argv, output="file", suffix=".pdf", per="document", page_timeout_s=300)
    (row,) = parse(simple("Recognised words of page one.", "And of page two."), **options)
    assert row["text"] == "Recognised words of page one.\n\nAnd of page two."
    assert [page["rung_status"] for page in row["pages"]] == ["used", "used"]


WRITE = """
import pathlib, sys
folder = pathlib.Path(sys.argv[2], "deep")
folder.mkdir()
(folder / "x.md").write_text("# Head\\n\\nBody.")
"""


def test_output_in_a_folder() -> None:
    argv = [sys.executable, "-c", WRITE, "{input}", "{output}/"]
    (row,) = parse(simple("x"), **with_program(argv, output="file", suffix=".md"))
    assert row["text"] == "# Head\n\nBody."


def test_a_program_for_pages_is_told_the_pages_number() -> None:
    code = "import sys; print('page', sys.argv[1])"
    argv = [sys.executable, "-c", code, "{page}", "{input}"]
    (row,) = parse(simple("a", "b"), **with_program(argv))
    assert printed(row) == ["page 1", "page 2"]


def test_a_program_for_documents_is_told_where_pages_end() -> None:
    code = "print('one -- page 1 -- two -- page 2 --')"
    argv = [sys.executable, "-c", code, "{input}"]
    (row,) = parse(simple("a", "b"), **with_program(argv, per="document", page_break="-- page [0-9]+ --"))
    assert row["text"] == "one\n\ntwo"


def test_pages_that_do_not_add_up_are_told() -> None:
    argv = [sys.executable, "-c", "print('all in one')", "{input}"]
    (row,) = parse(simple("a", "b"), **with_program(argv, per="document"))
    assert row["text"] == "a\n\nb"
    (error,) = row["errors"]
    assert (error["code"], error["kind"]) == ("rung_failed", "stage")
    assert "page_count" in error["message"]


def test_what_a_program_complains_of_is_not_repeated(capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys; sys.stderr.write('Quetzalcoatlus'); sys.exit(3)"
    (row,) = parse(simple("a"), **with_program([sys.executable, "-c", code, "{input}"]))
    (error,) = row["errors"]
    assert "exit_3" in error["message"]
    assert "Quetzalcoatlus" not in str(row["errors"]) + "".join(capfd.readouterr())
    assert (row["text"], row["pages"][0]["rung_status"]) == ("a", "failed")


GRANDCHILD = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {code!r}], start_new_session={session})
time.sleep(600)
"""


@pytest.mark.parametrize("session", [False, True], ids=["in its group", "in a session of its own"])
def test_the_whole_tree_of_a_program_is_ended_in_time(session: bool) -> None:
    code = GRANDCHILD.format(code="import time; time.sleep(601)", session=session)
    argv = [sys.executable, "-c", code, "{input}"]
    (row,) = parse(simple("a"), **with_program(argv, page_timeout_s=3))
    assert row["pages"][0]["rung_status"] == "timeout"
    time.sleep(0.2)
    left = [process for process in psutil.process_iter(["cmdline"]) if "time.sleep(601)" in str(process.info)]
    assert not left


def test_the_memory_of_the_whole_tree_counts() -> None:
    code = GRANDCHILD.format(
        code="import time; x = bytearray(b'x') * (600 << 20); time.sleep(600)", session=False
    )
    argv = [sys.executable, "-c", code, "{input}"]
    (row,) = parse(simple("a"), **with_program(argv, memory_limit_mb=400))
    assert row["pages"][0]["rung_status"] == "memory"
    assert [error["code"] for error in row["errors"]] == ["rung_memory"]


def test_temporary_files_go_even_with_a_program_that_hangs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = "import pathlib, time; pathlib.Path('left').write_text('x'); time.sleep(600)"
    argv = [sys.executable, "-c", code, "{input}"]
    stage = Parse(**with_program(argv, page_timeout_s=3))
    with started(stage):
        stage.process(batch_of([simple("a")]))
    assert list(tmp_path.iterdir()) == []


def test_arguments_go_through_no_shell() -> None:
    argv = [sys.executable, "-c", "import sys; print(sys.argv[2])", "{input}", "$HOME; {{x}} `ls`"]
    (row,) = parse(simple("a"), **with_program(argv))
    assert row["text"] == "$HOME; {x} `ls`"


def test_the_cost_of_a_page_counts_the_program() -> None:
    code = "sum(i * i for i in range(4_000_000)); print('done')"
    (row,) = parse(simple("a"), **with_program([sys.executable, "-c", code, "{input}"]))
    assert row["text"] == "done"
    assert row["pages"][0]["cost_cpu_s"] > 0.05


def test_a_missing_program_is_named() -> None:
    stage = Parse(**with_program(["no-such-program", "{input}"]))
    with pytest.raises(StageError, match="program needs the program no-such-program, which is not found"):
        stage.check()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"argv": ["x"]}, "no {input}"),
        ({"argv": ["x", "{input}", "{name}"]}, "{name}, which is not known"),
        ({"argv": ["x", "{input}", "{"]}, "stray brace"),
        ({"argv": ["x", "{input}"], "output": "file"}, "no {output}"),
        ({"argv": ["x", "{input}", "{page}"], "per": "document"}, "{page}"),
        ({"argv": ["x", "{input}"], "page_break": "("}, "regular expression"),
    ],
)
def test_a_command_that_cannot_work_is_refused(command: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("{", r"\{").replace("}", r"\}")):
        Parse(rungs=["pdfium", "program"], commands={"program": command})


def test_a_command_may_not_take_the_name_of_a_parser() -> None:
    stage = Parse(rungs=["pdfium", "tables"], commands={"tables": {"argv": ["x", "{input}"]}}, force="tables")
    with pytest.raises(StageError, match="choose another name"):
        stage.check()
