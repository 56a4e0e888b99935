"""With ``report.samples: 0`` no text of any document is in the report; ids are."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.report import write_report
from tests.report.folder import line, page, row, write_output

CANARY = "zebra-canary"
FIELDS = (
    pa.field("diagnosis", pa.string()),
    pa.field("diagnosis_kind", pa.dictionary(pa.int32(), pa.string())),
    pa.field("sentences", pa.list_(pa.struct([("text", pa.string()), ("surname", pa.string())]))),
    pa.field("extra", pa.map_(pa.string(), pa.string())),
    pa.field("names", pa.list_(pa.string())),
    pa.field("patient", pa.struct([("name", pa.string())])),
    pa.field("summary_text", pa.large_string()),
)


def secretive(samples: int, where: Path) -> str:
    rows = [
        row(
            f"{i}.pdf",
            f"the {CANARY} text {i}",
            metadata=[(CANARY, CANARY)],
            short_text=CANARY,
            short_spans=[{"start": 4, "end": 9}],
            diagnosis=CANARY,
            diagnosis_kind="plain",
            sentences=[{"text": CANARY, "surname": CANARY}],
            extra=[(CANARY, CANARY)],
            names=[CANARY],
            patient={"name": CANARY},
            summary_text=CANARY,
            pages=2,
        )
        for i in range(30)
    ]
    config = {"stages": [{"parse": {}}], "report": {"samples": samples}}
    output = write_output(where, rows, extra=FIELDS, config=config)
    return Path(write_report(output)).read_text(encoding="utf-8")


def test_switched_off_the_report_holds_no_text(tmp_path: Path) -> None:
    html = secretive(0, tmp_path)
    assert CANARY not in html
    assert "zebra" not in html
    assert "17.pdf" in html
    assert "Length of diagnosis" in html or "diagnosis 1 words" in html


def test_switched_on_it_does(tmp_path: Path) -> None:
    assert CANARY in secretive(1, tmp_path)


@pytest.mark.parametrize("samples", [1, 2, 5])
def test_as_many_documents_as_asked_for(samples: int, tmp_path: Path) -> None:
    assert secretive(samples, tmp_path).count('<article class="sample">') == samples


def test_vocabularies_of_docmill_are_shown_all_the_same(tmp_path: Path) -> None:
    rows = [
        row(f"{i}.pdf", "text", lines=[line(0, 4, label=("body", "heading")[i % 2])], pages=1, parse_status=s)
        for i, s in enumerate(["ok", "partial"] * 5)
    ]
    for i, r in enumerate(rows):
        r["pages"] = [page(1, 4, parser=("pdfium", "ocr")[i % 2])]
    output = write_output(tmp_path, rows, config={"stages": [], "report": {"samples": 0}})
    html = Path(write_report(output)).read_text(encoding="utf-8")
    for word in ("heading", "ocr", "partial"):
        assert word in html


def test_secrets_in_settings_and_addresses_are_masked(tmp_path: Path) -> None:
    config = {
        "stages": [{"parse": {"passwords": ["hunter2"], "url": "https://me:hunter2@example.org/x"}}],
        "report": {"samples": 0},
    }
    output = write_output(tmp_path, [row("a.pdf", "text")], config=config)
    html = Path(write_report(output)).read_text(encoding="utf-8")
    assert "hunter2" not in html
    assert "https://example.org/x" in html
