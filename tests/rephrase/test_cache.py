"""Answers on disk: found again, by any process, whatever happened to the one that wrote them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.stage import Unavailable
from stages.rephrase.backends.backend import Completion, Request
from stages.rephrase.cache import Cache, key_of
from stages.rephrase.generation.request import Sampling
from tests.pipeline.conftest import environment


def request(text: str = "a", **sampling: float) -> Request:
    return Request((("user", text),), Sampling(**{"max_new_tokens": 9, **sampling}))  # type: ignore[arg-type]


ANSWER = Completion("Bonjour – 你好 😀", "stop", 5, 2, None, [10, 14], [-0.25, -1.5])


class TestKeys:
    def test_everything_that_decides_the_answer_is_in_it(self) -> None:
        keys = {
            key_of("m", request()),
            key_of("n", request()),
            key_of("m", request("b")),
            key_of("m", request(seed=1)),
            key_of("m", request(temperature=0.5)),
            key_of("m", request(max_new_tokens=8)),
        }
        assert len(keys) == 6
        assert key_of("m", request()) in keys


class TestFolder:
    def test_what_was_put_is_found_in_another_process_time(self, tmp_path: Path) -> None:
        cache, key = Cache(tmp_path), key_of("m", request())
        assert cache.get(key) is None
        cache.put(key, ANSWER)
        cache.close()
        assert Cache(tmp_path).get(key) == ANSWER

    def test_two_that_write_at_the_same_time_see_each_other(self, tmp_path: Path) -> None:
        one, two = Cache(tmp_path), Cache(tmp_path)
        for n in range(50):
            (one if n % 2 else two).put(key_of("m", request(str(n))), Completion(str(n), "stop"))
        for cache in (one, two):
            cache.refresh()
            found = [cache.get(key_of("m", request(str(n)))) for n in range(50)]
            assert [f and f.text for f in found] == [str(n) for n in range(50)]

    def test_many_answers(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        keys = [key_of("m", request(str(n))) for n in range(9000)]
        for n, key in enumerate(keys):
            cache.put(key, Completion(str(n)))
            if n % 3000 == 0:
                cache.refresh()
        cache.refresh()
        assert [cache.get(key) for key in keys] == [Completion(str(n)) for n in range(9000)]

    @pytest.mark.parametrize("lost", range(1, 60, 7))
    def test_a_torn_last_record_costs_that_record_only(self, tmp_path: Path, lost: int) -> None:
        cache = Cache(tmp_path)
        keys = [key_of("m", request(str(n))) for n in range(3)]
        for key in keys:
            cache.put(key, ANSWER)
        cache.close()
        (file,) = tmp_path.iterdir()
        file.write_bytes(file.read_bytes()[:-lost])
        again = Cache(tmp_path)
        assert [again.get(key) for key in keys] == [ANSWER, ANSWER, None]
        again.put(keys[2], ANSWER)
        assert Cache(tmp_path).get(keys[2]) == ANSWER

    def test_answers_of_a_version_that_kept_no_probabilities_are_asked_for_again(
        self, tmp_path: Path
    ) -> None:
        cache, key = Cache(tmp_path), key_of("m", request())
        cache.put(key, ANSWER)
        cache.close()
        (file,) = tmp_path.iterdir()
        file.write_bytes(file.read_bytes().replace(b"dmR2", b"dmR1", 1))
        again = Cache(tmp_path)
        assert again.get(key) is None
        again.put(key, ANSWER)
        assert Cache(tmp_path).get(key) == ANSWER

    def test_damage_is_not_given_out(self, tmp_path: Path) -> None:
        cache, key = Cache(tmp_path), key_of("m", request())
        cache.put(key, ANSWER)
        cache.close()
        (file,) = tmp_path.iterdir()
        content = bytearray(file.read_bytes())
        content[-3] ^= 0xFF
        file.write_bytes(content)
        assert Cache(tmp_path).get(key) is None

    def test_a_folder_that_cannot_be_written_is_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(Unavailable, match=r"cannot be used: .*cache: off"):
            Cache(tmp_path / "file" / "cache")

    def test_texts_of_documents_are_not_in_it(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        cache.put(key_of("m", request("canary-7f3a")), ANSWER)
        assert b"canary" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())


_WRITER = """
import sys
from pathlib import Path
from stages.rephrase.backends.backend import Completion, Request
from stages.rephrase.cache import Cache, key_of
from stages.rephrase.generation.request import Sampling
cache = Cache(Path(sys.argv[1]))
for n in range(10**9):
    key = key_of("m", Request((("user", str(n)),), Sampling(max_new_tokens=9)))
    cache.put(key, Completion("text " * 200 + str(n)))
    print(n, flush=True)
"""


def test_a_writer_killed_at_any_moment_loses_nothing_that_it_had_put(tmp_path: Path) -> None:
    for round_ in range(3):
        folder = tmp_path / str(round_)
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder)], stdout=subprocess.PIPE, text=True, env=environment()
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 + 0.07 * round_)
        os.kill(process.pid, signal.SIGKILL)
        told = [int(line) for line in process.communicate()[0].split("\n")[:-1] if line.strip().isdigit()]
        assert told
        cache = Cache(folder)
        for n in range(told[-1] + 1):
            found = cache.get(key_of("m", Request((("user", str(n)),), Sampling(max_new_tokens=9))))
            assert found is not None
            assert found.text.endswith(str(n))
