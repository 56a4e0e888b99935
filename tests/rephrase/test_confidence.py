"""Numbers that a model was not sure of: what the gate refuses, and where it reads the probabilities."""

from __future__ import annotations

import math
from typing import Any

import pytest

from stages.rephrase.backends.backend import Completion
from stages.rephrase.backends.openai_logprobs import logprobs_of
from stages.rephrase.gates.confidence import Confidence
from stages.rephrase.gates.options import ConfidenceGate
from stages.rephrase.gates.pair import Pair, TokenLogprobs, Verdict
from stages.rephrase.opened import token_logprobs
from stages.rephrase.styles import styles_of
from tests.rephrase.chat_server import serving
from tests.rephrase.rephrasing import TWELVE, entries, rephrased

PASSAGE = "The hall has 360 seats, and both doors were open."
Written = list[tuple[str, float]]  # tokens with their probabilities


def places(written: Written) -> TokenLogprobs:
    ends = [len("".join(token for token, _ in written[: n + 1])) for n in range(len(written))]
    return TokenLogprobs(ends, [math.log(probability) for _, probability in written])


def verdict(written: Written, **options: float) -> Verdict:
    (style,) = styles_of(("medium",), {})
    answer = "".join(token for token, _ in written)
    pair = Pair(PASSAGE, answer, style, "stop", "en", 12, 12, places(written))
    return Confidence(ConfidenceGate(**options)).judge(pair)


def seats(*number: float, beside: float = 1.0) -> Written:
    digits = list(zip((" 3", "6", "0"), number, strict=True))
    return [("The", 1.0), (" hall", 1.0), (" has", beside), *digits, (" seats", beside), (".", beside)]


def test_a_number_has_the_product_of_its_tokens_and_the_mean_of_what_stands_around() -> None:
    found = verdict(seats(0.5, 0.8, 1.0, beside=0.5))
    assert found.reasons == ()
    assert found.scores["number_probability"] == pytest.approx(0.4)
    # three tokens before it, its own three, and the two after it
    assert found.scores["number_context"] == pytest.approx((0.5**3 * 0.4) ** (1 / 8), abs=1e-6)


def test_a_number_that_the_model_found_improbable_is_refused() -> None:
    assert verdict(seats(0.2, 0.6, 1.0)).reasons == ("unsure",)
    assert verdict(seats(0.2, 0.6, 1.0), min_number=0.1).reasons == ()


def test_a_number_among_words_that_it_found_improbable_is_refused() -> None:
    assert verdict(seats(1.0, 1.0, 1.0, beside=0.03)).reasons == ("unsure",)
    assert verdict(seats(1.0, 1.0, 1.0, beside=0.03), min_context=0.2).reasons == ()


def test_a_word_that_may_be_a_number_is_judged_less_strictly() -> None:
    one = verdict([("Both", 0.05), (" doors", 0.01), (" stood", 0.01), (" open", 0.01), (".", 1.0)])
    assert one.reasons == ()
    assert one.scores == pytest.approx({"soft_number_probability": 0.05})
    assert verdict([("Both", 0.01), (" doors", 1.0), (" stood open.", 1.0)]).reasons == ("unsure",)


def test_improbable_words_without_a_number_are_no_matter_of_it() -> None:
    assert verdict([("The", 0.001), (" doors", 0.001), (" stood", 0.001)]) == Verdict({})


def test_without_probabilities_it_does_not_run() -> None:
    (style,) = styles_of(("medium",), {})
    assert Confidence(ConfidenceGate()).judge(
        Pair(PASSAGE, "It has 9 seats.", style, "stop", "en", 9, 9)
    ) == Verdict({})


def test_places_are_those_of_the_text_without_lead_in() -> None:
    written: Written = [("Sure", 0.9), ("!", 0.8), ("\n", 0.7), ("Of 12", 0.6), (" seats", 0.5)]
    whole = places(written)
    answer = Completion("Sure!\nOf 12 seats", token_ends=whole.ends, logprobs=whole.logprobs)
    found = token_logprobs(answer, "Of 12 seats")
    assert found is not None
    assert list(found.of(3, 5)) == pytest.approx([math.log(0.6)])
    assert list(found.of(3, 5, around=1)) == pytest.approx([math.log(p) for p in (0.7, 0.6, 0.5)])


def told(*tokens: Any) -> dict[str, Any]:
    return {"logprobs": {"content": list(tokens)}}


def test_a_server_may_tell_tokens_or_their_bytes() -> None:
    assert logprobs_of(
        told({"token": "Zwölf", "logprob": -0.5}, {"token": "!", "logprob": 0.1}), "Zwölf!"
    ) == (
        [5, 6],
        [-0.5, 0.0],
    )
    halves = [{"token": "?", "bytes": [0xC3], "logprob": -1}, {"token": "?", "bytes": [0xB6], "logprob": -2}]
    assert logprobs_of(told(*halves, {"token": "<end>", "logprob": -3}), "ö") == (
        [0, 1, 1],
        [-1.0, -2.0, -3.0],
    )


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"logprobs": None},
        {"logprobs": {"content": None}},
        told({"token": "twelve"}),
        told({"logprob": -1.0}),
        told({"token": "twelve", "bytes": [300], "logprob": -1.0}),
        told({"token": "eleven", "logprob": -1.0}),
        told("twelve"),
        told({"token": "twelve", "logprob": math.nan}),
    ],
)
def test_what_a_server_tells_otherwise_is_not_used(choice: dict[str, Any]) -> None:
    assert logprobs_of(choice, "twelve") is None


def test_a_server_that_is_asked_for_probabilities_is_judged_by_them() -> None:
    with serving() as server:
        server.logprob = lambda word: -5.0 if "39.5" in word else -0.1
        asked = {"extra": {"logprobs": True}}
        (entry,) = entries(rephrased([TWELVE], server, endpoint=asked)[0])
        assert (entry["status"], entry["reasons"]) == ("rejected", ["unsure"])
        assert entry["scores"]["number_probability"] == pytest.approx(math.exp(-5.0), abs=1e-3)
        (entry,) = entries(rephrased([TWELVE], server)[0])
        assert (entry["status"], entry["scores"]["number_probability"]) == ("ok", None)
