"""One document is found by its id, its source or the end of either, and a slip gets a hint."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import JobError, UsageError
from pipeline.inspection.find import find, read
from pipeline.inspection.folder import Folder, open_folder
from tests.report.folder import row, write_output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    names = [f"letters/{year}/{n:03d}.pdf" for year in (2023, 2024) for n in range(20)]
    names += ["notes/old-plan.txt", "notes/plan.txt", "posts.jsonl#7", "posts.jsonl#17", "été/lettre 1.pdf"]
    rows = [row(name, f"text of {name}") for name in names]
    output = write_output(tmp_path_factory.mktemp("out"), rows, shard_rows=10, row_group_rows=3)
    return open_folder(output)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("letters/2024/013.pdf", "letters/2024/013.pdf"),
        ("posts.jsonl#7", "posts.jsonl#7"),
        ("file:///corpus/notes/plan.txt", "notes/plan.txt"),
        ("2023/004.pdf", "letters/2023/004.pdf"),
        # a whole name goes before the end of one
        ("plan.txt", "notes/plan.txt"),
        ("d-plan.txt", "notes/old-plan.txt"),
        ("#17", "posts.jsonl#17"),
        ("lettre 1.pdf", "été/lettre 1.pdf"),
        ("/corpus/letters/2024/001.pdf", "letters/2024/001.pdf"),
    ],
)
def test_a_document_is_found_and_read(folder: Folder, asked: str, found: str) -> None:
    place = find(folder, asked)
    document = read(folder, place)
    assert (place.doc_id, document["id"], document["text"]) == (found, found, f"text of {found}")


def test_an_ambiguous_end_lists_the_candidates(folder: Folder) -> None:
    with pytest.raises(
        UsageError, match=r"fits more than one document.*letters/2023/007\.pdf, letters/2024/007\.pdf"
    ):
        find(folder, "007.pdf")
    with pytest.raises(UsageError, match=r"letters/2023/004.pdf \.\.\.$"):
        find(folder, ".pdf")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("letters/2024/0013.pdf", "letters/2024/013.pdf"),
        ("notes/pan.txt", "notes/plan.txt"),
        ("Letters/2023/004.PDF", "letters/2023/004.pdf"),
    ],
)
def test_a_slip_gets_a_hint(folder: Folder, asked: str, near: str) -> None:
    with pytest.raises(UsageError, match="there is no document") as caught:
        find(folder, asked)
    assert near in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_status == 2


def test_nothing_like_it_gets_no_hint(folder: Folder) -> None:
    with pytest.raises(UsageError) as caught:
        find(folder, "????????????????????????????????????????????")
    assert "near to it" not in str(caught.value)


def test_what_the_user_typed_cannot_steer_the_terminal(folder: Folder) -> None:
    with pytest.raises(UsageError) as caught:
        find(folder, "\x1b[2J\udcff")
    assert "\x1b" not in str(caught.value)
    str(caught.value).encode()


def test_the_id_alone_is_read_and_only_where_it_may_be(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, object]] = []
    real = pq.ParquetFile.iter_batches

    def spy(self: pq.ParquetFile, *args: object, **options: object) -> object:
        asked.append((options.get("columns"), options.get("row_groups")))
        return real(self, *args, **options)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", spy)
    find(folder, "letters/2024/013.pdf")
    assert asked == [(["id"], [1])]


def test_an_output_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        open_folder(str(tmp_path / "missing"))
    with pytest.raises(UsageError, match=r"has no _docmill/manifest\.json"):
        open_folder(str(tmp_path))
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="docmill run"):
        open_folder(str(tmp_path / "file"))


def test_a_damaged_part_is_named_without_a_traceback(tmp_path: Path) -> None:
    output = write_output(tmp_path, [row("a.pdf", "secret-canary words")])
    part = next(tmp_path.glob("part-*.parquet"))
    part.write_bytes(b"PAR1 secret-canary")
    with pytest.raises(JobError, match=f"{part.name}: is damaged") as caught:
        find(open_folder(output), "a.pdf")
    assert "canary" not in str(caught.value)


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    output = write_output(tmp_path, [row("a.pdf", "text")])
    record = next((tmp_path / "_docmill" / "shards").glob("*.json"))
    record.write_text("{}")
    with pytest.raises(JobError, match=record.name):
        open_folder(output)


def test_part_files_without_a_record_do_not_count(tmp_path: Path) -> None:
    output = write_output(tmp_path, [row(f"{i}.pdf", "text") for i in range(8)], shard_rows=4)
    next((tmp_path / "_docmill" / "shards").glob("*.json")).unlink()
    assert open_folder(output).rows == 4


def test_an_output_on_another_file_system() -> None:
    output = write_output("memory://inspected/out", [row("a.pdf", "some text")])
    folder = open_folder(output)
    assert read(folder, find(folder, "a.pdf"))["text"] == "some text"
