"""kill -9 while a model in the worker generates, then the same command: the same result, nothing generated twice."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import yaml

from onnx_export.causal_lm import random_model
from stages.rephrase.cache import _HEAD
from tests.pipeline.conftest import Output
from tests.pipeline.processes import Run, wait_until
from tests.rephrase.test_kill import STYLES, corpus, result

KILLS = 4


def kept_in(output: Output) -> Counter[bytes]:
    """Return how often each answer lies in the cache, whole."""
    found: Counter[bytes] = Counter()
    for file in (output.folder / "_docmill" / "stages" / "rephrase").glob("*.answers"):
        data, place = file.read_bytes(), 0
        while place + _HEAD.size <= len(data):
            _, key, size, _ = _HEAD.unpack_from(data, place)
            place += _HEAD.size + size
            found[key] += place <= len(data)
    return +found


def test_killed_while_it_generates(tmp_path: Path) -> None:
    model = random_model.write(tmp_path / "model", context=640)
    rephrase = {
        "model": str(model),
        "styles": STYLES,
        "chunks": {"tokens": 200},
        "generation": {"rows": 3, "max_new_tokens": 60},
        "keep_rejected": True,
        "gates": {"entities": False},
    }
    told = {"stages": [{"segment": {}}, {"rephrase": rephrase}], "shards": {"max_rows": 3}}
    config = tmp_path / "config.yaml"
    config.write_text(yaml.safe_dump(told), encoding="utf-8")
    folder = corpus(tmp_path / "in", 12)
    undisturbed, output = Output(tmp_path / "undisturbed"), Output(tmp_path / "out")
    run = Run(config, folder, undisturbed.folder)
    assert run.wait() == 0, run.err
    wanted = kept_in(undisturbed)
    assert set(wanted.values()) == {1}

    chance = random.Random(20261123)
    kept: Counter[bytes] = Counter()
    for _ in range(KILLS):
        more = len(kept) + chance.randrange(1, len(wanted) // (KILLS + 1))
        run = Run(config, folder, output.folder)
        assert wait_until(lambda: len(kept_in(output)) >= more or run.process.poll() is not None, 60)  # noqa: B023
        run.kill_all()
        now = kept_in(output)
        assert kept.keys() <= now.keys()
        kept = now
    assert 0 < len(kept) < len(wanted), "the kills came too late to say anything"

    run = Run(config, folder, output.folder)
    assert run.wait() == 0, run.err
    assert kept_in(output) == wanted  # each answer once: none was generated again after it was kept
    assert result(output) == result(undisturbed)
    for row in output.rows:
        places = Counter((e["chunk"], e["style"]) for e in row["rephrasings"])
        assert set(places.values()) == {1}
