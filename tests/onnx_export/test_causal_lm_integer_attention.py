"""Attention in integers stays close to attention in floating point. No torch needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.causal_lm.decoder import Decoder
from models.causal_lm.settings import Settings
from models.session import open_session
from onnx_export.causal_lm import describe, graph, random_model
from onnx_export.causal_lm.integer_attention import CachePeaks
from onnx_export.causal_lm.linear import Float
from onnx_export.causal_lm.writer import GRAPH, GraphWriter

CONTEXT = 256
PROMPT = np.random.default_rng(5).integers(0, 256, 150)


def peaks(size: float) -> CachePeaks:
    model = random_model.architecture(CONTEXT)
    pairs = np.full((model.kv_heads, model.head_size // 2), size, np.float32)
    return CachePeaks(pairs, pairs, np.full((model.kv_heads, model.head_size), size, np.float32))


def decoder(folder: Path, given: CachePeaks | None) -> Decoder:
    """A network of random weights whose products are in single precision; only attention may be in integers."""
    folder.mkdir()
    model = random_model.architecture(CONTEXT)
    with GraphWriter(folder) as writer:
        each = None if given is None else [given] * model.layers
        graph.write(writer, model, random_model.weights(model), Float(), each)
    element = "float32" if given is None else "int8"
    about = Settings(describe.sizes_of(model), "none", (256,), cache_element=element)
    return Decoder(open_session(folder / GRAPH), about)


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Decoder:
    return decoder(tmp_path_factory.mktemp("plain") / "graph", None)


def test_logits_stay_close(plain: Decoder, tmp_path: Path) -> None:
    integer = decoder(tmp_path / "graph", peaks(5))
    wanted, found = (one.step(PROMPT[None], one.cache(1, CONTEXT), [0])[0] for one in (plain, integer))
    # random weights look at everything alike, so shares are small and their rounding is at its worst
    assert np.abs(found - wanted).mean() < 0.05 * np.abs(wanted).mean()


def test_what_exceeds_the_peaks_is_cut_and_keeps_its_sign(plain: Decoder, tmp_path: Path) -> None:
    caches = []
    for one in (plain, decoder(tmp_path / "graph", peaks(0.05))):
        caches.append(one.cache(1, CONTEXT))
        one.step(PROMPT[None], caches[-1], [0])
    for name in ("0.key", "0.value"):
        wanted, found = (cache.tokens(name, 0)[:, : len(PROMPT)] for cache in caches)
        far = np.abs(wanted) > 0.1
        assert far.mean() > 0.8
        assert np.array_equal(found[far], np.where(wanted[far] > 0, 127, -128))


MAGNITUDES = st.lists(st.floats(0.0009765625, 1024, width=32), min_size=8, max_size=8)


@given(queries=MAGNITUDES, keys=MAGNITUDES)
@settings(deadline=None)
def test_factors_leave_products_as_they_are_and_fit_keys_into_bytes(
    queries: list[float], keys: list[float]
) -> None:
    pairs = [np.array(one, np.float32).reshape(2, 4) for one in (queries, keys)]
    of_queries, of_keys = CachePeaks(*pairs, np.ones((2, 8), np.float32)).factors()
    assert of_queries.shape == of_keys.shape == (2, 8)
    assert np.allclose(of_queries * of_keys, 1, rtol=1e-5)
    codes = np.tile(pairs[1], (1, 2)) * of_keys
    assert codes.max() <= 127
    assert (codes.max(axis=1) > 100).all()  # and no byte is wasted
