"""What a configuration needs on this machine, and what of it decides the result."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from models.session import Profile
from pipeline.stage import MissingExtra, Resources, StageError
from stages.rephrase.gates import entities
from stages.rephrase.options import RephraseConfig

if TYPE_CHECKING:
    from models.catalog import ModelEntry

DETECTION_MODEL = "lid.176.ftz"
_HERE = Path(__file__).parent
_TABLES = (
    "styles.toml",
    "lead_ins.toml",
    "gates/negation.toml",
    "gates/numbers/words.toml",
    "gates/numbers/units.toml",
    "gates/numbers/calendar.toml",
    "gates/numbers/relative.toml",
)
_PROMPT = 256  # tokens of a prompt beside its passage, for the estimate of memory
_SERVER_MEMORY = 512 << 20


class Requirements:
    """Looks; opens nothing large."""

    def __init__(self, config: RephraseConfig, profile: Profile) -> None:
        self._config = config
        self._profile = profile

    def check(self) -> Resources:
        """Return what one copy of the stage occupies.

        Raises:
            StageError: a model is missing, or the server does not answer.
        """
        from models.catalog import CatalogError, files_of
        from models.session import MissingRuntimeError, check_runtime

        try:
            if self._config.model is not None or self._config.gates.similarity:
                check_runtime(self._profile)
            for entry in self._entries():
                files_of(entry)
        except MissingRuntimeError as error:
            raise MissingExtra("rephrase", error.extra, error.package) from error
        except CatalogError as error:
            raise StageError(f"rephrase: {error}", code="model") from None
        if self._config.endpoint is not None:
            from stages.rephrase.backends.openai import OpenAIBackend

            backend = OpenAIBackend(self._config.endpoint)
            backend.counter()
            backend.check()
            return Resources(cpus=1.0, memory=_SERVER_MEMORY)
        gpus = 1.0 if self._profile == "gpu" else 0.0
        return Resources(cpus=float(self._config.generation.threads), gpus=gpus, memory=self._memory())

    def models(self) -> Mapping[str, str]:
        """Name to SHA-256."""
        from models.catalog import CatalogError

        try:
            return {entry.name: entry.sha256 for entry in self._entries()}
        except CatalogError as error:
            raise StageError(f"rephrase: {error}", code="model") from None

    def dependencies(self) -> Mapping[str, str]:
        """Name to version or hash."""
        found = {"unicode": unicodedata.unidata_version}
        for package in ("onnxruntime", "onnxruntime-gpu", "tokenizers", "fasttext-predict"):
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                continue
        told = hashlib.sha256(b"\0".join((_HERE / table).read_bytes() for table in _TABLES))
        found["prompts and tables"] = told.hexdigest()[:16]
        if self._config.endpoint is not None and self._config.endpoint.tokenizer is not None:
            tokenizer = self._config.endpoint.tokenizer
            content = tokenizer.read_bytes() if tokenizer.is_file() else b""
            found["endpoint tokenizer"] = hashlib.sha256(content).hexdigest()[:16]
        if self._config.gates.entities:
            found |= entities.versions()
        return found

    def remarks(self) -> Sequence[str]:
        """Lines for ``docmill check``."""
        lines = []
        endpoint = self._config.endpoint
        if endpoint is not None:
            lines.append(
                f"answers come from {endpoint.base_url}, model {endpoint.model}: text leaves this process"
            )
            if endpoint.tokenizer is None:
                lines.append(
                    "tokens are estimated: name the model's tokenizer.json in endpoint.tokenizer to count them"
                )
            if self._config.gates.confidence and not endpoint.extra.get("logprobs"):
                lines.append(
                    "gate confidence: does not run; if the server can tell probabilities, ask with "
                    "endpoint.extra: {logprobs: true}"
                )
        else:
            rows = self._config.generation.rows
            told = f"{self._memory() / 2**20:,.0f} MiB per worker for {rows} texts of {self._length():,} tokens at once"
            lines.append(f"memory: about {told}")
        if self._config.gates.entities:
            found = entities.installed()
            have = ", ".join(f"{language} ({package})" for language, package in found.items())
            lines.append(f"gate entities: runs for {have}" if have else _NO_NAMES)
        return lines

    def _entries(self) -> list[ModelEntry]:
        from models.catalog import entry

        found = [entry(DETECTION_MODEL)]
        if self._config.model is not None:
            from models.causal_lm.folder import find

            found.append(find(self._config.model))
        if self._config.gates.similarity:
            from models.text_embedding.embedder import find as find_embedding_model

            found.append(find_embedding_model(self._config.gates.similarity.model))
        return found

    def _length(self) -> int:
        return self._config.chunks.tokens + _PROMPT + self._config.generation.max_new_tokens

    def _memory(self) -> int:
        from models.causal_lm.memory import estimate

        return estimate(self._entries()[1], self._config.generation.rows, self._length())


_NO_NAMES = (
    "gate entities: does not run, since spaCy or its model is not installed; "
    "pip install 'docmill[rephrase]' (English and French)"
)
