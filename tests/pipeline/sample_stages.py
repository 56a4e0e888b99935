"""Small stages that do one thing each, well or badly. Worker processes import this module by its name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline import document
from pipeline.stage import Resources, Stage, StageConfig, StageError

SHOUT = pa.field("shout", pa.string())
COUNT = pa.field("count", pa.int64())


class NoOptions(StageConfig):
    """Nothing to choose."""


def with_column(batch: pa.RecordBatch, field: pa.Field, values: Any) -> pa.RecordBatch:
    where = batch.schema.get_field_index(field.name)
    array = pa.array(values, field.type)
    return batch.set_column(where, field, array) if where >= 0 else batch.append_column(field, array)


class ShoutConfig(StageConfig):
    """Options of Shout."""

    mark: str = "!"
    """What to put after the text."""
    times: int = 1
    """How often."""


class Shout(Stage[ShoutConfig]):
    """Upper-cases the text into a column of its own."""

    name = "shout"
    version = "1"
    requires = pa.schema([document.TEXT])
    provides = pa.schema([SHOUT])
    Config = ShoutConfig

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        mark = self.config.mark * self.config.times
        return with_column(batch, SHOUT, [t.upper() + mark for t in batch["text"].to_pylist()])


class Trim(Stage[NoOptions]):
    """Replaces the text by itself without white space at its ends."""

    name = "trim"
    version = "1"
    requires = pa.schema([document.TEXT])
    provides = pa.schema([document.TEXT])
    Config = NoOptions

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return with_column(batch, document.TEXT, [t.strip() for t in batch["text"].to_pylist()])


class CountLetters(Stage[NoOptions]):
    """Counts the characters of what Shout made."""

    name = "count"
    version = "1"
    requires = pa.schema([SHOUT])
    provides = pa.schema([COUNT])
    Config = NoOptions

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return with_column(batch, COUNT, [len(t) for t in batch["shout"].to_pylist()])


class FailConfig(StageConfig):
    """When and how Fail fails."""

    word: str = "poison"
    """A text that holds it makes the whole batch fail."""
    how: str = "foreign"
    """foreign, known, exit, segfault, kill or hang."""
    flag: str = ""
    """A file: fail only as long as it is not there, and make it when failing."""


class Fail(Shout):
    """Shout that fails on certain texts."""

    name = "fail"
    provides = pa.schema([SHOUT])
    Config = FailConfig
    config: FailConfig

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = batch["text"].to_pylist()
        for text in texts:
            if self.config.word in text and not (self.config.flag and Path(self.config.flag).exists()):
                if self.config.flag:
                    Path(self.config.flag).touch()
                self._fail(text)
        return with_column(batch, SHOUT, [t.upper() for t in texts])

    def _fail(self, text: str) -> None:
        how = self.config.how
        if how == "known":
            raise StageError("the text holds a word it must not", code="forbidden_word", kind="document")
        if how == "exit":
            os._exit(9)
        if how in ("segfault", "kill"):
            os.kill(os.getpid(), signal.SIGSEGV if how == "segfault" else signal.SIGKILL)
        if how == "hang":
            time.sleep(3600)
        raise ValueError(f"cannot stand {text!r}")


class SlowConfig(StageConfig):
    """Options of Slow."""

    seconds: float = 0.01
    """Time per document."""


class Slow(Shout):
    """Shout that takes its time, so that a run can be killed in the middle, and notes what it does."""

    name = "slow"
    Config = SlowConfig
    config: SlowConfig

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = batch["text"].to_pylist()
        log = os.environ.get("SAMPLE_STAGES_LOG")
        if log:
            with Path(log).open("a") as stream:
                stream.writelines(f"{one}\n" for one in batch["id"].to_pylist())
        time.sleep(self.config.seconds * len(texts))
        return with_column(batch, SHOUT, [t.upper() for t in texts])


class ColdConfig(StageConfig):
    """Where Cold fails before the first document."""

    where: str = "warm_up"
    """check or warm_up."""


class Cold(Shout):
    """A stage that cannot start here."""

    name = "cold"
    Config = ColdConfig
    config: ColdConfig
    resources = Resources(cpus=2)

    def check(self) -> None:
        if self.config.where == "check":
            raise StageError("cold needs a stove, which is not installed")

    def warm_up(self) -> None:
        if self.config.where == "warm_up":
            raise StageError("cold found no stove")


ALL = {
    s.name: f"tests.pipeline.sample_stages:{s.__name__}"
    for s in (Shout, Trim, CountLetters, Fail, Slow, Cold)
}
