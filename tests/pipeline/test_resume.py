"""The output folder: what a run leaves, how the same command goes on, and what is refused."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline import Pipeline, lock, shards
from pipeline.config import Settings
from pipeline.errors import JobError, UsageError
from pipeline.store import open_store
from tests.pipeline.conftest import Output
from tests.pipeline.sample_stages import CountLetters, Fail, Shout, Trim

Write = Callable[[Mapping[str, str | bytes]], Path]


def cut(**options: Any) -> Settings:
    """Settings with shards of at most so many rows."""
    return Settings(stages=[{"shout": {}}], shards={"max_rows": 5} | options)


def run(folder: object, output: Output, settings: Settings | None = None, **options: Any) -> dict[str, Any]:
    stages = options.pop("stages", None) or [Shout()]
    options.setdefault("workers", 1)
    manifest: dict[str, Any] = Pipeline(stages, settings or cut()).run(
        str(folder), str(output.folder), **options
    )
    return manifest


def refusal(*arguments: Any, **options: Any) -> str:
    with pytest.raises(UsageError) as caught:
        run(*arguments, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def files(count: int) -> dict[str, str]:
    return {f"{i:03}.txt": f"text {i}" for i in range(count)}


def content(folder: Path) -> dict[str, bytes]:
    """Every file of an output, the lock aside."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != "lock"
    }


class TestWhatARunLeaves:
    def test_rows_in_are_rows_out_in_input_order_over_part_names(self, write: Write, output: Output) -> None:
        run(write(files(23)), output)
        assert len(output.parts) >= 5
        assert [r["id"] for r in output.rows] == sorted(files(23))
        assert [r["shout"] for r in output.rows] == [f"TEXT {i}!" for i in range(23)]
        assert output.leftovers == []

    def test_part_names_carry_number_and_hash(self, write: Write, output: Output) -> None:
        run(write(files(12)), output)
        for number, (part, record) in enumerate(zip(output.parts, output.records, strict=True)):
            assert part.name == f"part-{number:06d}-{record['hash']}.parquet"
            assert record["part"] == part.name
            assert record["shard"] == number
            assert record["rows"] == pq.read_metadata(part).num_rows
            assert record["started"] <= record["finished"]

    def test_the_manifest_says_what_was_done(self, write: Write, output: Output) -> None:
        folder = write({**files(7), "x.docx": "x"})
        manifest = run(folder, output, stages=[Trim(), Fail(word="text 3"), CountLetters()])
        assert manifest == output.manifest
        assert manifest["status"] == "done"
        assert manifest["docmill"] == pipeline.__version__
        assert manifest["input"] == {
            "given": str(folder),
            "location": f"file://{folder}",
            "files": 7,
            "rows": 7,
            "bytes": 42,
            "ignored": {".docx": 1},
            "listing": "_docmill/plan.parquet",
        }
        totals = manifest["totals"]
        assert (totals["documents"], totals["words"], totals["documents_with_errors"]) == (7, 14, 1)
        assert totals["errors"] == {"fail/ValueError": 1}
        assert set(totals["seconds"]) == {"read", "write", "trim", "fail", "count"}
        assert totals["bytes_out"] == sum(p.stat().st_size for p in output.parts)
        assert [s["stage"] for s in manifest["stages"]] == ["trim", "fail", "count"]
        assert manifest["versions"]["pyarrow"] == pa.__version__
        assert manifest["shards"] == len(output.parts)
        assert manifest["started"] <= manifest["finished"]

    def test_the_footer_of_every_part_says_what_made_it(self, write: Write, output: Output) -> None:
        manifest = run(write(files(7)), output)
        for part in output.parts:
            facts = json.loads(pq.read_schema(part).metadata[b"docmill"])
            assert facts["docmill"] == pipeline.__version__
            assert facts["fingerprint"] == manifest["fingerprint"]
            assert facts["settings"]["stages"][0]["options"] == {"mark": "!", "times": 1}
        assert {r["provenance"]["fingerprint"] for r in output.rows} == {manifest["fingerprint"]}

    def test_the_plan_lists_every_input_once(self, write: Write, output: Output) -> None:
        run(write(files(12)), output)
        plan = pq.read_table(output.folder / "_docmill" / "plan.parquet")
        assert plan["path"].to_pylist() == sorted(files(12))
        assert sorted(set(plan["shard"].to_pylist())) == list(range(len(output.parts)))

    def test_all_parts_have_one_schema(self, write: Write, output: Output) -> None:
        run(write({**files(9), "z.jsonl": '{"text": "a", "k": "v"}'}), output)
        assert len({str(pq.read_schema(p).remove_metadata()) for p in output.parts}) == 1
        read = pq.read_table(output.folder, filters=None, ignore_prefixes=["_"])
        assert read.num_rows == 10

    def test_shards_of_more_pieces_than_a_row_group_of_the_plan(
        self, write: Write, output: Output, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shards, "_GROUP", 8)
        lines = "".join(f'{{"text": "{i}"}}\n' for i in range(100))
        run(write({**files(50), "z.jsonl": lines}), output, cut(max_rows=30))
        assert [r["id"] for r in output.rows] == [
            *sorted(files(50)),
            *[f"z.jsonl#{i + 1}" for i in range(100)],
        ]


class TestGoingOn:
    def test_a_finished_run_does_nothing_again(self, write: Write, output: Output) -> None:
        folder = write(files(23))
        run(folder, output)
        before, rows = output.stamps(), output.rows
        manifest = run(folder, output)
        assert output.stamps() == before
        assert output.rows == rows
        assert manifest["totals"]["documents"] == 23

    def test_an_input_named_another_way_is_the_same_input(
        self, write: Write, output: Output, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = write(files(7))
        run(folder, output)
        before = output.stamps()
        monkeypatch.chdir(folder.parent)
        run("in", output)
        run("./in/", output)
        assert output.stamps() == before

    def test_a_part_without_record_and_a_record_without_part_are_done_again(
        self, write: Write, output: Output
    ) -> None:
        folder = write(files(23))
        run(folder, output)
        before, rows = output.stamps(), output.texts
        first, second = output.records[1]["hash"], output.records[3]["hash"]
        (output.folder / "_docmill" / "shards" / f"{first}.json").unlink()
        next(output.folder.glob(f"*-{second}.parquet")).unlink()
        run(folder, output)
        after = output.stamps()
        assert {h for h in after if before[h] != after[h]} == {first, second}
        assert output.texts == rows

    def test_half_written_files_are_swept(self, write: Write, output: Output) -> None:
        folder = write(files(7))
        run(folder, output)
        (output.folder / "_docmill" / "tmp" / "part-000001-0123456789abcdef.parquet.77").write_bytes(b"half")
        run(folder, output)
        assert output.leftovers == []

    def test_a_file_added_early_redoes_only_the_shards_near_it(self, write: Write, output: Output) -> None:
        folder = write(files(400))
        settings = cut(max_rows=10)
        run(folder, output, settings)
        before = output.stamps()
        write({"000a.txt": "new"})
        run(folder, output, settings)
        kept = {h for h, t in output.stamps().items() if before.get(h) == t}
        assert len(kept) >= len(before) * 0.8
        assert [r["id"] for r in output.rows] == sorted({**files(400), "000a.txt": ""})
        assert [p.name for p in output.parts] == [r["part"] for r in output.records]

    def test_rows_of_a_removed_file_vanish(self, write: Write, output: Output) -> None:
        folder = write(files(23))
        run(folder, output)
        (folder / "007.txt").unlink()
        manifest = run(folder, output)
        assert "007.txt" not in output.texts
        assert len(output.rows) == 22 == manifest["totals"]["documents"]
        assert len(output.records) == len(output.parts)

    def test_a_changed_file_is_done_again(self, write: Write, output: Output) -> None:
        folder = write(files(23))
        run(folder, output)
        before = output.stamps()
        write({"007.txt": "something else"})
        run(folder, output)
        assert output.texts["007.txt"] == "something else"
        assert len(set(before.items()) - set(output.stamps().items())) == 1

    def test_no_document_left_is_refused_and_the_results_stay(self, write: Write, output: Output) -> None:
        folder = write(files(3))
        run(folder, output)
        for path in folder.iterdir():
            path.unlink()
        before = content(output.folder)
        assert "holds no" in refusal(folder, output)
        assert content(output.folder) == before

    def test_a_failed_run_keeps_what_was_committed(self, write: Write, output: Output) -> None:
        class Breaks(Shout):
            calls = 0

            def warm_up(self) -> None:
                from pipeline.stage import StageError

                if type(self).calls == 0:
                    type(self).calls = 1
                    raise StageError("no memory for the model")

        folder = write(files(3))
        with pytest.raises(JobError, match="no memory for the model"):
            run(folder, output, stages=[Breaks()])
        assert output.manifest["status"] == "failed"
        assert output.leftovers == []
        manifest = run(folder, output, stages=[Breaks()])
        assert manifest["status"] == "done"
        assert len(output.rows) == 3


class TestLimit:
    def test_only_the_first_documents(self, write: Write, output: Output) -> None:
        manifest = run(write(files(23)), output, limit=7)
        assert sorted(output.texts) == sorted(files(23))[:7]
        assert manifest["limit"] == 7

    def test_of_a_table(self, write: Write, output: Output) -> None:
        folder = write({"a.jsonl": "".join(f'{{"text": "{i}"}}\n' for i in range(30))})
        run(folder, output, limit=12)
        assert [r["text"] for r in output.rows] == [str(i) for i in range(12)]

    def test_a_larger_limit_goes_on(self, write: Write, output: Output) -> None:
        folder = write(files(23))
        run(folder, output, limit=7)
        before = output.stamps()
        run(folder, output, limit=13)
        assert sorted(output.texts) == sorted(files(23))[:13]
        assert set(before.items()) & set(output.stamps().items())
        run(folder, output)
        assert sorted(output.texts) == sorted(files(23))

    def test_a_smaller_limit_is_refused_and_the_results_stay(self, write: Write, output: Output) -> None:
        folder = write(files(23))
        run(folder, output, limit=13)
        before = content(output.folder)
        assert "holds more than --limit 7 selects; use --overwrite" in refusal(folder, output, limit=7)
        assert content(output.folder) == before
        run(folder, output, limit=7, overwrite=True)
        assert len(output.rows) == 7

    def test_a_limit_over_everything(self, write: Write, output: Output) -> None:
        run(write(files(3)), output, limit=100)
        assert len(output.rows) == 3


class TestRefusals:
    def test_other_settings(self, write: Write, output: Output) -> None:
        folder = write(files(7))
        run(folder, output)
        before = content(output.folder)
        message = refusal(folder, output, stages=[Shout(mark="?", times=2)])
        assert 'holds results of other settings (shout.mark: "!" -> "?"; shout.times: 1 -> 2)' in message
        assert "use --overwrite or another OUTPUT" in message
        assert content(output.folder) == before

    def test_another_input(self, write: Write, output: Output, tmp_path: Path) -> None:
        folder = write(files(7))
        run(folder, output)
        before = content(output.folder)
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "a.txt").write_text("A")
        assert f"holds results of another input ({folder})" in refusal(tmp_path / "other", output)
        assert content(output.folder) == before

    def test_overwrite_starts_anew(self, write: Write, output: Output) -> None:
        folder = write(files(23))
        run(folder, output)
        run(folder / "000.txt", output, stages=[Shout(mark="?")], overwrite=True)
        assert [r["shout"] for r in output.rows] == ["TEXT 0?"]
        assert len(output.records) == 1

    def test_overwrite_of_a_run_that_cannot_start_keeps_the_results(
        self, write: Write, output: Output, tmp_path: Path
    ) -> None:
        run(write(files(7)), output)
        before = content(output.folder)
        (tmp_path / "empty").mkdir()
        assert "holds no" in refusal(tmp_path / "empty", output, overwrite=True)
        assert content(output.folder) == before

    @pytest.mark.parametrize("overwrite", [False, True])
    def test_parquet_of_others_is_refused_and_never_deleted(
        self, write: Write, output: Output, overwrite: bool
    ) -> None:
        output.folder.mkdir()
        (output.folder / "mine.parquet").write_bytes(b"mine")
        message = refusal(write(files(3)), output, overwrite=overwrite)
        assert "holds mine.parquet, which docmill did not write" in message
        assert content(output.folder) == {"mine.parquet": b"mine"}

    def test_other_files_in_the_output_stay(self, write: Write, output: Output) -> None:
        output.folder.mkdir()
        (output.folder / "notes.md").write_text("mine")
        folder = write(files(3))
        run(folder, output)
        run(folder, output, overwrite=True)
        assert (output.folder / "notes.md").read_text() == "mine"

    def test_parts_without_a_manifest(self, write: Write, output: Output) -> None:
        folder = write(files(7))
        run(folder, output)
        (output.folder / "_docmill" / "manifest.json").unlink()
        assert "holds part files without a manifest; use --overwrite" in refusal(folder, output)

    @pytest.mark.parametrize("damage", ["{", "[]", "{}", "null"])
    def test_a_damaged_manifest(self, write: Write, output: Output, damage: str) -> None:
        folder = write(files(7))
        run(folder, output)
        (output.folder / "_docmill" / "manifest.json").write_text(damage)
        with pytest.raises((UsageError, JobError)) as caught:
            run(folder, output)
        assert "--overwrite" in str(caught.value)
        run(folder, output, overwrite=True)
        assert len(output.rows) == 7

    def test_a_refused_first_run_leaves_nothing(self, write: Write, output: Output, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        refusal(tmp_path / "empty", output)
        assert not output.folder.exists()
        output.folder.mkdir()
        (output.folder / "notes.md").write_text("mine")
        refusal(tmp_path / "empty", output)
        assert content(output.folder) == {"notes.md": b"mine"}

    def test_a_file_as_output(self, write: Write, output: Output) -> None:
        output.folder.write_text("a file")
        assert "is a file; OUTPUT is a folder" in refusal(write(files(3)), output)

    def test_a_pdf_without_a_parse_stage(self, write: Write, output: Output) -> None:
        assert "holds PDF files, but the configuration has no parse stage" in refusal(
            write({"a.pdf": b"%PDF-1.7", "b.txt": "B"}), output
        )
        assert not output.folder.exists()


class TestOutputAndInputTogether:
    def test_output_inside_input_is_not_read(self, write: Write) -> None:
        folder = write(files(7))
        output = Output(folder / "results")
        run(folder, output)
        run(folder, output)
        assert len(output.rows) == 7

    def test_output_inside_input_by_a_link(self, write: Write, tmp_path: Path) -> None:
        folder = write(files(7))
        (tmp_path / "link").symlink_to(folder)
        output = Output(tmp_path / "link" / "results")
        run(folder, output)
        run(folder, output)
        assert len(output.rows) == 7

    def test_input_inside_output(self, write: Write, tmp_path: Path) -> None:
        folder = write(files(7))
        output = Output(tmp_path)
        run(folder, output)
        assert len(output.rows) == 7

    def test_output_is_input(self, write: Write, tmp_path: Path) -> None:
        folder = write(files(7))
        (tmp_path / "link").symlink_to(folder)
        for same in (folder, tmp_path / "link", folder / ".." / "in"):
            assert "OUTPUT must not be INPUT" in refusal(folder, Output(same))
        assert "OUTPUT must not be INPUT" in refusal(f"{folder}/*.txt", Output(folder))
        assert not (folder / "_docmill").exists()

    def test_a_file_beside_its_output(self, write: Write) -> None:
        folder = write(files(3))
        output = Output(folder)
        run(folder / "001.txt", output)
        assert output.texts == {"001.txt": "text 1"}


class TestTwoRunsAtOnce:
    def test_the_second_is_refused_and_harms_nothing(self, write: Write, output: Output) -> None:
        folder = write(files(7))
        run(folder, output)
        before = content(output.folder)
        with lock.hold(open_store(str(output.folder))):
            for overwrite in (False, True):
                assert "another run is writing there" in refusal(folder, output, overwrite=overwrite)
        assert content(output.folder) == before
        run(folder, output)

    def test_two_that_start_together_in_a_new_folder(self, write: Write, output: Output) -> None:
        """One goes through, whoever comes first; the other must not tidy its folder away."""
        folder = write(files(40))
        outcomes: list[str] = []
        gate = threading.Barrier(6)

        def one() -> None:
            gate.wait()
            try:
                run(folder, output)
                outcomes.append("done")
            except UsageError as error:
                outcomes.append("refused" if "another run" in str(error) else str(error))

        threads = [threading.Thread(target=one) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(outcomes) <= {"done", "refused"}
        assert "done" in outcomes
        assert len(output.rows) == 40
        assert output.manifest["status"] == "done"


class TestObjectStore:
    """fsspec's memory file system stands for a store without rename and without locks."""

    @pytest.fixture
    def corpus(self, memory: str) -> str:
        fs = fsspec.filesystem("memory")
        for name, text in files(12).items():
            fs.pipe_file(f"/corpus/{name}", text.encode())
        return memory

    def rows(self, url: str) -> list[dict[str, Any]]:
        fs = fsspec.filesystem("memory")
        names = sorted(fs.glob(f"{url}/*.parquet"))
        return [r for n in names for r in pq.read_table(fs.open(n)).to_pylist()]

    def test_a_run_and_its_continuation(self, corpus: str) -> None:
        fs = fsspec.filesystem("memory")
        Pipeline([Shout()], cut()).run(corpus, "memory://out")
        assert [r["shout"] for r in self.rows("memory://out")] == [f"TEXT {i}!" for i in range(12)]
        before = {n: fs.info(n)["created"] for n in fs.glob("/out/*.parquet")}
        fs.rm_file(fs.glob("/out/_docmill/shards/*.json")[0])
        manifest = Pipeline([Shout()], cut()).run(corpus, "memory://out")
        after = {n: fs.info(n)["created"] for n in fs.glob("/out/*.parquet")}
        assert len([n for n in after if after[n] != before[n]]) == 1
        assert manifest["status"] == "done"
        assert not fs.exists("/out/_docmill/lock.json")

    def test_output_inside_input(self, corpus: str) -> None:
        for _ in range(2):
            Pipeline([Shout()], cut()).run(corpus, f"{corpus}/out")
        assert len(self.rows("memory://corpus/out")) == 12

    def test_an_added_file(self, corpus: str) -> None:
        fs = fsspec.filesystem("memory")
        Pipeline([Shout()], cut()).run(corpus, "memory://out")
        fs.pipe_file("/corpus/000a.txt", b"new")
        Pipeline([Shout()], cut()).run(corpus, "memory://out")
        assert [r["id"] for r in self.rows("memory://out")] == sorted({**files(12), "000a.txt": ""})

    def test_a_lease_keeps_a_second_run_out(self, corpus: str) -> None:
        with (
            lock.hold(open_store("memory://out")),
            pytest.raises(UsageError, match="another run is writing there"),
        ):
            Pipeline([Shout()]).run(corpus, "memory://out")
        Pipeline([Shout()]).run(corpus, "memory://out")

    def test_a_lease_without_sign_of_life_is_void(self, corpus: str) -> None:
        fs = fsspec.filesystem("memory")
        fs.pipe_file(
            "/out/_docmill/lock.json", json.dumps({"owner": "x", "beat": 0, "process": "h:1"}).encode()
        )
        Pipeline([Shout()]).run(corpus, "memory://out")
        assert len(self.rows("memory://out")) == 12

    def test_a_failing_part_leaves_no_object(self, corpus: str) -> None:
        store = open_store("memory://out")
        store.prepare()
        schema = pa.schema([("a", pa.int64())])
        writer = store.part_writer("part-000000-0123456789abcdef.parquet", schema, {})
        writer.__enter__().write(pa.RecordBatch.from_pydict({"a": [1]}))
        error = RuntimeError("the stage broke")
        assert not writer.__exit__(RuntimeError, error, None)
        assert store.parts() == {}


class TestCuts:
    def test_shards_keep_their_bounds(self, write: Write, output: Output) -> None:
        folder = write({f"{i:03}.txt": "x" * (i * 37 % 400) for i in range(100)})
        run(folder, output, cut(max_rows=7, max_bytes=1000))
        plan = pq.read_table(output.folder / "_docmill" / "plan.parquet").to_pylist()
        for record in output.records:
            pieces = [p for p in plan if p["shard"] == record["shard"]]
            assert len(pieces) <= 7
            assert len(pieces) == 1 or sum(p["bytes"] for p in pieces) <= 1000

    def test_results_do_not_depend_on_bounds(self, write: Write, tmp_path: Path) -> None:
        folder = write({**files(20), "z.jsonl": "".join(f'{{"text": "{i}"}}\n' for i in range(50))})
        wanted = None
        for number, (rows, batch) in enumerate([(1, 1), (3, 7), (1000, 64), (20, 3)]):
            output = Output(tmp_path / f"out{number}")
            settings = Settings(stages=[{"shout": {}}], shards={"max_rows": rows}, batch={"max_rows": batch})
            run(folder, output, settings)
            found = [(r["id"], r["text"], r["shout"]) for r in output.rows]
            wanted = wanted or found
            assert found == wanted
