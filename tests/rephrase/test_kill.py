"""kill -9 while answers come in, then the same command: the same result, and no kept answer is asked for again."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from stages.rephrase.backends.backend import Request
from stages.rephrase.backends.openai import OpenAIBackend
from stages.rephrase.cache import Cache, Key, key_of
from stages.rephrase.generation.request import Sampling
from stages.rephrase.options import Endpoint
from tests.pipeline.conftest import Output
from tests.pipeline.processes import Run
from tests.rephrase.chat_server import serving

WORKERS, CONCURRENCY = 2, 2
STYLES = ["easy", "medium"]
SENTENCE = "The patient came to house {0} of {1} with a small dog and slept near the hill over the river. "


def configuration(path: Path, url: str) -> Path:
    endpoint = {"base_url": url, "model": "rule", "concurrency": CONCURRENCY, "retries": 0}
    rephrase = {
        "endpoint": endpoint,
        "styles": STYLES,
        "chunks": {"tokens": 40},
        "gates": {"copied": False, "grounding": False, "entities": False},
    }
    told = {
        "stages": [{"segment": {}}, {"rephrase": rephrase}],
        "shards": {"max_rows": 3},
        "batch": {"max_rows": 2},
    }
    path.write_text(yaml.safe_dump(told), encoding="utf-8")
    return path


def corpus(folder: Path, documents: int) -> Path:
    folder.mkdir()
    for n in range(documents):
        text = "".join(SENTENCE.format(n, part) for part in range(2, 8))
        (folder / f"{n:02}.txt").write_text(text)
    return folder


def result(output: Output) -> list[tuple[Any, ...]]:
    return [(r["id"], r["rephrasings"], r["mixture"], r["errors"]) for r in output.rows]


def key(url: str, payload: dict[str, Any]) -> Key:
    """The key under which the answer to a request is kept."""
    sampling = Sampling(
        temperature=payload["temperature"],
        top_p=payload["top_p"],
        top_k=payload.get("top_k", 0),
        seed=payload["seed"],
        max_new_tokens=payload["max_tokens"],
    )
    messages = tuple((m["role"], m["content"]) for m in payload["messages"])
    identity = OpenAIBackend(Endpoint(base_url=url, model="rule")).identity()
    return key_of(identity, Request(messages, sampling))


def killed_and_resumed(tmp_path: Path, *, documents: int, kills: int) -> None:
    chance = random.Random(20261122)
    folder = corpus(tmp_path / "in", documents)
    undisturbed, output = Output(tmp_path / "undisturbed"), Output(tmp_path / "out")
    with serving() as server:
        config = configuration(tmp_path / "config.yaml", server.url)
        run = Run(config, folder, undisturbed.folder, "--workers", WORKERS)
        assert run.wait() == 0, run.err
        wanted = Counter(key(server.url, payload) for payload in server.requests)
        assert set(wanted.values()) == {1}
        server.requests.clear()
        server.delay = 0.02

        kept: set[Key] = set()
        at_work = 0
        for _ in range(kills):
            before = len(server.requests)
            run = Run(config, folder, output.folder, "--workers", WORKERS)
            server.wait_for(before + 1)
            server.wait_for(before + chance.randrange(1, len(wanted) // kills), 5)
            run.kill_all()
            asked = [key(server.url, payload) for payload in server.requests[before:]]
            assert not kept & set(asked), "an answer that was kept was asked for again"
            cache = Cache(output.folder / "_docmill" / "stages" / "rephrase")
            now = {k for k in wanted if cache.get(k) is not None}
            assert kept <= now
            # of what was asked, at most what was under way, or on its way to the disk, is not kept
            assert len(set(asked) - now) <= WORKERS * 2 * CONCURRENCY
            at_work += bool(set(asked) & now)
            kept = now
        assert at_work >= kills // 2, "the kills came too early to say anything"
        assert 0 < len(kept) < len(wanted), "the kills came too late to say anything"

        before = len(server.requests)
        run = Run(config, folder, output.folder, "--workers", WORKERS)
        assert run.wait() == 0, run.err
        asked = [key(server.url, payload) for payload in server.requests[before:]]
        assert Counter(asked) == Counter(wanted.keys() - kept)
    assert result(output) == result(undisturbed)
    for row in output.rows:
        places = Counter((e["chunk"], e["style"]) for e in row["rephrasings"])
        assert set(places.values()) == {1}
        assert set(places) == {(c, s) for c in range(len(places) // len(STYLES)) for s in STYLES}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    killed_and_resumed(tmp_path, documents=8, kills=2)


@pytest.mark.slow
def test_killed_at_many_random_moments(tmp_path: Path) -> None:
    killed_and_resumed(tmp_path, documents=60, kills=20)
