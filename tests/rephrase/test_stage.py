"""Documents in, rephrasings out: against a server that rewords by a rule."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pydantic import ValidationError

from pipeline import Pipeline
from pipeline.chain import Chain
from pipeline.config import Settings, ShardOptions
from pipeline.errors import JobError, UsageError
from pipeline.stage import StageError, Unavailable
from stages.rephrase.options import RephraseConfig
from stages.rephrase.stage import Rephrase
from stages.segment.stage import Segment
from tests.pipeline.documents import batch_of
from tests.rephrase.chat_server import ChatServer, reword, serving
from tests.rephrase.rephrasing import FOX, TWELVE, entries, options, rephrased, rows_of


class TestRows:
    def test_each_passage_in_each_style(self) -> None:
        text = " ".join([FOX] * 12)
        with serving() as server:
            (row,) = rephrased([text], server, styles=["easy", "hard"], chunks={"tokens": 80})
        found = entries(row)
        assert [(e["chunk"], e["style"]) for e in found] == [
            (c, s) for c in range(4) for s in ("easy", "hard")
        ]
        assert "".join(text[e["start"] : e["end"]] for e in found[::2]) == text
        assert {e["status"] for e in found} == {"ok"}
        for e in found:
            assert e["text"] == reword(text[e["start"] : e["end"]].strip())
            assert e["finish"] == "stop"
            assert e["reasons"] == []
            assert 16 <= e["source_tokens"] <= 80

    def test_what_a_gate_refuses_is_a_row_with_reasons_and_without_text(self) -> None:
        with serving(rule=lambda p: reword(p).replace("39.5", "40.5") + " I hope this helps!") as server:
            ((entry,),) = [entries(r) for r in rephrased([TWELVE], server)]
        assert entry["status"] == "rejected"
        assert entry["reasons"] == ["lead_in", "numbers_new"]
        assert entry["text"] is None
        assert entry["scores"]["numbers_new"] == 1.0

    def test_its_text_may_be_kept(self) -> None:
        with serving(rule=lambda p: "Sure! Here is the rewritten passage:\n\nNothing.") as server:
            ((entry,),) = [entries(r) for r in rephrased([FOX], server, keep_rejected=True)]
        assert entry["text"] == "Nothing."
        assert entry["lead_in"] == "Sure! Here is the rewritten passage:"
        assert "too_short" in entry["reasons"]

    def test_an_answer_that_was_cut_off(self) -> None:
        with serving(rule=lambda p: reword(p) + "<length>") as server:
            ((entry,),) = [entries(r) for r in rephrased([FOX], server)]
        assert (entry["status"], entry["finish"], entry["reasons"]) == ("rejected", "length", ["unfinished"])

    def test_a_request_that_fails_is_a_row_and_an_error_of_the_document(self) -> None:
        with serving("400") as server:
            bad, good = rephrased([FOX, TWELVE], server, endpoint={"concurrency": 1})
        assert [(e["status"], e["reasons"]) for e in entries(bad)] == [("error", ["endpoint_status_400"])]
        assert [(e["stage"], e["code"]) for e in bad["errors"]] == [("rephrase", "endpoint_status_400")]
        assert "1 of 1 rephrasings" in bad["errors"][0]["message"]
        assert entries(good)[0]["status"] == "ok"
        assert good["errors"] == []

    def test_empty_and_nearly_empty_texts_are_not_sent(self) -> None:
        with serving() as server:
            empty, white, short = rephrased(["", " \n\n ", "Page 3"], server)
            assert server.requests == []
        assert entries(empty) == []
        assert empty["mixture"] == []
        for row in (white, short):
            ((reasons, text),) = [(e["reasons"], e["text"]) for e in entries(row)]
            assert (reasons, text) == (["passage_too_short"], None)

    def test_a_document_without_text_is_passed_over(self) -> None:
        with serving() as server:
            (row,) = rephrased([None], server)
        assert row["rephrasings"] is None

    def test_a_request_longer_than_the_context_is_not_sent(self) -> None:
        with serving() as server:
            (row,) = rephrased([FOX * 4], server, endpoint={"context": 64})
            assert server.requests == []
        assert [e["reasons"] for e in entries(row)] == [["prompt_too_long"]]
        assert row["errors"][0]["kind"] == "limit"

    def test_the_same_passage_is_asked_for_once(self) -> None:
        with serving() as server:
            rows = rephrased([FOX, FOX, FOX], server)
            assert len(server.requests) == 1
        assert [entries(r) for r in rows] == [entries(rows[0])] * 3

    def test_sentences_of_another_text_are_refused(self) -> None:
        with serving() as server:
            stage = Rephrase(**options(server))
            batch = batch_of([FOX])
            spans = pa.array(
                [[{"start": 0, "end": 5, "probability": None}]], stage.requires.field("sentences").type
            )
            with pytest.raises(StageError, match="another text"):
                stage.process(batch.append_column("sentences", spans))


class TestRequests:
    def test_own_styles(self) -> None:
        letter = {"instruction": "As a letter: {passage} -- End.", "system": "You write letters."}
        with serving() as server:
            rephrased([FOX], server, styles=["letter"], own_styles={"letter": letter})
            sent = server.requests[0]["messages"]
        assert sent == [
            {"role": "system", "content": "You write letters."},
            {"role": "user", "content": f"As a letter: {FOX} -- End."},
        ]

    def test_a_passage_with_braces_is_sent_as_it_is(self) -> None:
        strange = "The {passage} of {0} and %s came to the house with a {system} in the small dog."
        with serving() as server:
            rephrased([strange], server)
            assert server.requests[0]["messages"][-1]["content"].endswith(strange)

    def test_answers_are_not_asked_to_be_much_longer_than_what_the_gate_lets_pass(self) -> None:
        with serving() as server:
            rephrased([FOX], server)
            rephrased([FOX], server, gates={"length": False, "entities": False})
            few, many = (r["max_tokens"] for r in server.requests)
        assert 40 < few < 120
        assert many == 768

    def test_seeds_differ_by_passage_and_stay(self) -> None:
        with serving() as server:
            for _ in range(2):
                rephrased([FOX, TWELVE], server, generation={"temperature": 0.7, "seed": 3})
            seeds = sorted(r["seed"] for r in server.requests)
        assert seeds[0] == seeds[1] != seeds[2] == seeds[3]

    def test_the_language_of_a_column_decides_how_numbers_are_read(self) -> None:
        text = "Il y avait quatre-vingts patients dans une petite maison, et un chien dormait près de la rivière."
        with serving(rule=lambda p: p.replace("quatre-vingts", "80")) as server:
            stage = Rephrase(**options(server, language={"column": "lang"}))
            french, unknown = rows_of(stage, [text, text], lang=pa.array(["fr-CA", None]))
        assert entries(french)[0]["scores"]["numbers_kept"] == 1.0
        assert entries(unknown)[0]["reasons"] == ["numbers_new"]


class TestSame:
    TEXTS = tuple(" ".join([FOX] * n) for n in range(1, 7))

    def test_whatever_shares_the_batch(self) -> None:
        with serving() as server:
            chain = Chain([Segment(), Rephrase(**options(server, chunks={"tokens": 60}))])
            batch = batch_of(self.TEXTS)
            whole = chain.run(batch).batch.select(["id", "rephrasings", "mixture"]).to_pylist()
            single = [
                chain.run(batch.slice(n, 1)).batch.select(["id", "rephrasings", "mixture"]).to_pylist()[0]
                for n in range(len(self.TEXTS))
            ]
            chain.close()
        assert single == whole

    def test_a_copy_of_the_stage_does_the_same(self) -> None:
        with serving() as server:
            stage = Rephrase(**options(server))
            copy = pickle.loads(pickle.dumps(stage))
            assert rows_of(stage, [FOX])[0]["rephrasings"] == rows_of(copy, [FOX])[0]["rephrasings"]


class TestJobs:
    def corpus(self, tmp_path: Path) -> Path:
        folder = tmp_path / "in"
        folder.mkdir()
        for n in range(6):
            (folder / f"{n}.txt").write_text(f"{FOX} It was number {n}.")
        return folder

    def pipeline(self, server: ChatServer | str, **more: Any) -> Pipeline:
        return Pipeline([Segment(), Rephrase(**options(server, **more))])

    def test_changed_settings_ask_only_for_what_is_new(self, tmp_path: Path) -> None:
        folder, out = self.corpus(tmp_path), tmp_path / "out"
        with serving() as server:
            self.pipeline(server).run(folder, out, workers=1)
            assert len(server.requests) == 6
            self.pipeline(server, styles=["medium", "easy"]).run(folder, out, workers=1, overwrite=True)
            assert len(server.requests) == 12

    def test_a_cache_of_ones_own_serves_several_outputs(self, tmp_path: Path) -> None:
        folder = self.corpus(tmp_path)
        with serving() as server:
            for out in ("a", "b"):
                self.pipeline(server, cache=str(tmp_path / "cache")).run(folder, tmp_path / out, workers=1)
            assert len(server.requests) == 6

    def test_without_cache_nothing_is_left_on_disk(self, tmp_path: Path) -> None:
        folder, out = self.corpus(tmp_path), tmp_path / "out"
        with serving() as server:
            self.pipeline(server, cache="off").run(folder, out, workers=1)
        assert not list(out.rglob("*.answers"))

    def test_a_server_that_goes_down_stops_workers_in_processes_of_their_own_too(
        self, tmp_path: Path
    ) -> None:
        folder, out = self.corpus(tmp_path), tmp_path / "out"
        with serving(*["500"] * 500) as server:
            stages = [Segment(), Rephrase(**options(server, endpoint={"concurrency": 1}))]
            settings = Settings(stages=[{"segment": {}}, {"rephrase": {}}], shards=ShardOptions(max_rows=2))
            with pytest.raises(JobError, match="answers 500"):
                Pipeline(stages, settings).run(folder, out, workers=2)
            server.behaviours.clear()
            assert Pipeline(stages, settings).run(folder, out, workers=2)["totals"]["documents"] == 6

    def test_a_server_that_goes_down_stops_the_job_and_the_same_command_goes_on(self, tmp_path: Path) -> None:
        folder, out = self.corpus(tmp_path), tmp_path / "out"
        more: dict[str, Any] = {"endpoint": {"concurrency": 1}}
        with serving("ok", "ok", *["500"] * 50) as server:
            with pytest.raises(JobError, match="answers 500"):
                self.pipeline(server, **more).run(folder, out, workers=1)
            server.behaviours.clear()
            done = len(server.answered)
            assert done == 2
            self.pipeline(server, **more).run(folder, out, workers=1)
            assert set(server.answered.values()) == {1}
            assert len(server.answered) == 6

    def test_no_server_is_one_line_before_anything_is_written(self, tmp_path: Path) -> None:
        with serving() as server:
            pass
        with pytest.raises(UsageError, match="is the server running"):
            self.pipeline(server).run(self.corpus(tmp_path), tmp_path / "out")
        assert not (tmp_path / "out").exists()


class TestRefusals:
    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (
                {"model": "a", "endpoint": {"base_url": "http://a/v1", "model": "b"}},
                "either model or endpoint",
            ),
            ({"model": "a", "styles": ["funny"]}, "no style 'funny'; styles are: easy, hard, medium, qa"),
            ({"model": "a", "styles": ["easy", "easy"]}, "twice"),
            ({"model": "a", "mixture": {"real": 0, "synthetic": 0}}, "must not both be 0"),
            ({"endpoint": {"base_url": "localhost:80", "model": "b"}}, "http"),
            ({"endpoint": {"base_url": "http://me:secret@a/v1", "model": "b"}}, "no password"),
            ({"model": "a", "chunks": {"tokens": 20, "min_tokens": 30}}, "larger than tokens"),
        ],
    )
    def test_options_that_cannot_be(self, given: dict[str, Any], told: str) -> None:
        with pytest.raises(ValidationError, match=told):
            RephraseConfig.model_validate(given)

    def test_a_model_that_is_not_here_is_one_line(self) -> None:
        with pytest.raises(StageError, match="there is no language model 'nothing'"):
            Rephrase(model="nothing").check()

    def test_the_model_is_smollm2_unless_another_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DOCMILL_MODELS", str(tmp_path))
        assert Rephrase().config.model == "smollm2-135m"
        with pytest.raises(StageError, match="docmill models fetch smollm2-135m"):
            Rephrase().check()

    def test_a_key_that_is_not_set_stops_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NO_KEY", raising=False)
        with serving() as server, pytest.raises(Unavailable, match="NO_KEY is not set"):
            rephrased([FOX], server, endpoint={"api_key_env": "NO_KEY"})
