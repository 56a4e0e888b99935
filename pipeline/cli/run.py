"""``docmill run``."""

from __future__ import annotations

from pathlib import Path

from pipeline import config as configuration
from pipeline.cli.loading import loading
from pipeline.console.progress import make_progress
from pipeline.console.summary import print_summary
from pipeline.job import EngineName, Job
from pipeline.stage import Profile


def run_job(
    config: str,
    source: str,
    output: str,
    *,
    engine: EngineName,
    profile: Profile,
    workers: int | None,
    limit: int | None,
    overwrite: bool,
    progress: bool,
) -> None:
    """Run a configuration file, write the report, print the summary."""
    with loading():
        settings = configuration.load(config)
        stages = configuration.build(settings, config)
    job = Job(
        stages,
        settings,
        source,
        output,
        engine=engine,
        profile=profile,
        workers=workers,
        limit=limit,
        overwrite=overwrite,
        listener=make_progress(enabled=progress),
    )
    manifest = job.run()
    with loading():
        from rich.console import Console

        from pipeline.report.write import write_report

    report = write_report(output)
    print_summary(manifest, _shown(output), report, Console())


def _shown(output: str) -> str:
    return output if "://" in output else str(Path(output))
