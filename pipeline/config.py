"""Configuration files: YAML in, typed settings and stages out, every mistake as one line.

A mistake names the key by its path (``stages[1].shorten.budget.words``) and what is allowed there. Values
are not repeated, since a configuration may hold passwords.
"""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ByteSize, ConfigDict, Field, ValidationError, field_validator

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.stage import Stage

_STRICT = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
_MIB = 1024 * 1024


class InputOptions(BaseModel):
    """How inputs are read. Part of the fingerprint: it decides the text."""

    model_config = _STRICT
    rename: dict[str, str] = {}
    """Columns of Parquet inputs and fields of JSONL records to read under another name, old: new. Use it to
    name the text column (``body: text``) or to keep a column whose name docmill also writes."""
    encoding: str = "utf-8"
    """Encoding of ``.txt`` files without a byte order mark: any codec name Python knows."""
    max_document_bytes: Annotated[ByteSize, Field(ge=1, le=2**30)] = ByteSize(512 * _MIB)
    """A larger file, record or archive member becomes an error of that document instead of being read."""

    @field_validator("encoding")
    @classmethod
    def _text_codec(cls, name: str) -> str:
        try:
            b"\0\0\0\0".decode(codecs.lookup(name).name)
        except (LookupError, ValueError):  # unknown, or not a codec between bytes and text
            raise ValueError("must be a text codec that Python knows, as utf-8, latin-1 or cp1252") from None
        return name


class ShardOptions(BaseModel):
    """How the input is cut. A shard is the unit of commit and of resume; results do not depend on it."""

    model_config = _STRICT
    max_bytes: Annotated[ByteSize, Field(ge=1)] = ByteSize(16 * _MIB)
    """Input bytes of a shard; a single document may exceed it."""
    max_rows: Annotated[int, Field(ge=1, le=10_000_000, strict=True)] = 4096
    """Documents of a shard."""


class BatchOptions(BaseModel):
    """How many documents pass through the stages at once. Results do not depend on it; memory does."""

    model_config = _STRICT
    max_rows: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 512
    """Documents of a batch."""
    max_bytes: Annotated[ByteSize, Field(ge=1, le=2**30)] = ByteSize(8 * _MIB)
    """Input bytes of a batch; a single document may exceed it."""


class ReportOptions(BaseModel):
    """What the HTML report shows."""

    model_config = _STRICT
    samples: Annotated[int, Field(ge=0, le=50, strict=True)] = 3
    """Documents shown with their text; 0 keeps all document text out of the report."""


class Settings(BaseModel):
    """A whole configuration file."""

    model_config = _STRICT
    stages: Annotated[list[dict[str, dict[str, Any] | None]], Field(min_length=1)]
    """One-key maps from stage name to options, in order."""
    input: InputOptions = InputOptions()
    shards: ShardOptions = ShardOptions()
    batch: BatchOptions = BatchOptions()
    report: ReportOptions = ReportOptions()


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses a key given twice, which YAML forbids and PyYAML lets pass."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not _hashable(key):
                raise yaml.MarkedYAMLError(problem="a key must be a name", problem_mark=key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"key {key!r} is given twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError:  # of a date or a number; its message repeats the value
            raise yaml.MarkedYAMLError(
                problem="a value does not fit its type", problem_mark=node.start_mark
            ) from None


def _hashable(key: Any) -> bool:
    try:
        hash(key)
    except TypeError:
        return False
    return True


def load(path: str | Path) -> Settings:
    """Read a configuration file.

    Raises:
        UsageError: the file is missing, is not YAML, or breaks the schema.
    """
    where = Path(path)
    try:
        raw = yaml.load(where.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a SafeLoader
    except FileNotFoundError:
        raise UsageError(f"{where}: no such configuration file; ready-made ones lie in configs/") from None
    except OSError as error:
        raise UsageError(f"{where}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{where}: is not UTF-8 text; a configuration is YAML") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise UsageError(f"{where}: is not valid YAML{line}: {error.problem}") from None
    except (yaml.YAMLError, RecursionError):
        raise UsageError(f"{where}: is not valid YAML") from None
    if not isinstance(raw, dict):
        raise UsageError(f"{where}: must be a map with the key 'stages', a list of stages")
    return parse(raw, str(where))


def parse(raw: dict[str, Any], origin: str = "config") -> Settings:
    """Check a configuration given as plain data; ``origin`` is named in errors."""
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        raise UsageError(f"{origin}: {describe(error, Settings)}") from None
    for position, entry in enumerate(settings.stages):
        if len(entry) != 1:
            raise UsageError(
                f"{origin}: stages[{position}]: must be one stage name with its options, "
                f"as in '- shorten: {{remove: [stopwords]}}'"
            )
    return settings


def build(settings: Settings, origin: str = "config") -> list[Stage[Any]]:
    """Make the stages of a configuration. Nothing heavy is loaded."""
    stages: list[Stage[Any]] = []
    for position, entry in enumerate(settings.stages):
        ((name, options),) = entry.items()
        try:
            cls = registry.load(name)
        except UsageError as error:
            close = difflib.get_close_matches(name, registry.STAGES, 1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise UsageError(f"{origin}: stages[{position}]: {error}{hint}") from None
        try:
            stages.append(cls(cls.Config.model_validate(options or {})))
        except ValidationError as error:
            problem = describe(error, cls.Config)
            raise UsageError(f"{origin}: stages[{position}].{name}.{problem}") from None
    return stages


def describe(error: ValidationError, model: type[BaseModel]) -> str:
    """Return a pydantic error as one line: key path, what is wrong, what is allowed."""
    lines = list(dict.fromkeys(_describe_one(e, model) for e in error.errors(include_url=False)))
    more = f" (and {len(lines) - 2} more)" if len(lines) > 2 else ""
    return "; ".join(lines[:2]) + more


def _describe_one(error: Any, model: type[BaseModel]) -> str:
    loc: Sequence[str | int] = error["loc"]
    path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in loc).lstrip(".")
    if error["type"] == "extra_forbidden":
        allowed = _keys_at(model, loc[:-1])
        close = difflib.get_close_matches(str(loc[-1]), allowed, 1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        listing = f"allowed: {', '.join(allowed)}" if allowed else "no key is allowed here"
        return f"{path}: unknown key; {hint}{listing}"
    if error["type"] == "missing":
        return f"{path}: is required"
    message = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    message = message.replace("Input should be", "must be").replace("\n", " ")
    given = error.get("input")
    # numbers and booleans help to see the slip and are never secrets
    shown = f" (got {given!r})" if isinstance(given, bool | int | float) else ""
    return f"{path}: {message}{shown}"


def _keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys allowed at a place of a nested model, as far as annotations tell."""
    here: type[BaseModel] | None = model
    for step in loc:
        if here is None or not isinstance(step, str) or step not in here.model_fields:
            return []
        annotation = here.model_fields[step].annotation
        options = [annotation, *getattr(annotation, "__args__", ())]
        models = [o for o in options if isinstance(o, type) and issubclass(o, BaseModel)]
        here = models[0] if models else None
    return list(here.model_fields) if here else []
