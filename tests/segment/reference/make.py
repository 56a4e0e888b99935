"""Writes the published-style folders and the peer's answers that the tests read.

    python -m tests.segment.reference.make

Needs the extra export and wtpsplit. The slow tests make everything anew and compare the rest of the variants.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from tests.segment.reference.checkpoints import make_sat, make_wtp, with_half_mask
from tests.segment.reference.peer import answers
from tests.segment.reference.texts import TEXTS

HERE = Path(__file__).parent


def main() -> None:
    """Make both folders."""
    from onnx_export.segment import export

    for name, graph in (("sat-tiny-sm", "model_optimized.onnx"), ("wtp-tiny", "model.onnx")):
        with tempfile.TemporaryDirectory() as made:
            checkpoint = Path(made) / name
            if name.startswith("sat"):
                make_sat(checkpoint, lookahead=6)
            else:
                make_wtp(checkpoint)
            export(str(checkpoint), Path(made) / "onnx")
            folder = HERE / name
            folder.mkdir(exist_ok=True)
            with_half_mask(Path(made) / "onnx" / "model.onnx", folder / graph)
            for file in ("config.json", "tokenizer.json"):
                if (checkpoint / file).is_file():
                    shutil.copyfile(checkpoint / file, folder / file)
            said = answers(checkpoint, TEXTS)
            (folder / "peer.json").write_text(json.dumps(said, ensure_ascii=False, indent=0) + "\n")


if __name__ == "__main__":
    main()
