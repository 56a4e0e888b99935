"""The commands, their options, and how failures become one line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.errors import DocmillError, UsageError

app = typer.Typer(
    name="docmill",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Corpora of PDFs and text in, clean text as Parquet out.",
)
models_app = typer.Typer(help="The models docmill knows: list, fetch, verify.")
app.add_typer(models_app, name="models")


adapt_app = typer.Typer(no_args_is_help=True, help="Fit a model to your own examples.")
app.add_typer(adapt_app, name="adapt")

calibrate_app = typer.Typer(no_args_is_help=True, help="Measure on this machine what a stage decides by.")
app.add_typer(calibrate_app, name="calibrate")


class EngineChoice(StrEnum):
    local = "local"
    ray = "ray"


class ProfileChoice(StrEnum):
    edge = "edge"
    cpu = "cpu"
    gpu = "gpu"


ConfigArgument = Annotated[str, typer.Argument(metavar="CONFIG", help="A YAML configuration; see configs/.")]
InputArgument = Annotated[
    str,
    typer.Argument(
        metavar="INPUT", help="A file, folder, glob or URL of .pdf, .txt, .jsonl, .parquet or .zip."
    ),
]
OutputArgument = Annotated[str, typer.Argument(metavar="OUTPUT", help="The output folder.")]
ProfileOption = Annotated[ProfileChoice, typer.Option(help="Where models run.")]


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        typer.echo(f"docmill {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit


@app.command()
def run(
    config: ConfigArgument,
    input: InputArgument,
    output: OutputArgument,
    engine: Annotated[
        EngineChoice, typer.Option(help="On this machine, or on a Ray cluster.")
    ] = EngineChoice.local,
    profile: ProfileOption = ProfileChoice.cpu,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Worker processes (Ray: the most actors).", show_default="one per CPU"),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many documents.")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Discard what OUTPUT holds and start anew.")
    ] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show the summary only.")] = False,
) -> None:
    """Run CONFIG over INPUT into OUTPUT. The same command again goes on where it was interrupted."""
    from pipeline.cli.loading import loading

    with loading():
        from pipeline.cli.run import run_job

    run_job(
        config,
        input,
        output,
        engine=engine.value,
        profile=profile.value,
        workers=workers,
        limit=limit,
        overwrite=overwrite,
        progress=not no_progress,
    )


@app.command()
def check(
    config: ConfigArgument,
    input: Annotated[str | None, typer.Argument(metavar="[INPUT]", help="Try a sample of it, too.")] = None,
    profile: ProfileOption = ProfileChoice.cpu,
) -> None:
    """Validate CONFIG, its stages and models, and a sample of INPUT. Nothing is written."""
    from pipeline.cli.check import check_config

    check_config(config, input, profile.value)


@app.command()
def stages() -> None:
    """Show each stage with the columns it requires and provides, and its options."""
    from pipeline.cli.stages import show_stages

    show_stages()


@app.command()
def report(output: OutputArgument) -> None:
    """Write OUTPUT/_docmill/report.html."""
    from pipeline.report import write_report

    typer.echo(write_report(output))


@app.command()
def inspect(
    output: OutputArgument,
    doc_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, source, or a unique end of either.")],
    everything: Annotated[bool, typer.Option("--all", help="Show long columns whole.")] = False,
    html: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Write its pages as pictures with the boxes of their lines instead."
        ),
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBERS", help="With --html: which pages, as 1-3,7.", show_default="the first 8"
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="FILE", help="With --html: the PDF, if it is not where it was.")
    ] = None,
    labels: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write the labels of its lines as JSON instead, to correct for `docmill adapt layout`.",
        ),
    ] = None,
) -> None:
    """Show one document, readable, with every stage's result."""
    if labels is not None:
        if html is not None:
            raise UsageError("give --labels and --html in two commands")
        from pipeline.inspection.draft import write_draft

        typer.echo(write_draft(output, doc_id, labels))
        return
    if html is not None:
        from pipeline.inspection.pages import write_pages

        typer.echo(write_pages(output, doc_id, html, pages=pages, source=source))
        return
    if pages is not None or source is not None:
        raise UsageError("--pages and --source belong to --html FILE")
    from rich.console import Console

    from pipeline.inspection import show

    show(output, doc_id, Console(), everything=everything)


@app.command("fit-rare")
def fit_rare(
    config: ConfigArgument,
    input: InputArgument,
    table: Annotated[str, typer.Argument(metavar="TABLE", help="The Parquet file to write.")],
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many documents.")] = None,
) -> None:
    """Count in how many documents of INPUT each word stands, for shorten's `rare` removal.

    The stages of CONFIG that come before shorten make the text.
    """
    from pipeline.cli.fit_rare import fit

    fit(config, input, table, limit)


@models_app.callback(invoke_without_command=True)
def models(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit


@adapt_app.command("segment")
def adapt_segment(
    examples: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Segmented texts: one sentence per line with blank lines between documents, or .jsonl.",
        ),
    ],
    output: Annotated[
        str, typer.Option(metavar="FOLDER", help="Where the adapted model is written.")
    ] = "segment-adapted",
    model: Annotated[str, typer.Option(help="The model to start from, as in segment's option.")] = "fast",
    language: Annotated[str | None, typer.Option(help="Hint for the base model's threshold.")] = None,
) -> None:
    """Adapt a sentence model to 64 to 256 segmented sentences of your own. Minutes on one core."""
    from pipeline.cli.adapt import adapt_segment

    adapt_segment(model, examples, output, language)


@adapt_app.command("layout")
def adapt_layout(
    examples: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help="Labelled documents: NAME.json beside NAME.pdf; `docmill inspect OUTPUT ID --labels` drafts one.",
        ),
    ],
    out: Annotated[
        str, typer.Option("--out", "--output", metavar="FOLDER", help="Where the adapted model is written.")
    ] = "layout-adapted",
    config: Annotated[
        str | None,
        typer.Option(
            metavar="CONFIG", help="Whose parse stage reads the documents.", show_default="parse as it is"
        ),
    ] = None,
    profile: ProfileOption = ProfileChoice.cpu,
) -> None:
    """Adapt the line labeller to a few labelled documents of your own. Seconds on one core."""
    from pipeline.cli.adapt_layout import adapt_layout

    adapt_layout(examples, out, config, profile.value)


@calibrate_app.command("parse")
def calibrate_parse(
    sample: Annotated[
        str, typer.Argument(metavar="SAMPLE", help="Some hundred PDFs of the corpus, as INPUT of run.")
    ],
    config: Annotated[
        str | None,
        typer.Option(
            metavar="CONFIG", help="Whose parse stage names the parsers.", show_default="built-in ones"
        ),
    ] = None,
    out: Annotated[
        str, typer.Option(metavar="FILE", help="Where the calibration is written.")
    ] = "calibration.json",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many documents.")] = None,
    pages: Annotated[int, typer.Option(min=1, max=10_000, help="Pages that each parser reads.")] = 24,
    seed: Annotated[int, typer.Option(min=0, help="Picks other pages.")] = 0,
    profile: ProfileOption = ProfileChoice.cpu,
) -> None:
    """Measure what parsers cost here, and find the price at which pages are sent to them for a budget.

    Every page of SAMPLE is read by pdfium; each further parser reads some. No text is kept.
    """
    from pipeline.cli.calibrate import calibrate_parse

    calibrate_parse(sample, config, out, limit=limit, seed=seed, pages_per_rung=pages, profile=profile.value)


@models_app.command("list")
def models_list() -> None:
    """Show the catalog: each model, where it comes from, and whether it is here."""
    from pipeline.cli.models import show_catalog

    show_catalog()


@models_app.command("fetch")
def models_fetch(name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Bring a model here."""
    from pipeline.cli.models import fetch_model

    fetch_model(name)


@models_app.command("verify")
def models_verify(name: Annotated[str | None, typer.Argument(metavar="[NAME]")] = None) -> None:
    """Check the hash of a model, or of all that are here."""
    from pipeline.cli.models import verify_models

    verify_models(name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status. Failures are one line on standard error."""
    command = typer.main.get_command(app)
    try:
        status = command.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="docmill",
            standalone_mode=False,
        )
    except DocmillError as error:
        return _fail(str(error), error.exit_status)
    except KeyboardInterrupt:
        return _fail("interrupted", 3)
    except BrokenPipeError:  # the reader of our output went away, as in `docmill stages | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        usage = getattr(error, "format_message", None)
        if usage is not None:  # an error of the command line parser itself
            context = getattr(error, "ctx", None)
            path = context.command_path if context is not None else "docmill"
            return _fail(f"{usage()} (see {path} --help)", 2)
        if os.environ.get("DOCMILL_DEBUG"):
            raise
        if isinstance(error, OSError):
            reason = error.strerror or type(error).__name__
            return _fail(f"{error.filename or 'a file'}: {reason}", 3)
        if isinstance(error, ImportError):
            return _fail(f"the Python package {error.name!r} cannot be imported; install docmill again", 3)
        # a foreign message may quote a document: name the type only
        return _fail(f"unexpected {type(error).__name__}; set DOCMILL_DEBUG=1 to see where it arose", 3)
    return status if isinstance(status, int) else 0


def _fail(message: str, status: int) -> int:
    line = " ".join(message.split())
    print(f"docmill: error: {line}", file=sys.stderr)
    return status
