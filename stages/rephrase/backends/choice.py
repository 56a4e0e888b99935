"""Which backend a configuration asks for."""

from __future__ import annotations

from models.session import Profile
from stages.rephrase.backends.backend import Backend
from stages.rephrase.options import RephraseConfig


def open_backend(config: RephraseConfig, profile: Profile) -> Backend:
    """Open the model of a configuration, or get ready to ask its server.

    Raises:
        StageError: it cannot be opened.
    """
    if config.endpoint is not None:
        from stages.rephrase.backends.openai import OpenAIBackend

        return OpenAIBackend(config.endpoint)
    from stages.rephrase.backends.onnx import OnnxBackend

    return OnnxBackend(config.model or "", config.generation, profile)
