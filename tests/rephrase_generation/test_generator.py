"""Whatever the batch, the order, the memory or the speculation: each prompt gets what it would get alone."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.rephrase.generation.generator import Generator
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.request import Generation, Sampling
from stages.rephrase.generation.sampling import LogitsError
from tests.rephrase_generation.plain import continued
from tests.rephrase_generation.toy import ToyDecoder

CONTEXT = 45
ENDS = (0, 7)

SAMPLINGS = st.builds(
    Sampling,
    temperature=st.sampled_from([0.0, 0.0, 0.3, 1.0, 3.0]),
    top_p=st.sampled_from([1.0, 0.9, 0.3]),
    top_k=st.sampled_from([0, 1, 5]),
    seed=st.integers(-1, 3),
    max_new_tokens=st.integers(1, 80),
)
PROMPTS = st.lists(st.integers(0, 19), min_size=1, max_size=CONTEXT + 3)
REQUESTS = st.lists(st.tuples(PROMPTS, SAMPLINGS), max_size=12)
OPTIONS = st.builds(
    GeneratorOptions,
    rows=st.integers(1, 9),
    cache_tokens=st.sampled_from([1, 256, 400, 10_000]),
    read_ahead=st.integers(1, 5),
    lookup=st.booleans(),
    lookup_longest=st.integers(1, 9),
    row_cost=st.sampled_from([0.0, 0.5]),
    verification_cost=st.sampled_from([0.0, 0.05, 0.3]),
)


def generate(
    decoder: ToyDecoder, requests: list[tuple[list[int], Sampling]], options: GeneratorOptions
) -> dict[int, Generation]:
    answered = list(
        Generator(decoder, ENDS, options).generate((n, *request) for n, request in enumerate(requests))
    )
    assert len(answered) == len({key for key, _ in answered}), "answered twice"
    return dict(answered)


@given(REQUESTS, OPTIONS, st.integers(0, 5))
@settings(max_examples=50, deadline=None)
def test_each_prompt_gets_what_it_gets_alone(requests, options, weights):
    made = generate(ToyDecoder(weights, CONTEXT), requests, options)
    alone = ToyDecoder(weights, CONTEXT)
    assert made == {n: continued(alone, *request, ENDS) for n, request in enumerate(requests)}


@given(
    st.lists(st.tuples(st.integers(1, 700), st.integers(1, 20)), max_size=12),
    st.sampled_from([1, 500, 1000, 2000]),
)
@settings(max_examples=10, deadline=None)
def test_memory_is_bounded(lengths, cache_tokens):
    decoder = ToyDecoder(0, 800)
    requests = [([1] * prompt, Sampling(max_new_tokens=new)) for prompt, new in lengths]
    generate(decoder, requests, GeneratorOptions(rows=4, cache_tokens=cache_tokens))
    longest = max((prompt + new for prompt, new in lengths), default=0)
    assert decoder.most_held <= max(cache_tokens, longest)
    assert all(rows <= 4 for rows, _ in decoder.steps)


def test_prompts_with_a_common_beginning_follow_each_other():
    styles = ([1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12])
    requests = [([*styles[n % 3], n, n], Sampling(max_new_tokens=3)) for n in range(12)]
    decoder = ToyDecoder()
    generate(decoder, requests, GeneratorOptions(rows=2))
    assert [int(prompt[0]) for prompt in decoder.prefilled] == [1] * 4 + [5] * 4 + [9] * 4


def test_a_row_that_ends_makes_room_at_once():
    prompts = [([1, 2, 3], Sampling(max_new_tokens=n, temperature=1.0, seed=n)) for n in (2, 2, 2, 2, 9)]
    decoder = ToyDecoder(3)
    made = generate(decoder, prompts, GeneratorOptions(rows=2, lookup=False))
    assert len(made) == 5
    assert len(decoder.steps) < sum(len(one.tokens) for one in made.values())


def test_requests_are_read_as_needed_and_answers_come_as_they_are_ready():
    taken: list[int] = []

    def endless() -> Any:
        for n in itertools.count():
            taken.append(n)
            yield n, [1 + n % 5, 2], Sampling(temperature=2.0, seed=n, max_new_tokens=5)

    answers = Generator(ToyDecoder(), ENDS, GeneratorOptions(rows=2, read_ahead=3)).generate(endless())
    keys = [key for key, _ in itertools.islice(answers, 40)]
    assert len(set(keys)) == 40
    assert len(taken) <= 40 + 2 + 3 + 2


def test_a_long_request_is_not_overtaken_for_ever():
    def mostly_short() -> Any:
        for n in range(60):
            yield n, [2] * (200 if n == 3 else 4), Sampling(temperature=2.0, seed=n, max_new_tokens=6)

    options = GeneratorOptions(rows=4, cache_tokens=512, read_ahead=5)
    order = [key for key, _ in Generator(ToyDecoder(context=300), ENDS, options).generate(mostly_short())]
    assert sorted(order) == list(range(60))
    assert order.index(3) < 25


@pytest.mark.parametrize("length", [CONTEXT, CONTEXT + 1, 500])
def test_a_prompt_that_fills_the_context_gets_no_token(length):
    made = generate(ToyDecoder(context=CONTEXT), [([1] * length, Sampling())], GeneratorOptions())
    assert made[0] == Generation((), "context", length, ())


def test_the_context_ends_a_sequence():
    how = Sampling(temperature=5.0, seed=1, max_new_tokens=500)
    made = Generator(ToyDecoder(context=60), ()).generate([("a", [1] * 40, how)])
    assert [(key, one.finish, len(one.tokens)) for key, one in made] == [("a", "context", 20)]


def test_a_long_draft_of_one_does_not_lead_another_over_the_edge():
    """Rows are fed equally many tokens: the short one's drafts would leave no place for the one near its end."""
    greedy = Sampling(max_new_tokens=CONTEXT)
    requests = [
        ([4, 9, 2, 11, 3] * 3, greedy),
        ([1, 5] * 20, Sampling(max_new_tokens=CONTEXT, temperature=1.0)),
    ]
    options = GeneratorOptions(rows=2, lookup_longest=9, row_cost=0.0, verification_cost=0.0)
    for weights in range(5):
        made = generate(ToyDecoder(weights, CONTEXT), requests, options)
        alone = ToyDecoder(weights, CONTEXT)
        assert made == {n: continued(alone, *request, ENDS) for n, request in enumerate(requests)}


def test_speculation_saves_steps_where_a_text_repeats():
    prompts = [([4, 9, 2, 11, 3] * 4, Sampling(max_new_tokens=40))]
    plain, quick = ToyDecoder(1), ToyDecoder(1)
    slow = generate(plain, prompts, GeneratorOptions(lookup=False))
    assert generate(quick, prompts, GeneratorOptions(lookup=True)) == slow
    assert len(quick.steps) < 0.7 * len(plain.steps)


def test_nothing_to_do():
    assert generate(ToyDecoder(), [], GeneratorOptions()) == {}


def test_an_empty_prompt_is_refused():
    with pytest.raises(ValueError, match="a prompt has no token"):
        generate(ToyDecoder(), [([], Sampling())], GeneratorOptions())


def test_logits_that_are_no_numbers_are_an_error():
    decoder = ToyDecoder()
    decoder._head[:] = float("nan")
    with pytest.raises(LogitsError, match="not finite"):
        generate(decoder, [([1, 2], Sampling())], GeneratorOptions())


@pytest.mark.parametrize(
    "wrong", [{"rows": 0}, {"cache_tokens": 0}, {"row_cost": -1}, {"verification_cost": -0.1}]
)
def test_options_without_a_meaning_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        GeneratorOptions(**wrong)
