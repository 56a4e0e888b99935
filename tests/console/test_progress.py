"""Progress on a terminal, in a log, and switched off."""

from __future__ import annotations

import io
import re
import sys
import time

import pytest
from rich.console import Console

from pipeline.console import progress as module
from pipeline.console.progress import Bar, Lines, Silent, Tally, make_progress
from tests.console.test_speed import Clock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_time_left_goes_by_documents_when_their_number_is_known() -> None:
    clock = Clock()
    tally = Tally(clock)
    tally.start(1000, 10)
    for _ in range(50):
        clock.now += 1
        tally.advance(4, 8, 1)
    assert tally.done == pytest.approx(0.2)
    assert tally.seconds_left() == pytest.approx(200, rel=0.05)
    assert tally.figures() == ["200 of 1,000 documents", "400 pages", "4 documents/s", "50 with errors"]
    assert tally.time_left() == "4 min left"


def test_time_left_goes_by_shards_when_the_number_of_documents_is_unknown() -> None:
    clock = Clock()
    tally = Tally(clock)
    tally.start(None, 10)
    assert tally.seconds_left() is None
    for _ in range(4):
        clock.now += 30
        tally.advance(100, 0, 0)
        tally.shard_done()
    assert tally.done == pytest.approx(0.4)
    assert tally.seconds_left() == pytest.approx(180, rel=0.05)
    assert "4 of 10 shards" in tally.figures()


def test_resumed_work_counts_as_done_but_not_as_speed() -> None:
    clock = Clock()
    tally = Tally(clock)
    tally.start(1000, 10, done_documents=900, done_shards=9)
    for _ in range(10):
        clock.now += 1
        tally.advance(2, 0, 0)
    assert tally.documents_per_second() == pytest.approx(2, rel=0.1)
    assert tally.seconds_left() == pytest.approx(40, rel=0.15)
    assert tally.done == pytest.approx(0.92)


def test_more_documents_than_listed_do_not_break_the_estimate() -> None:
    clock = Clock()
    tally = Tally(clock)
    tally.start(10, 1)
    clock.now += 5
    tally.advance(12, 0, 0)
    assert tally.done == 1
    assert tally.time_left() == "finishing"


def test_a_terminal_gets_a_bar_that_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    with make_progress(stream=stream) as progress:
        assert isinstance(progress, Bar)
        progress.start(100, 4)
        progress.advance(25, 60, 2)
        progress.message("files that docmill does not read: 3 .docx")
        shown = Console(file=io.StringIO(), width=80)
        shown.print(progress.render())
        text = shown.file.getvalue()
    assert "25 of 100 documents" in text
    assert "2 with errors" in text
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "3 .docx" in stream.getvalue()
    assert "\x1b[?25h" in stream.getvalue()  # the cursor is back


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_a_terminal_that_cannot_redraw_gets_lines(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert isinstance(make_progress(stream=Terminal()), Lines)


def test_a_log_gets_plain_lines_while_the_job_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FIRST_LINE_AFTER", 0.05)
    stream = io.StringIO()
    progress = make_progress(stream=stream)
    assert isinstance(progress, Lines)
    progress.start(100, 4)
    progress.advance(25, 60, 2)
    deadline = time.monotonic() + 20
    while "25 of 100" not in stream.getvalue() and time.monotonic() < deadline:
        time.sleep(0.01)
    progress.stop()
    progress.stop()
    lines = stream.getvalue().splitlines()
    assert all(line.startswith("docmill: ") and "\x1b" not in line for line in lines)
    assert re.fullmatch(
        r"docmill:  25 % \| 25 of 100 documents \| 60 pages \| .*2 with errors \| .*", lines[-1]
    )


def test_a_short_job_leaves_no_line_in_the_log() -> None:
    stream = io.StringIO()
    with Lines(stream) as progress:
        progress.start(3, 1)
        progress.advance(3, 3, 0)
    assert stream.getvalue() == ""


def test_messages_come_before_and_after_start_and_cannot_steer_the_terminal() -> None:
    for kind, stream in ((Lines, io.StringIO()), (Bar, Terminal())):
        progress = kind(stream)
        progress.message("[bold]resuming\x1b]0;title\x07")
        assert "[bold]resuming<U+001B>]0;title<U+0007>" in stream.getvalue()


def test_a_log_that_cannot_hold_a_character_spells_it_out() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    Lines(stream).message("folder données")
    assert raw.getvalue() == b"docmill: folder donn\\xe9es\n"


def test_switched_off_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with make_progress(enabled=False) as progress:
        assert isinstance(progress, Silent)
        progress.start(10, 1)
        progress.advance(10, 0, 3)
        progress.shard_done(10)
        progress.message("hello")
    assert capsys.readouterr() == ("", "")
    assert progress.tally.errors == 3


def test_without_a_stream_it_is_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    make_progress().message("to standard error")
    assert capsys.readouterr() == ("", "docmill: to standard error\n")
    assert sys.stderr is not None
