"""Inputs as a person names them: a file, a folder, a glob, an archive, a URL; and text in any encoding."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import subprocess
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import fsspec
import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.sources.rows import Row
from tests.pipeline.listing import batches_of, codes_of, plan_of, rows_of, texts_of

Write = Callable[[Mapping[str, str | bytes]], Path]


def refusal(source: str | Path, **more: object) -> str:
    with pytest.raises(UsageError) as caught:
        rows_of(source, **more)  # type: ignore[arg-type]
    message = str(caught.value)
    assert "\n" not in message
    return message


def parquet(table: pa.Table, **options: object) -> bytes:
    target = io.BytesIO()
    pq.write_table(table, target, **options)
    return target.getvalue()


def archive(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as z:
        for name, content in members.items():
            z.writestr(name, content)
    return target.getvalue()


class TestFolders:
    def test_nested_folders_in_the_order_of_names(self, write: Write) -> None:
        folder = write({"b.txt": "B", "a/z.txt": "Z", "a/b/c.txt": "C", "a.txt": "A", "é.txt": "E"})
        assert list(texts_of(folder)) == ["a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "é.txt"]

    def test_ids_are_relative_and_sources_are_uris(self, write: Write) -> None:
        folder = write({"a/b.txt": "B"})
        (row,) = rows_of(folder)
        assert row["id"] == "a/b.txt"
        assert row["source"] == f"file://{folder}/a/b.txt"
        assert row["content_sha256"] == hashlib.sha256(b"B").hexdigest()
        assert row["metadata"] == []

    def test_hidden_files_and_folders_are_passed_over(self, write: Write) -> None:
        folder = write({".a.txt": "x", ".git/b.txt": "x", "c/.d/e.txt": "x", "f.txt": "F"})
        assert list(texts_of(folder)) == ["f.txt"]

    def test_endings_in_capitals(self, write: Write) -> None:
        assert texts_of(write({"A.TXT": "A", "B.Txt": "B"})) == {"A.TXT": "A", "B.Txt": "B"}

    def test_other_endings_are_counted_not_read(self, write: Write) -> None:
        folder = write({"a.txt": "A", "b.docx": "x", "c.DOCX": "x", "README": "x"})
        plan, _ = plan_of(folder)
        assert dict(plan.ignored) == {".docx": 2, "(none)": 1}
        assert (plan.files, plan.rows, plan.bytes) == (1, 1, 1)

    def test_links_to_files_are_read_and_links_to_folders_are_not_followed(
        self, write: Write, tmp_path: Path
    ) -> None:
        folder = write({"a.txt": "A"})
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "x.txt").write_text("X")
        (folder / "link.txt").symlink_to(elsewhere / "x.txt")
        (folder / "folder").symlink_to(elsewhere)
        (folder / "loop").symlink_to(folder)
        assert texts_of(folder) == {"a.txt": "A", "link.txt": "X"}

    def test_a_link_to_nowhere_is_a_document_with_an_error(self, write: Write) -> None:
        folder = write({"a.txt": "A"})
        (folder / "b.txt").symlink_to(folder / "missing.txt")
        first, second = rows_of(folder)
        assert codes_of(first) == []
        assert codes_of(second) == ["unreadable"]
        assert second["text"] is None

    def test_a_pipe_is_a_document_with_an_error_and_blocks_nothing(self, write: Write) -> None:
        folder = write({"a.txt": "A", "c.txt": "C"})
        os.mkfifo(folder / "b.txt")
        assert texts_of(folder) == {"a.txt": "A", "b.txt": None, "c.txt": "C"}
        assert codes_of(rows_of(folder)[1]) == ["unreadable"]

    def test_a_name_that_is_not_utf8_is_a_document_with_an_error(self, write: Write) -> None:
        folder = write({"a.txt": "A"})
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("E")
        first, second = rows_of(folder)
        assert first["text"] == "A"
        assert codes_of(second) == ["unreadable"]
        assert second["id"] == "caf\\udce9.txt"

    def test_names_with_any_sign(self, write: Write) -> None:
        names = [
            "a b.txt",
            "a#1.txt",
            "a%20b.txt",
            "a'\"b.txt",
            "a\nb.txt",
            "[x]*?.txt",
            "日本.txt",
            "-n.txt",
        ]
        assert texts_of(write(dict.fromkeys(names, "x"))) == dict.fromkeys(sorted(names), "x")

    def test_very_deep_folders(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        here = os.open(folder, os.O_RDONLY)
        depth = 1100
        for _ in range(depth):
            os.mkdir("d", dir_fd=here)
            inner = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
        file = os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here)
        os.write(file, b"deep")
        os.close(file)
        os.close(here)
        try:
            assert texts_of(folder) == {"d/" * depth + "a.txt": "deep"}
        finally:
            subprocess.run(["rm", "-rf", str(folder)], check=True)  # pytest cannot

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        assert refusal(tmp_path) == f"{tmp_path}: holds no .pdf, .txt, .jsonl, .parquet, .zip file"

    def test_a_folder_of_other_files_says_what_it_found(self, write: Write) -> None:
        message = refusal(write({"a.docx": "x", "b.docx": "x", "c.html": "x"}))
        assert message.endswith("holds no .pdf, .txt, .jsonl, .parquet, .zip file (found: 2 .docx, 1 .html)")

    def test_a_missing_path(self, tmp_path: Path) -> None:
        assert refusal(tmp_path / "missing") == f"{tmp_path}/missing: no such file or folder"

    def test_an_unknown_protocol(self) -> None:
        assert refusal("gopher://x/y").startswith("gopher://x/y: cannot be opened: Protocol not known")


class TestSingleFilesAndGlobs:
    def test_a_single_file(self, write: Write) -> None:
        folder = write({"a.txt": "A", "b.txt": "B"})
        assert texts_of(folder / "b.txt") == {"b.txt": "B"}

    def test_a_single_file_of_another_ending(self, write: Write) -> None:
        message = refusal(write({"a.docx": "x"}) / "a.docx")
        assert "a.docx: docmill reads .pdf, .txt, .jsonl, .parquet, .zip" in message

    def test_a_relative_path(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = write({"a.txt": "A"})
        monkeypatch.chdir(folder.parent)
        assert texts_of("in") == {"a.txt": "A"}
        assert texts_of("in/a.txt") == {"a.txt": "A"}

    def test_a_glob_in_the_order_of_names_with_ids_from_its_fixed_part(self, write: Write) -> None:
        folder = write({"x/b.txt": "B", "x/a.txt": "A", "y/c.txt": "C", "y/d.pdf": "x", "e.txt": "E"})
        assert texts_of(f"{folder}/*/*.txt") == {"x/a.txt": "A", "x/b.txt": "B", "y/c.txt": "C"}
        assert list(texts_of(f"{folder}/**/*.txt")) == ["e.txt", "x/a.txt", "x/b.txt", "y/c.txt"]
        assert texts_of(f"{folder}/[xz]/?.txt") == {"x/a.txt": "A", "x/b.txt": "B"}

    def test_a_glob_passes_hidden_files_over_and_counts_other_endings(self, write: Write) -> None:
        folder = write({"a.txt": "A", ".b.txt": "x", ".c/d.txt": "x", "e.docx": "x"})
        assert texts_of(f"{folder}/**") == {"a.txt": "A"}
        assert dict(plan_of(f"{folder}/**")[0].ignored) == {".docx": 1}

    def test_a_glob_that_matches_nothing(self, write: Write) -> None:
        assert "holds no" in refusal(f"{write({'a.txt': 'A'})}/*.pdf")

    def test_a_file_whose_name_looks_like_a_glob(self, write: Write) -> None:
        assert texts_of(write({"a[1].txt": "A", "a1.txt": "x"}) / "a[1].txt") == {"a[1].txt": "A"}

    def test_an_fsspec_url(self, memory: str) -> None:
        fs = fsspec.filesystem("memory")
        for name in ("b.txt", "a/c.txt", "a/.hidden.txt", "a.txt"):
            fs.pipe_file(f"/corpus/{name}", name.encode())
        assert texts_of(memory) == {"a/c.txt": "a/c.txt", "a.txt": "a.txt", "b.txt": "b.txt"}
        assert texts_of(f"{memory}/b.txt") == {"b.txt": "b.txt"}
        assert list(texts_of(f"{memory}/*.txt")) == ["a.txt", "b.txt"]
        assert rows_of(f"{memory}/b.txt")[0]["source"] == "memory:///corpus/b.txt"


class TestText:
    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            ("Élan – 𝒳".encode(), "utf-8"),
            (codecs.BOM_UTF8 + "Élan – 𝒳".encode(), "utf-8"),
            ("Élan – 𝒳".encode("utf-16"), "utf-8"),
            (codecs.BOM_UTF16_BE + "Élan – 𝒳".encode("utf-16-be"), "utf-8"),
            ("Élan – 𝒳".encode("utf-32"), "utf-8"),
            (codecs.BOM_UTF32_BE + "Élan – 𝒳".encode("utf-32-be"), "utf-8"),
            ("Élan – 𝒳".encode("utf-16-le"), "utf-16-le"),
            (codecs.BOM_UTF8 + "Élan – 𝒳".encode(), "latin-1"),
        ],
    )
    def test_marks_and_encodings(self, write: Write, data: bytes, encoding: str) -> None:
        assert texts_of(write({"a.txt": data}), {"encoding": encoding}) == {"a.txt": "Élan – 𝒳"}

    def test_latin_1_when_told_so(self, write: Write) -> None:
        folder = write({"a.txt": "déjà vu".encode("latin-1")})
        assert texts_of(folder, {"encoding": "latin-1"}) == {"a.txt": "déjà vu"}

    def test_text_of_another_encoding_is_an_error_that_shows_the_option(self, write: Write) -> None:
        first, second = rows_of(write({"a.txt": "déjà vu".encode("latin-1"), "b.txt": "fine"}))
        assert first["text"] is None
        (error,) = first["errors"]
        assert (error["stage"], error["kind"], error["code"]) == ("read", "document", "wrong_encoding")
        assert "encoding" in error["message"]
        assert "vu" not in error["message"]
        assert second["text"] == "fine"

    def test_line_ends_become_one_kind(self, write: Write) -> None:
        assert texts_of(write({"a.txt": b"a\r\nb\rc\nd\r\r\ne"})) == {"a.txt": "a\nb\nc\nd\n\ne"}

    def test_text_is_nfc(self, write: Write) -> None:
        assert texts_of(write({"a.txt": "e\u0301"})) == {"a.txt": "é"}

    def test_an_empty_file_is_an_empty_text(self, write: Write) -> None:
        (row,) = rows_of(write({"a.txt": b""}))
        assert (row["text"], row["errors"]) == ("", [])

    def test_a_file_over_the_limit_is_an_error(self, write: Write) -> None:
        first, second = rows_of(write({"a.txt": "x" * 11, "b.txt": "x" * 10}), {"max_document_bytes": 10})
        assert codes_of(first) == ["too_large"]
        assert first["errors"][0]["kind"] == "limit"
        assert second["text"] == "x" * 10

    @given(
        st.binary(max_size=200),
        st.sampled_from(["utf-8", "latin-1", "utf-16", "utf-32", "cp1252", "shift_jis"]),
    )
    def test_any_bytes_are_text_or_an_error_never_an_exception(self, data: bytes, encoding: str) -> None:
        row = Row("a", "a").fill(data, "txt", encoding)
        assert (row.text is None) == bool(row.errors)
        if row.text is not None:
            assert row.text == unicodedata.normalize("NFC", row.text)
            assert "\r" not in row.text
            row.text.encode("utf-8")

    @given(st.text())
    def test_any_text_comes_out_as_itself_in_nfc(self, text: str) -> None:
        row = Row("a", "a").fill_text(text)
        wanted = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "surrogatepass")
        assert row.text == unicodedata.normalize("NFC", wanted.decode("utf-8", "surrogatepass"))


class TestArchives:
    def test_members_in_the_order_of_the_archive(self, write: Write) -> None:
        folder = write({"x.zip": archive({"b.txt": "B", "d/a.txt": "A", "d/e/f.txt": "F", "g.docx": "x"})})
        assert texts_of(folder) == {"x.zip/b.txt": "B", "x.zip/d/a.txt": "A", "x.zip/d/e/f.txt": "F"}
        assert rows_of(folder)[1]["source"] == f"file://{folder}/x.zip/d/a.txt"

    def test_tables_inside(self, write: Write) -> None:
        table = parquet(pa.table({"text": ["p1", "p2"], "year": [1, 2]}))
        folder = write({"x.zip": archive({"a.jsonl": '{"text": "j1"}\n{"text": "j2"}', "b.parquet": table})})
        rows = rows_of(folder, cut={"max_rows": 1})
        assert [r["text"] for r in rows] == ["j1", "j2", "p1", "p2"]
        assert [r["year"] for r in rows] == [None, None, 1, 2]
        assert rows[1]["id"] == "x.zip/a.jsonl#2"
        assert rows[3]["id"] == "x.zip/b.parquet#2"

    @pytest.mark.parametrize(
        "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    )
    def test_every_compression(self, write: Write, method: int) -> None:
        assert texts_of(write({"x.zip": archive({"a.txt": "A" * 99}, method)})) == {"x.zip/a.txt": "A" * 99}

    @pytest.mark.parametrize(
        "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    )
    @pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.parquet"])
    def test_a_damaged_member_costs_itself_only(self, write: Write, method: int, name: str) -> None:
        content = "".join(f'{{"text": "line {i} {i * 7919 % 10007}"}}\n' for i in range(400))
        data = bytearray(archive({name: content, "b.txt": "B"}, method))
        for at in range(120, 160):
            data[at] ^= 0xFF
        rows = rows_of(write({"x.zip": bytes(data)}))
        assert rows[-1]["text"] == "B"
        assert len(rows) >= 2
        assert any(set(codes_of(r)) & {"corrupt", "unreadable", "bad_json"} for r in rows[:-1])

    def test_an_encrypted_member(self, write: Write) -> None:
        data = bytearray(archive({"a.txt": "A", "b.txt": "B"}, zipfile.ZIP_STORED))
        data[6] |= 1  # the flag in the member's own header, and in the directory
        data[data.index(b"PK\x01\x02") + 8] |= 1
        first, second = rows_of(write({"x.zip": bytes(data)}))
        assert codes_of(first) == ["encrypted"]
        assert first["id"] == "x.zip/a.txt"
        assert second["text"] == "B"

    def test_a_member_that_climbs_out_of_the_archive_is_only_a_name(
        self, write: Write, tmp_path: Path
    ) -> None:
        folder = write({"x.zip": archive({"../../evil.txt": "E", "/abs.txt": "A"})})
        assert texts_of(folder) == {"x.zip/../../evil.txt": "E", "x.zip/abs.txt": "A"} or texts_of(
            folder
        ) == {
            "x.zip/../../evil.txt": "E",
            "x.zip//abs.txt": "A",
        }
        assert not list(tmp_path.glob("**/evil.txt"))

    @pytest.mark.parametrize("name", ["bomb.txt", "bomb.pdf", "bomb.jsonl", "bomb.parquet"])
    def test_a_bomb_is_an_error_of_one_document(self, write: Write, name: str) -> None:
        folder = write({"x.zip": archive({name: b"\0" * (8 << 20), "b.txt": "B"})})
        first, second = rows_of(folder, {"max_document_bytes": 1 << 20})
        assert codes_of(first) == ["too_large"]
        assert second["text"] == "B"

    @pytest.mark.parametrize("name", ["a.txt", "a.parquet"])
    def test_a_member_that_lies_about_its_size(self, write: Write, name: str) -> None:
        data = bytearray(archive({name: b"x" * 5000, "b.txt": "B"}))
        at = data.index(b"PK\x01\x02") + 24
        data[at : at + 4] = (10).to_bytes(4, "little")
        first, second = rows_of(write({"x.zip": bytes(data)}))
        assert len(codes_of(first)) == 1
        assert second["text"] == "B"

    def test_two_members_of_one_name(self, write: Write) -> None:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as z, warnings.catch_warnings(action="ignore"):
            for _ in range(3):
                z.writestr("a.txt", "same")
        plan, _ = plan_of(write({"x.zip": target.getvalue()}), cut={"max_rows": 1})
        assert len({s.hash for s in plan.shards}) == 3
        first, second, third = rows_of(write({}))
        assert codes_of(first) == codes_of(second) == ["duplicate_name"]
        assert third["text"] == "same"

    def test_what_is_no_archive(self, write: Write) -> None:
        folder = write({"a.txt": "A", "x.zip": b"PK no"})
        first, second = rows_of(folder)
        assert first["text"] == "A"
        assert (second["id"], codes_of(second)) == ("x.zip", ["corrupt"])
        assert "x.zip: is not a readable zip archive" in refusal(folder / "x.zip")

    def test_an_archive_cut_short(self, write: Write) -> None:
        data = archive({"a.txt": "A" * 1000})
        assert "is not a readable zip archive" in refusal(write({"x.zip": data[:-30]}) / "x.zip")

    def test_an_archive_whose_directory_is_damaged(self, write: Write) -> None:
        data = archive({"é.txt": "A", "b.txt": "B"})
        broken = bytearray(data)
        at = broken.index(b"PK\x01\x02")
        broken[at + 46 : at + 48] = b"\xff\xff"  # flagged as UTF-8, but is not
        rows = rows_of(write({"a.txt": "A", "x.zip": bytes(broken)}))
        assert rows[0]["text"] == "A"
        assert all(len(codes_of(r)) <= 1 for r in rows)

    def test_hidden_members_are_passed_over(self, write: Write) -> None:
        data = archive({"__MACOSX/._a.txt": "x", ".b.txt": "x", "c/.d/e.txt": "x", "f.txt": "F"})
        assert texts_of(write({"x.zip": data})) == {"x.zip/f.txt": "F"}

    def test_an_archive_without_documents(self, write: Write) -> None:
        message = refusal(write({"x.zip": archive({"a.docx": "x", "inner.zip": archive({"b.txt": "B"})})}))
        assert message.endswith("holds no document; its files are empty (found: 1 .docx, 1 .zip)")

    def test_a_pdf_inside_keeps_its_bytes(self, write: Write) -> None:
        target = io.BytesIO()
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(target)
        ((batch,),) = batches_of(write({"x.zip": archive({"a.pdf": target.getvalue()})}))
        assert batch["bytes"].to_pylist() == [target.getvalue()]
        assert batch["text"].to_pylist() == [None]
