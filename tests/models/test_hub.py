"""Fetching from the hub, through its own client: out of that client's cache, and from a server on this machine.

Each command is a process of its own, because the client reads its environment once.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.prediction import Predictor
from tests.segment.tiny import SAT, WTP

pytest.importorskip("huggingface_hub")

COMMIT = "0123456789abcdef0123456789abcdef01234567"
XLM_R = "FacebookAI/xlm-roberta-base"
SAT_FILES = ("config.json", "model_optimized.onnx")  # as published: the tokenizer is another repository's
REPOSITORIES = {
    "some-org/sat-tiny-sm": {name: SAT / name for name in SAT_FILES},
    "some-org/wtp-tiny": {name: WTP / name for name in ("config.json", "model.onnx")},
    "some-org/torch-only": {"config.json": SAT / "config.json"},
    XLM_R: {"tokenizer.json": SAT / "tokenizer.json"},
}


def put_into_cache(cache: Path, repository: str) -> None:
    """Lay out a repository as huggingface_hub caches it: blobs by hash, a snapshot of links, a ref to it."""
    folder = cache / f"models--{repository.replace('/', '--')}"
    snapshot = folder / "snapshots" / COMMIT
    for part in (folder / "blobs", folder / "refs", snapshot):
        part.mkdir(parents=True)
    (folder / "refs" / "main").write_text(COMMIT)
    for name, source in REPOSITORIES[repository].items():
        blob = folder / "blobs" / hashlib.sha256(source.read_bytes()).hexdigest()
        shutil.copyfile(source, blob)
        (snapshot / name).symlink_to(os.path.relpath(blob, snapshot))


def docmill(root: Path, tmp_path: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a store and a hub cache of the test's own."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        "DOCMILL_MODELS": str(tmp_path / "store"),
        "HF_HUB_CACHE": str(tmp_path / "cache"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        **more,
    }
    command = [sys.executable, "-m", "pipeline", "models", *words]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def probabilities(name: str) -> list[float]:
    (places,) = Predictor(open_model(find(name))).places(["Rain fell. We stayed in and read all day."])
    return places.probabilities.tolist()


@pytest.mark.parametrize(("repository", "original"), [("sat-tiny-sm", SAT), ("wtp-tiny", WTP)])
def test_out_of_the_clients_cache_without_a_network(root, tmp_path, monkeypatch, repository, original):
    for one in (f"some-org/{repository}", XLM_R):
        put_into_cache(tmp_path / "cache", one)
    name = f"hub:some-org/{repository}"
    done = docmill(root, tmp_path, "fetch", name, HF_HUB_OFFLINE="1")
    assert (done.returncode, done.stderr) == (0, "")
    shutil.rmtree(tmp_path / "cache")  # what was fetched stands by itself
    monkeypatch.setenv("DOCMILL_MODELS", str(tmp_path / "store"))
    entry = find(name)
    assert (entry.source.repository, entry.source.revision) == (f"some-org/{repository}", COMMIT)
    assert entry.thresholds == find(str(original)).thresholds
    assert probabilities(name) == probabilities(str(original))


def test_what_the_cache_lacks_is_one_line(root, tmp_path):
    put_into_cache(tmp_path / "cache", "some-org/torch-only")
    put_into_cache(tmp_path / "cache", "some-org/sat-tiny-sm")
    for repository, words in (
        ("nobody/nothing", "nobody/nothing cannot be fetched: "),
        ("some-org/torch-only", "holds no ONNX file: python -m onnx_export segment hub:some-org/torch-only"),
        ("some-org/sat-tiny-sm", "some-org/sat-tiny-sm cannot be fetched: "),  # no tokenizer in the cache
    ):
        done = docmill(root, tmp_path, "fetch", f"hub:{repository}", HF_HUB_OFFLINE="1")
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


class Hub(BaseHTTPRequestHandler):
    """As much of the hub as its client asks for."""

    requests: ClassVar[list[str]] = []

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.requests.append(f"{self.command} {self.path}")
        path = self.path.partition("?")[0].strip("/")
        for repository, files in REPOSITORIES.items():
            if path == f"api/models/{repository}":
                listed = [{"rfilename": name} for name in ("README.md", *files)]
                about = {
                    "_id": "1",
                    "id": repository,
                    "modelId": repository,
                    "sha": COMMIT,
                    "siblings": listed,
                }
                return self._send(json.dumps(about).encode(), "application/json")
            for revision in (COMMIT, "main"):
                for name, source in files.items():
                    if path == f"{repository}/resolve/{revision}/{name}":
                        return self._send(source.read_bytes(), "application/octet-stream")
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def hub() -> Iterator[str]:
    """The address of a hub on this machine."""
    Hub.requests.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_from_a_hub(root, tmp_path, monkeypatch, hub):
    name = "hub:some-org/sat-tiny-sm"
    missing = docmill(root, tmp_path, "verify", name)
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)
    assert f"docmill models fetch {name}" in missing.stderr
    assert Hub.requests == []  # only fetching asks

    done = docmill(root, tmp_path, "fetch", name, HF_ENDPOINT=hub, HF_HUB_OFFLINE="0")
    assert done.returncode == 0, done.stderr
    fetched = Path(done.stdout.strip())
    assert fetched.parent == tmp_path / "store" / "some-org--sat-tiny-sm"
    assert not any("README" in request for request in Hub.requests)  # only what is needed

    asked = len(Hub.requests)
    assert docmill(root, tmp_path, "verify", name, HF_ENDPOINT=hub).returncode == 0
    monkeypatch.setenv("DOCMILL_MODELS", str(tmp_path / "store"))
    assert probabilities(name) == probabilities(str(SAT))
    assert len(Hub.requests) == asked

    with fetched.open("ab") as file:
        file.write(b"x")
    spoilt = docmill(root, tmp_path, "verify", name)
    assert spoilt.returncode == 2
    assert f"docmill models fetch {name}" in spoilt.stderr


def test_a_hub_that_does_not_know_the_name(root, tmp_path, hub):
    done = docmill(root, tmp_path, "fetch", "hub:some-org/no-such", HF_ENDPOINT=hub, HF_HUB_OFFLINE="0")
    assert done.returncode == 2
    assert "some-org/no-such cannot be fetched: " in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "store" / "some-org--no-such").exists()
