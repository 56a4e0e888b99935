"""The generator on real graphs: what it promises holds through ONNX Runtime as well."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.catalog import MissingModelError
from models.causal_lm.decoder import Decoder
from models.causal_lm.folder import find, open_decoder
from onnx_export.causal_lm import random_model
from stages.rephrase.generation.generator import Generator
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.request import Generation, Sampling
from tests.rephrase_generation.plain import continued

ENDS = range(6)  # of 260 tokens that are about as likely as each other

REQUESTS = st.lists(
    st.tuples(
        st.lists(st.integers(1, 255), min_size=1, max_size=100),
        st.builds(
            Sampling,
            temperature=st.sampled_from([0.0, 0.0, 0.8, 2.0]),
            top_p=st.sampled_from([1.0, 0.8]),
            seed=st.integers(0, 9),
            max_new_tokens=st.integers(1, 90),
        ),
    ),
    min_size=1,
    max_size=6,
)
OPTIONS = st.builds(
    GeneratorOptions,
    rows=st.integers(1, 5),
    cache_tokens=st.sampled_from([200, 600, 10_000]),
    lookup=st.booleans(),
    verification_cost=st.sampled_from([0.0, 0.07]),
)


@pytest.fixture(scope="module", params=["int8", "8", "4", "none"])
def decoder(request, tmp_path_factory) -> Decoder:
    folder = random_model.write(tmp_path_factory.mktemp("model"), precision=request.param, context=160)
    return open_decoder(find(str(folder)), "cpu")


def answers(
    decoder: Decoder, requests: list[tuple[list[int], Sampling]], options: GeneratorOptions
) -> list[Generation]:
    made = dict(Generator(decoder, ENDS, options).generate((n, *one) for n, one in enumerate(requests)))
    return [made[n] for n in range(len(requests))]


@given(requests=REQUESTS, options=OPTIONS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_prompt_gets_what_it_gets_alone(decoder, requests, options):
    assert answers(decoder, requests, options) == [continued(decoder, *one, ENDS) for one in requests]


def test_the_context_is_used_to_its_end(decoder):
    how = Sampling(temperature=3.0, max_new_tokens=1000)
    requests = [([1 + n, 2, 3] * length, how) for n, length in enumerate((20, 53, 54, 10))]
    made = [one for _, one in Generator(decoder, (), GeneratorOptions(rows=3)).generate(
        (n, *one) for n, one in enumerate(requests)
    )]  # fmt: skip
    assert {(one.finish, one.prompt_tokens + len(one.tokens)) for one in made} == {
        ("context", 160),
        ("context", 162),
    }


@pytest.mark.slow
def test_smollm2_answers_alone_as_in_a_batch():
    try:
        decoder = open_decoder(find(os.environ.get("DOCMILL_LANGUAGE_MODEL", "smollm2-135m")), "cpu")
    except MissingModelError as error:
        pytest.skip(str(error))
    random = np.random.default_rng(0)
    ends = decoder.settings.end_tokens
    # passages of a made-up language, with repetitions, so that there is something to look up
    words = [random.integers(1000, decoder.sizes.vocabulary, 4).tolist() for _ in range(30)]
    requests = []
    for n in range(8):
        prompt = [token for word in random.integers(0, 30, 10 + 3 * n) for token in words[word]]
        requests.append((prompt, Sampling(temperature=0.7 * (n % 2), seed=n, max_new_tokens=24)))
    alone = [continued(decoder, *one, ends) for one in requests]
    for options in (
        GeneratorOptions(rows=1),
        GeneratorOptions(rows=8),
        GeneratorOptions(rows=8, lookup=False),
    ):
        made = dict(Generator(decoder, ends, options).generate((n, *one) for n, one in enumerate(requests)))
        assert [made[n] for n in range(len(requests))] == alone
