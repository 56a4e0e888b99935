"""onnxruntime-genai, on a folder that its own model builder made."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime_genai as og

from benchmarks.rephrase_peers.system import Measured, Setting, System

_PAD = 2  # <|im_end|>, which the builder wrote down as the padding of this model


class Genai(System):
    """Static batches: prompts are padded on the left to the longest, a batch ends with its last sequence."""

    def __init__(self, setting: Setting) -> None:
        self._threads = tempfile.TemporaryDirectory()
        self._model = og.Model(str(_with_threads(setting, Path(self._threads.name))))
        self._rows = setting.rows

    def measure(self, prompts: Sequence[Sequence[int]], new: int) -> Measured:
        """Batch after batch, prompts of like length together."""
        by_length = sorted(prompts, key=len)
        batches = [
            self._batch(by_length[start : start + self._rows], new)
            for start in range(0, len(prompts), self._rows)
        ]
        return Measured(
            sum(one.prefill_seconds for one in batches),
            sum(one.decode_seconds for one in batches),
            sum(one.decoded_tokens for one in batches),
        )

    def _batch(self, prompts: Sequence[Sequence[int]], new: int) -> Measured:
        longest = max(map(len, prompts))
        padded = np.full((len(prompts), longest), _PAD, np.int32)
        for row, prompt in zip(padded, prompts, strict=True):
            row[longest - len(prompt) :] = prompt
        wanted = og.GeneratorParams(self._model)
        wanted.set_search_options(batch_size=len(prompts), max_length=longest + new, do_sample=False)
        generator = og.Generator(self._model, wanted)
        begun = time.process_time()
        generator.append_tokens(padded)
        filled = time.process_time()
        while not generator.is_done():
            generator.generate_next_token()
        ended = time.process_time()
        rows = [np.asarray(generator.get_sequence(n))[longest:] for n in range(len(prompts))]
        # an end token is padding afterwards; a batch of one hides its own
        made = [min(len(row) - int((row == _PAD).sum()) + 1, new) for row in rows]
        return Measured(filled - begun, ended - filled, sum(made) - len(made))


def _with_threads(setting: Setting, folder: Path) -> Path:
    """A copy of the folder whose settings name the number of threads; its large files are links."""
    for file in Path(setting.model).iterdir():
        if file.suffix in (".onnx", ".data"):
            (folder / file.name).symlink_to(file.resolve())
        else:
            shutil.copy(file, folder / file.name)
    path = folder / "genai_config.json"
    config = json.loads(path.read_text("utf-8"))
    options = config["model"]["decoder"].setdefault("session_options", {})
    options.update(intra_op_num_threads=setting.threads, inter_op_num_threads=1)
    options["session.intra_op.allow_spinning"] = "0"  # waiting threads would count as CPU time
    path.write_text(json.dumps(config), "utf-8")
    return folder
