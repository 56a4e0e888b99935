"""From a checkpoint of ``train`` to ONNX in int8, behind a gate.

    python -m models.sentence_boundary.accurate.export --checkpoint checkpoint.pt [MORE.pt ...] \\
        --tokenizer tokenizer.json --data DIR --out DIR

writes a folder with ``graph.onnx``, ``tokenizer.json`` and ``model.toml``, which any command takes as a model, and
in ``fp32/`` below it the same without quantisation.

Matrices become int8 with a scale per output column; activations are quantised as they come, with one scale for
all. Before that, what is large in the activations is moved into the weights (as in SmoothQuant, arXiv
2211.10438, with scales from the activations alone). The word table goes into four bits (``embeddings``).

Thresholds by condition are chosen on a part of the dev records, and below which probability the later layers are
left out (``skipping``); on the same records the int8 graph has to pass ``gate``, or nothing is written.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from models.catalog import ModelEntry, Source, digest_of
from models.sentence_boundary.data import running_text
from models.sentence_boundary.prediction import Predictor
from models.sentence_boundary.tuning import choose
from models.session import opener
from models.toml import file_of, write_entry

from .architecture import Encoder
from .checkpoints import mean_of
from .embeddings import keep_rows, pack_words
from .features import BLOCK, open_tokenizer, tokenise
from .gate import costs, gate_records
from .inference import HEADS, OneRow
from .model import AccurateModel, open_model
from .samples import HELD_OUT
from .skipping import choose as choose_skip

_OPSET = 17


def read_checkpoint(*files: Path) -> Encoder:
    """Return the encoder of a checkpoint, or of several that started from the same weights: their mean."""
    weights = mean_of(files)
    encoder = Encoder(len(weights["words.weight"]))
    encoder.load_state_dict(weights)
    encoder.eval()
    return encoder


class _Scaled(nn.Module):  # type: ignore[misc, unused-ignore]
    """Divides each input of a matrix by its scale before the matrix, whose weights were multiplied by it."""

    def __init__(self, scale: Tensor, matrix: nn.Linear) -> None:
        super().__init__()
        self.register_buffer("inverse", 1 / scale)
        self.matrix = matrix
        self.matrix.weight.data *= scale

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.matrix(x * self.inverse)
        return result


def smooth(encoder: OneRow, rows: Sequence[Tensor]) -> None:
    """Move the square root of each activation's largest value into the weights behind it; what the encoder
    computes stays the same.

    Args:
        encoder: changed in place.
        rows: int64[1, t] each: tokens to see activations on.
    """
    largest: dict[str, Tensor] = {}

    def watch(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def see(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            seen = inputs[0].abs().amax(dim=(0, 1))
            largest[name] = torch.maximum(largest.get(name, seen), seen)

        return see

    hooks = [
        matrix.register_forward_pre_hook(watch(name))
        for name, matrix in encoder.named_modules()
        if isinstance(matrix, nn.Linear) and name not in HEADS
    ]
    with torch.inference_mode():
        for row in rows:
            encoder(row, torch.tensor(-math.inf))
    for hook in hooks:
        hook.remove()
    for name, peak in largest.items():
        scale = peak.clamp(min=1e-3).sqrt()
        scale = (scale / scale.log().mean().exp()).clone()
        encoder.set_submodule(name, _Scaled(scale, encoder.get_submodule(name)))


def calibration(folder: Path, tokenizer: Path) -> list[Tensor]:
    """Return rows of tokens of training text, a few for every source."""
    opened = open_tokenizer(tokenizer)
    rows: list[Tensor] = []
    for lines in islice(running_text(folder), 0, None, 4):
        middle = len(lines.lines) // 2
        text = " ".join(lines.lines[middle : middle + 12])
        ids, _ = tokenise(opened, text if len(rows) % 2 else text.lower())
        rows.append(torch.from_numpy(ids[:BLOCK])[None])
    return [row for row in rows if row.shape[1]]


def write_graph(encoder: OneRow, file: Path) -> None:
    """Write the fp32 graph: ``input_ids`` int64[1, tokens] and ``skip_below`` float32[] to ``logits`` float32[1,
    tokens] and ``hidden`` float32[1, tokens, width]."""
    axes = {1: "tokens"}
    torch.onnx.export(
        encoder.eval(),
        (torch.ones(1, 40, dtype=torch.long), torch.tensor(0.0)),
        str(file),
        input_names=["input_ids", "skip_below"],
        output_names=["logits", "hidden"],
        dynamic_axes=dict.fromkeys(["input_ids", "logits", "hidden"], axes),
        opset_version=_OPSET,
        dynamo=False,
    )


def quantise(source: Path, target: Path, *, reduce_range: bool) -> None:
    """Write the int8 graph.

    Args:
        source: the fp32 graph.
        target: where to.
        reduce_range: seven bits for the weights of matrices: without VNNI the eighth can overflow.
    """
    aside = target.with_suffix(".tmp")
    model = onnx.load(source)
    pack_words(model, "words.weight")
    keep_rows(model, "positions.weight", BLOCK)
    onnx.save(model, aside)
    heads = tuple(f"/{head}/" for head in HEADS)
    quantize_dynamic(
        aside, target, op_types_to_quantize=["MatMul", "Gemm"], weight_type=QuantType.QInt8,
        per_channel=True, reduce_range=reduce_range,
        nodes_to_exclude=[node.name for node in model.graph.node if node.name.startswith(heads)],
    )  # fmt: skip
    aside.unlink()


def _opener(files: Mapping[str, Path]) -> Callable[[float], AccurateModel]:
    return lambda below: open_model(files, opener("cpu"), {"skip_below": below})


def write_folder(
    graph: Path,
    tokenizer: Path,
    folder: Path,
    name: str,
    thresholds: Mapping[str, float],
    settings: Mapping[str, float],
) -> None:
    """Write a model folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for role, source, called in (("graph", graph, "graph.onnx"), ("tokenizer", tokenizer, "tokenizer.json")):
        shutil.copyfile(source, folder / called)
        files.append(file_of(folder, role, called))
    entry = ModelEntry(
        name=name,
        version="1",
        task="sentence-boundary",
        source=Source("directory"),
        sha256=digest_of(tuple(files)),
        size=sum(file.size for file in files),
        licence="MIT",
        files=tuple(files),
        family="accurate",
        thresholds=thresholds,
        settings=settings,
    )
    write_entry(folder, entry)


def main() -> int:
    """Export, quantise, compare, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="several: their mean")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with sentences/, for the gate")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    aside = Path(tempfile.mkdtemp())
    try:
        fp32, int8 = aside / "fp32.onnx", aside / "int8.onnx"
        encoder = OneRow(read_checkpoint(*options.checkpoint))
        smooth(encoder, calibration(options.data, options.tokenizer))
        write_graph(encoder, fp32)
        quantise(fp32, int8, reduce_range=True)
        clean = gate_records(options.data, HELD_OUT)
        plain, small = (_opener({"graph": graph, "tokenizer": options.tokenizer}) for graph in (fp32, int8))
        thresholds = choose(Predictor(small(0.0)).places, clean)
        skip_below = choose_skip(small, clean)
        print(f"the later layers are left out below {skip_below:g}", flush=True)
        # Both skip alike, as in training: what skipping itself may cost was bounded when its bound was chosen.
        for cost in costs(plain(skip_below), small(skip_below), clean, thresholds):
            print(cost, flush=True)
            if refusals := list(cost.refusals()):
                print(f"refused: {'; '.join(refusals)}; nothing was written", file=sys.stderr)
                return 3
        settings = {"skip_below": skip_below}
        write_folder(int8, options.tokenizer, options.out, "accurate", thresholds, settings)
        write_folder(fp32, options.tokenizer, options.out / "fp32", "accurate-fp32", thresholds, settings)
    finally:
        shutil.rmtree(aside)
    return 0


if __name__ == "__main__":
    sys.exit(main())
