"""A server that behaves, and one that does not."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from pipeline.stage import StageError, Unavailable
from stages.rephrase.backends import openai
from stages.rephrase.backends.backend import Completion, Request
from stages.rephrase.backends.openai import OpenAIBackend
from stages.rephrase.generation.request import Sampling
from stages.rephrase.options import Endpoint
from tests.rephrase.chat_server import ChatServer, reword, serving

PASSAGE = "The quick fox slept."


def backend(server: ChatServer, **more: object) -> OpenAIBackend:
    given = {"model": "rule", "retries": 2, "longest_pause_s": 0.05, "timeout_s": 5.0, **more}
    return OpenAIBackend(Endpoint.model_validate({"base_url": server.url, **given}))


def requests(count: int) -> list[Request]:
    sampling = Sampling(temperature=0.0, max_new_tokens=99)
    return [
        Request((("system", "s"), ("user", f"Say it.\n\nPassage:\n{PASSAGE} {n}")), sampling)
        for n in range(count)
    ]


def ask(server: ChatServer, count: int = 1, **more: object) -> list[Completion]:
    asked = backend(server, **more)
    try:
        answers = dict(asked.complete(requests(count)))
    finally:
        asked.close()
    assert sorted(answers) == list(range(count))
    return [answers[n] for n in range(count)]


class TestWell:
    def test_each_request_has_its_own_answer(self) -> None:
        with serving() as server:
            answers = ask(server, 40)
        assert [a.text for a in answers] == [reword(f"{PASSAGE} {n}") for n in range(40)]
        assert answers[0] == Completion(
            reword(f"{PASSAGE} 0"), "stop", 50, len(reword(f"{PASSAGE} 0").split())
        )

    def test_no_more_are_under_way_than_asked_for(self) -> None:
        with serving() as server:
            server.delay = 0.03
            ask(server, 12, concurrency=3)
            assert 1 < server.most_at_once <= 3

    def test_it_says_model_messages_and_sampling(self) -> None:
        with serving() as server:
            ask(server, extra={"repeat_penalty": 1.1})
            sent = server.requests[0]
        assert sent["model"] == "rule"
        assert [m["role"] for m in sent["messages"]] == ["system", "user"]
        assert (sent["temperature"], sent["max_tokens"], sent["repeat_penalty"]) == (0.0, 99, 1.1)

    def test_the_key_comes_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CHAT_KEY", "abc-123")
        with serving() as server:
            ask(server, api_key_env="CHAT_KEY")
            assert server.keys == ["Bearer abc-123"]

    def test_a_truncated_answer_says_so(self) -> None:
        with serving(rule=lambda p: "half<length>") as server:
            assert ask(server)[0].finish == "length"


class TestPassingTrouble:
    @pytest.mark.parametrize("trouble", ["429", "500", "garbage", "shape", "cut"])
    def test_it_asks_again(self, trouble: str) -> None:
        with serving(trouble, trouble) as server:
            assert ask(server)[0].text == reword(f"{PASSAGE} 0")
            assert len(server.requests) == 3

    def test_pauses_double(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(openai, "_FIRST_PAUSE_S", 0.1)
        with serving("500", "500", "500") as server:
            assert ask(server, retries=3, longest_pause_s=9.0)[0].error is None
            pauses = [after - before for before, after in pairwise(server.times)]
        for pause, least in zip(pauses, (0.1, 0.2, 0.4), strict=True):
            assert pause >= least

    def test_the_pause_that_the_server_asks_for_is_kept_up_to_the_longest(self) -> None:
        for longest, least in ((9.0, 1.0), (0.3, 0.3)):
            with serving("429") as server:
                server.retry_after = "1" if longest > 1 else "3600"
                assert ask(server, longest_pause_s=longest)[0].error is None
                (pause,) = [after - before for before, after in pairwise(server.times)]
            assert least <= pause < 60

    @pytest.mark.parametrize("trouble", ["hang", "drip"])
    def test_a_server_that_is_silent_or_drips_costs_one_time_out(self, trouble: str) -> None:
        with serving(trouble) as server:
            began = time.monotonic()
            assert ask(server, timeout_s=0.3)[0].error is None
            assert time.monotonic() - began < 10

    def test_others_go_on_meanwhile(self) -> None:
        with serving("500", "hang") as server:
            answers = ask(server, 8, timeout_s=0.5)
        assert [a.error for a in answers] == [None] * 8


class TestLastingTrouble:
    @pytest.mark.parametrize(
        ("trouble", "code"),
        [
            ("500", "endpoint_status_500"),
            ("429", "endpoint_status_429"),
            ("garbage", "endpoint_answer"),
            ("shape", "endpoint_answer"),
            ("cut", "endpoint_connection"),
            ("drip", "endpoint_timeout"),
            ("hang", "endpoint_timeout"),
        ],
    )
    def test_the_request_fails_and_the_next_ones_do_not(self, trouble: str, code: str) -> None:
        with serving(*[trouble] * 3) as server:
            answers = ask(server, 3, concurrency=1, timeout_s=0.3)
        assert [a.error for a in answers] == [code, None, None]

    def test_a_refused_request_is_not_sent_again(self) -> None:
        with serving("400") as server:
            assert ask(server)[0].error == "endpoint_status_400"
            assert len(server.requests) == 1

    def test_when_nothing_comes_any_more_it_stops(self) -> None:
        with serving(*["500"] * 1000) as server, pytest.raises(Unavailable, match="answers 500"):
            ask(server, 100, retries=0, concurrency=4)

    def test_when_the_server_is_gone_it_stops_with_a_line_that_says_so(self) -> None:
        with serving() as server:
            pass
        with pytest.raises(Unavailable, match="cannot be reached, or drops connections"):
            ask(server, 100, retries=1, concurrency=4)

    @pytest.mark.parametrize(("status", "told"), [("404", "base_url"), ("401", "api_key_env")])
    def test_what_is_true_of_every_request_stops_at_once(self, status: str, told: str) -> None:
        with serving(*[status] * 9) as server, pytest.raises(Unavailable, match=told):
            ask(server, 100)

    def test_messages_hold_nothing_that_the_server_said(self) -> None:
        with serving(*["500"] * 1000) as server, pytest.raises(Unavailable) as raised:
            ask(server, 100, retries=0, concurrency=4)
        assert "patient" not in str(raised.value)


class TestCheck:
    def test_a_server_that_answers_will_do(self) -> None:
        with serving() as server:
            backend(server).check()
            server.models_status = 404  # not every server lists its models
            backend(server).check()

    def test_nobody_there(self) -> None:
        with serving() as server:
            pass
        with pytest.raises(StageError, match="is the server running"):
            backend(server).check()

    def test_a_key_is_wanted(self) -> None:
        with serving() as server:
            server.models_status = 401
            with pytest.raises(StageError, match="api_key_env"):
                backend(server).check()

    def test_the_variable_of_the_key_is_not_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CHAT_KEY", raising=False)
        with serving() as server, pytest.raises(StageError, match="CHAT_KEY is not set"):
            backend(server, api_key_env="CHAT_KEY").check()
