"""docmill as a person runs it: a process of its own, of which only output, exit status and files are seen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]

# Tight bounds, so that documents which must run into them do so soon. No samples: the report then holds
# no text of any document, which is what the canary tests look for.
CONFIG = """\
stages:
  - parse: {timeout_s: 60, page_timeout_s: 20, memory_limit_mb: 512, max_pages: 1000}
  - shorten: {language: en, remove: [stopwords]}
input: {max_document_bytes: 64MiB}
report: {samples: 0}
"""


def start(*words: object, preexec: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """Start ``docmill WORDS``."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=preexec,
    )


def docmill(
    *words: object, preexec: Callable[[], None] | None = None, timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run ``docmill WORDS`` to its end."""
    process = start(*words, preexec=preexec)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def assert_one_line(done: subprocess.CompletedProcess[str], status: int, *mentions: str) -> None:
    """Assert that the command failed as the contract says: a status, and one line without a traceback."""
    assert done.returncode == status, done.stderr
    assert done.stderr.startswith("docmill: error: ")
    assert done.stderr.count("\n") == 1, done.stderr
    for mention in mentions:
        assert mention in done.stderr


def result(output: Path) -> pa.Table:
    """The whole result, in input order."""
    return pa.concat_tables(pq.read_table(part) for part in sorted(output.glob("part-*.parquet")))
