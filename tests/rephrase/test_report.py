"""What the report and inspect say of rephrasings."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from pipeline import Pipeline
from pipeline.config import ReportOptions, Settings
from pipeline.inspection import show
from pipeline.report import write_report
from stages.rephrase.stage import Rephrase
from stages.segment.stage import Segment
from tests.rephrase.chat_server import reword, serving
from tests.rephrase.rephrasing import FOX, TWELVE, options
from tests.report.html_page import parse


def run(tmp_path: Path) -> Path:
    """Three documents in two styles; the last one's answers have a number too many."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "fox.txt").write_text(FOX)
    (folder / "letter.txt").write_text(TWELVE)
    (folder / "bird.txt").write_text(
        "A bird with blue feathers came over the roof and walked to a basket of apples."
    )

    def rule(passage: str) -> str:
        return f"{reword(passage)} It has 77 apples." if "apples" in passage else reword(passage)

    with serving("400", rule=rule) as server:
        stages = [
            Segment(),
            Rephrase(**options(server, styles=["easy", "hard"], endpoint={"concurrency": 1})),
        ]
        settings = Settings(stages=[{"segment": {}}, {"rephrase": {}}], report=ReportOptions(samples=0))
        Pipeline(stages, settings).run(folder, out, workers=1)
    return out


def test_the_report_counts_them_by_style_and_reason(tmp_path: Path) -> None:
    out = run(tmp_path)
    page = parse(Path(write_report(str(out))).read_text(encoding="utf-8"))
    words = " ".join(page.text.split()).replace("\u202f", " ")
    assert "67 % of 6 rephrasings passed the gates. Rejected: 1. Without an answer: 1." in words.replace(
        "67%", "67 %"
    )
    assert "numbers_new" in words
    assert "endpoint_status_400" in words
    assert "Flesch-Kincaid" in words
    assert "77 apples" not in words, "a report without samples shows no text"


def test_inspect_shows_passages_with_their_styles(tmp_path: Path) -> None:
    out = run(tmp_path)
    stream = io.StringIO()
    show(str(out), "letter.txt", Console(file=stream, width=120))
    shown = stream.getvalue()
    assert "1 passage, 2 of 2 rephrasings passed" in shown
    assert "passage 0  The patient came on 12 March" in shown
    assert "easy  ok" in shown
    assert "sick person arrived on 12 March" in shown
