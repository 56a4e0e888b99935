"""A whole run: check, list, reconcile with what is committed, hand the rest to an engine, conclude."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from typing import IO, Any, Literal, Protocol

from pipeline import __version__, fingerprint, lock, shards, totals
from pipeline.chain import Chain
from pipeline.config import Settings
from pipeline.engines.base import Engine, Events
from pipeline.errors import DocmillError, JobError, UsageError
from pipeline.shards import Plan, Shard
from pipeline.sources.location import Location, locate
from pipeline.stage import Profile, Stage, StageError
from pipeline.store import Store, open_store
from pipeline.work import Task

EngineName = Literal["local", "ray"]


class Listener(Events, Protocol):
    """Hears the course of a run; the console implements it."""

    def start(
        self, total_documents: int | None, total_shards: int, *, done_documents: int = 0, done_shards: int = 0
    ) -> None:
        """Planning is over. ``done_*`` is what an earlier run left committed."""

    def message(self, text: str) -> None:
        """Something a person should know."""

    def stop(self) -> None:
        """The run ended, well or not."""


class Silence:
    """Hears and says nothing."""

    def start(
        self, total_documents: int | None, total_shards: int, *, done_documents: int = 0, done_shards: int = 0
    ) -> None:
        return

    def advance(self, documents: int, pages: int, errors: int) -> None:
        return

    def shard_done(self, documents: int) -> None:
        return

    def message(self, text: str) -> None:
        return

    def stop(self) -> None:
        return


@dataclass
class Job:
    """What to run, and how."""

    stages: Sequence[Stage[Any]]
    settings: Settings
    input: str
    output: str
    engine: EngineName = "local"
    profile: Profile = "cpu"
    workers: int | None = None
    limit: int | None = None
    overwrite: bool = False
    listener: Listener = field(default_factory=Silence)

    def run(self) -> dict[str, Any]:
        """Run to the end; return the manifest.

        Raises:
            UsageError: nothing was started.
            JobError: it failed on the way; committed shards stay.
        """
        described = prepare(self.stages, self.profile)
        Chain(self.stages)  # the stages must fit together before the input is looked at
        covered = fingerprint.settings_that_matter(described, self.settings.input)
        mark = fingerprint.digest(covered)
        location, store = locate(self.input), open_store(self.output)
        for stage in self.stages:
            stage.workspace = store.inside("stages", stage.name) if store.local else None
        without = location.path_inside(store.protocol, store.path)
        if without == location.root:
            raise UsageError(f"{self.output}: OUTPUT must not be INPUT; choose another OUTPUT")
        new = store.prepare()
        with lock.hold(store):
            try:
                return self._locked(location, store, without, covered, mark, described)
            except UsageError:
                if new:
                    store.withdraw()
                raise
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise JobError(
                    f"{self.output}: cannot be written: {reason}; make room or mend it, then run the same command"
                ) from None

    def _locked(
        self,
        location: Location,
        store: Store,
        without: str | None,
        covered: dict[str, Any],
        mark: str,
        described: list[dict[str, Any]],
    ) -> dict[str, Any]:
        """Everything that may refuse comes first: a refused run leaves the output as it was."""
        before = self._admit(location, store, covered, mark)
        listing = tempfile.TemporaryFile()  # noqa: SIM115  closed when it is copied
        plan = self._plan(location, listing, without, mark)
        task = Task(
            tuple(self.stages),
            location,
            store,
            self.settings.input,
            self.settings.batch,
            plan.passthrough,
            mark,
            covered,
        )
        chain = task.chain()  # pass-through columns must not carry names that docmill writes
        if plan.has_pdf and not chain.reads_files:
            raise UsageError(f"{self.input}: holds PDF files, but the configuration has no parse stage")
        stale = self._stale(store, plan, before)
        if self.overwrite:
            store.clear()
            stale = []
        store.sweep()
        with listing, store.replacing(store.inside("plan.parquet")) as stream:
            listing.seek(0)
            shutil.copyfileobj(listing, stream)
        self._reconcile(store, plan, stale)
        committed = store.committed()
        todo = [s for s in plan.shards if s.hash not in committed]
        self._tell(plan, todo)
        manifest = self._manifest(location, plan, covered, mark, described)
        earlier = totals.add(store.record(s.hash)["totals"] for s in plan.shards if s.hash in committed)
        manifest["resumed"] = {key: earlier[key] for key in ("documents", "pages", "bytes_in")}
        store.write_json(store.inside("manifest.json"), manifest)
        try:
            with _as_job_errors():
                if todo:
                    self._make_engine(location, store, len(todo)).run(task, todo, self.listener)
                missing = {s.hash for s in plan.shards} - store.committed()
                if missing:
                    raise JobError(f"{len(missing)} shards are not committed; run the same command again")
        except BaseException:
            manifest["status"] = "failed"
            with _quiet():
                self._conclude(store, plan, manifest)
            raise
        finally:
            self.listener.stop()
        manifest["status"] = "done"
        self._conclude(store, plan, manifest)
        return manifest

    def _admit(
        self, location: Location, store: Store, covered: dict[str, Any], mark: str
    ) -> dict[str, Any] | None:
        """Refuse to mix results; return the manifest of the run this one goes on with."""
        foreign = store.foreign_parquet()
        if foreign is not None:
            raise UsageError(
                f"{self.output}: holds {foreign}, which docmill did not write; choose another OUTPUT"
            )
        if self.overwrite:
            return None
        before = store.read_json(store.inside("manifest.json"))
        if before is None:
            if store.parts():
                raise UsageError(
                    f"{self.output}: holds part files without a manifest; use --overwrite or another OUTPUT"
                )
            return None
        if not isinstance(before, dict) or not {"fingerprint", "settings", "input"} <= before.keys():
            raise UsageError(f"{self.output}: its manifest is damaged; use --overwrite or another OUTPUT")
        if before["fingerprint"] != mark:
            changed = fingerprint.differences(before["settings"], covered)
            shown = "; ".join(changed[:3]) + (f"; and {len(changed) - 3} more" if len(changed) > 3 else "")
            raise UsageError(
                f"{self.output}: holds results of other settings ({shown}); use --overwrite or another OUTPUT"
            )
        was = before["input"]
        if self.input != was["given"] and location.url != was["location"]:
            raise UsageError(
                f"{self.output}: holds results of another input ({was['given']}); use --overwrite or another OUTPUT"
            )
        return before

    def _plan(self, location: Location, listing: IO[bytes], without: str | None, mark: str) -> Plan:
        try:
            return shards.make(
                location,
                listing,
                fingerprint=mark,
                options=self.settings.input,
                bounds=self.settings.shards,
                without=without,
                limit=self.limit,
            )
        except OSError as error:
            raise JobError(
                f"{self.input}: listing failed: {error.strerror or type(error).__name__}"
            ) from None

    def _stale(self, store: Store, plan: Plan, before: dict[str, Any] | None) -> list[str]:
        """Hashes of part files that the plan does not hold, because the input or --limit changed."""
        planned = {s.hash for s in plan.shards}
        stale = [h for h in store.parts() if h not in planned]
        if stale and before is not None and self.limit is not None:
            was = before.get("limit")
            if was is None or was > self.limit:
                raise UsageError(
                    f"{self.output}: holds more than --limit {self.limit} selects; use --overwrite or another OUTPUT"
                )
        return stale

    def _reconcile(self, store: Store, plan: Plan, stale: list[str]) -> None:
        """Bring committed part files in line with the plan."""
        planned = {s.hash: s for s in plan.shards}
        for gone in stale:
            store.discard(gone)
        if stale:
            self.listener.message(f"{len(stale)} shards whose inputs changed since were removed")
        parts = store.parts()
        for known, part in parts.items():
            if known in planned and planned[known].part != part:
                store.renumber(known, part, planned[known].part, planned[known].number)

    def _tell(self, plan: Plan, todo: list[Shard]) -> None:
        if plan.ignored:
            shown = ", ".join(f"{n} {ending}" for ending, n in plan.ignored.most_common(5))
            self.listener.message(f"files that docmill does not read: {shown}")
        done = len(plan.shards) - len(todo)
        rows_left = sum(s.rows for s in todo)
        self.listener.start(
            plan.rows, len(plan.shards), done_documents=plan.rows - rows_left, done_shards=done
        )

    def _make_engine(self, location: Location, store: Store, todo: int) -> Engine:
        if self.engine == "ray":
            from pipeline.engines.ray import RayEngine

            return RayEngine(self.workers)
        from pipeline.engines.local import LocalEngine

        workers = self.workers
        if "memory" in (location.protocol, store.protocol):
            workers = 1  # no other process sees that file system
        if workers is None:
            workers = 1 if self.profile == "edge" else len(os.sched_getaffinity(0))
        return LocalEngine(max(1, min(workers, todo)))

    def _manifest(
        self,
        location: Location,
        plan: Plan,
        covered: dict[str, Any],
        mark: str,
        described: list[dict[str, Any]],
    ) -> dict[str, Any]:
        return {
            "docmill": __version__,
            "status": "running",
            "fingerprint": mark,
            "settings": covered,
            "config": self.settings.model_dump(mode="json")
            | {"stages": [{s.name: s.config.model_dump(mode="json")} for s in self.stages]},
            "input": {
                "given": self.input,
                "location": location.url,
                "files": plan.files,
                "rows": plan.rows,
                "bytes": plan.bytes,
                "ignored": dict(plan.ignored),
                "listing": "_docmill/plan.parquet",
            },
            "limit": self.limit,
            "stages": [{k: s[k] for k in ("stage", "version", "models", "dependencies")} for s in described],
            "versions": versions(),
            "engine": self.engine,
            "profile": self.profile,
            "workers": self.workers,
            "shards": len(plan.shards),
            "started": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "finished": None,
            "totals": totals.empty(),
        }

    def _conclude(self, store: Store, plan: Plan, manifest: dict[str, Any]) -> None:
        committed = store.committed()
        records = (store.record(s.hash) for s in plan.shards if s.hash in committed)
        manifest["totals"] = totals.add(r["totals"] for r in records)
        store.sweep()  # workers that died left what they were writing
        manifest["finished"] = datetime.now(UTC).isoformat(timespec="milliseconds")
        store.write_json(store.inside("manifest.json"), manifest)


def prepare(stages: Sequence[Stage[Any]], profile: Profile) -> list[dict[str, Any]]:
    """Check that the stages can run here under a profile; return their description for the fingerprint.

    Raises:
        UsageError: a stage, or the profile, lacks something on this machine.
    """
    if profile == "gpu":
        _require_gpu()
    try:
        for stage in stages:
            stage.profile = profile
            stage.check()
        return fingerprint.describe_stages(stages)
    except StageError as error:
        raise UsageError(str(error)) from None


def _require_gpu() -> None:
    try:
        import onnxruntime
    except ImportError:
        raise UsageError("--profile gpu needs onnxruntime-gpu: pip install 'docmill[gpu]'") from None
    if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
        raise UsageError(
            "--profile gpu needs ONNX Runtime with CUDA: pip uninstall onnxruntime; pip install 'docmill[gpu]' "
            "(or use --profile cpu)"
        )


def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that matter here."""
    found = {"python": platform.python_version()}
    for name in ("pyarrow", "pypdfium2", "onnxruntime", "onnxruntime-gpu", "tokenizers", "ray"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@contextmanager
def _as_job_errors() -> Iterator[None]:
    try:
        yield
    except StageError as error:
        raise JobError(str(error)) from None
    except KeyboardInterrupt:
        raise JobError("interrupted; run the same command to go on") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """While a failure is already on its way to the person, a second one must not take its place."""
    try:
        yield
    except (OSError, DocmillError):
        return
