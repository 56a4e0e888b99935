"""Everything that is open while the stage works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.session import Profile
from pipeline.stage import StageError
from stages.rephrase import rows
from stages.rephrase.backends.backend import Backend, Completion
from stages.rephrase.backends.choice import open_backend
from stages.rephrase.cache import Cache, Key
from stages.rephrase.gates.judge import gates_of, judge
from stages.rephrase.gates.pair import Pair, TokenLogprobs
from stages.rephrase.gates.similarity import Embedder
from stages.rephrase.lead_ins import strip_lead_in
from stages.rephrase.options import RephraseConfig
from stages.rephrase.planning import Passage
from stages.rephrase.requirements import DETECTION_MODEL
from stages.rephrase.styles import Style, styles_of


class Opened:
    """The model, the gates and the cache of a configuration.

    Attributes:
        styles: asked for, in order.
        backend: answers requests.
        counter: counts tokens as the model does.
        detector: detects languages.
        cache: of answers; None without one.
        recent: answers of the batch at work, by key.

    Raises:
        StageError: something is missing or cannot be opened.
    """

    def __init__(self, config: RephraseConfig, profile: Profile, workspace: str | None) -> None:
        from models.catalog import CatalogError, path
        from models.language_id.detector import LanguageDetector

        self._config = config
        self.styles: list[Style] = styles_of(config.styles, config.own_styles)
        try:
            self.detector = LanguageDetector(path(DETECTION_MODEL))
        except CatalogError as error:
            raise StageError(f"rephrase: {error}", code="model") from None
        self._gates = gates_of(config.gates, self.detector, _embedder(config, profile))
        self.backend: Backend = open_backend(config, profile)
        self.counter = self.backend.counter()
        self.cache = _cache(config, workspace)
        self.recent: dict[Key, Completion] = {}

    def judged(
        self, passage: Passage, style: Style, answer: Completion, language: str | None
    ) -> dict[str, Any]:
        """Return the entry for an answer."""
        if answer.error is not None:
            return rows.failed(passage, style, answer)
        source = passage.text.strip()
        text, lead_in = answer.text.strip(), ""
        if self._config.strip_lead_in:
            stripped = strip_lead_in(text, source)
            text, lead_in = stripped.text, stripped.lead_in
        before, after = self.counter.count([source, text])
        pair = Pair(source, text, style, answer.finish, language, before, after, token_logprobs(answer, text))
        return rows.judged(
            passage, style, answer, text, lead_in, judge(pair, self._gates), keep=self._config.keep_rejected
        )

    def close(self) -> None:
        """Close the model and the cache."""
        self.backend.close()
        if self.cache is not None:
            self.cache.close()


def token_logprobs(answer: Completion, text: str) -> TokenLogprobs | None:
    """Return the log probabilities of an answer's tokens by places of the text that is left of it without lead-in."""
    if answer.token_ends is None or answer.logprobs is None:
        return None
    begin = answer.text.rfind(text)  # a lead-in stands before it
    return TokenLogprobs([end - begin for end in answer.token_ends], answer.logprobs)


def _cache(config: RephraseConfig, workspace: str | None) -> Cache | None:
    if config.cache == "off":
        return None
    if config.cache == "output":
        return Cache(Path(workspace)) if workspace is not None else None
    return Cache(Path(config.cache))


def _embedder(config: RephraseConfig, profile: Profile) -> Embedder | None:
    if not config.gates.similarity:
        return None
    from stages.rephrase.embedding import open_embedder

    return open_embedder(config.gates.similarity.model, profile)
