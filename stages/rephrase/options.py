"""The options of rephrase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from pipeline.stage import StageConfig
from stages.language import LanguageSource
from stages.rephrase.gates.options import GateOptions
from stages.rephrase.styles import BUILT_IN, OwnStyle

DEFAULT_MODEL = "smollm2-135m"

StyleName = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]


class Endpoint(StageConfig):
    """A server with the chat interface that OpenAI made common: llama.cpp, vLLM, TGI, Ollama, or a paid one."""

    base_url: str = Field(max_length=2000, exclude=True)
    """URL before /chat/completions, as http://localhost:8080/v1. Nothing else is asked for over the network. No
    part of the fingerprint: the server may move between two runs."""
    model: str = Field(min_length=1, max_length=200)
    """Name of the model there. It stands for the model in cache and fingerprint: give another one when the server
    serves another model."""
    api_key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", exclude=True)
    """Name of the environment variable that holds the key. The key itself is written nowhere."""
    tokenizer: Path | None = None
    """The model's tokenizer.json, to count the tokens of passages; without it they are estimated."""
    context: int | None = Field(default=None, ge=64, le=10_000_000)
    """Tokens of prompt and answer together that the model can take; a longer request is not sent."""
    extra: dict[str, str | int | float | bool] = Field(default={})
    """More fields for every request, such as repeat_penalty. With logprobs: true, the gate confidence runs, if the server
    tells them."""
    concurrency: int = Field(default=8, ge=1, le=1024, exclude=True)
    """Requests under way at a time, of each worker process."""
    timeout_s: float = Field(default=300.0, gt=0.0, le=86_400.0, exclude=True)
    """Of one request, from connecting to the last byte."""
    retries: int = Field(default=5, ge=0, le=100, exclude=True)
    """Further attempts after a time-out, a lost connection, 429 or 5xx, with growing pauses (Retry-After is kept)."""
    longest_pause_s: float = Field(default=60.0, gt=0.0, le=86_400.0, exclude=True)
    """Longest pause between attempts; a server that asks for a longer one gets this one."""

    @field_validator("base_url")
    @classmethod
    def _is_a_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must begin with http:// or https:// and name a server")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("must hold no password, query or fragment; a key belongs into api_key_env")
        return value.rstrip("/").removesuffix("/chat/completions")


class Chunks(StageConfig):
    """Passages: sentences in a row, as even in length as the bound lets them be."""

    tokens: int = Field(default=300, ge=16, le=100_000)
    """Tokens of a passage at most. Models lose facts of longer ones."""
    min_tokens: int = Field(default=12, ge=1, le=10_000)
    """A passage of fewer tokens (a heading, a page number) is not sent to the model: its entries are rejected with
    the reason passage_too_short."""


class Generation(StageConfig):
    """How texts are generated."""

    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    """0: always the likeliest token."""
    top_p: float = Field(default=1.0, gt=0.0, le=1.0)
    """With a temperature: only the likeliest tokens that together have this probability."""
    top_k: int = Field(default=0, ge=0, le=100_000)
    """With a temperature: only so many of the likeliest tokens; 0 for all."""
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    """Of sampling. Each request has a seed of its own made of this one and its prompt."""
    max_new_tokens: int = Field(default=768, ge=1, le=100_000)
    """Tokens of an answer at most. A style's length ratio may set a lower bound for its passage."""
    rows: int = Field(default=8, ge=1, le=1024, exclude=True)
    """Texts generated at once by the ONNX model. No influence on the result."""
    threads: int = Field(default=1, ge=1, le=256, exclude=True)
    """CPU threads of the ONNX model in each worker process."""


class Mixture(StageConfig):
    """The column mixture: which passages and rephrasings to train on."""

    real: float = Field(default=1.0, ge=0.0, le=100.0)
    """Parts of real text. Every passage is in once, unless this is 0."""
    synthetic: float = Field(default=1.0, ge=0.0, le=100.0)
    """Parts of synthetic text, in passages: real 1, synthetic 1 takes one rephrasing per passage, 1 and 0.5 one for
    every second passage; what a passage lacks is made up for by later ones of the document."""
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    """Decides, together with the id of the document, which styles are taken and the order."""

    @model_validator(mode="after")
    def _something(self) -> Mixture:
        if not self.real and not self.synthetic:
            raise ValueError("mixture: real and synthetic must not both be 0")
        return self


class RephraseConfig(StageConfig):
    """Options of rephrase."""

    model: str | None = Field(default=None, min_length=1)
    """smollm2-135m after `docmill models fetch smollm2-135m` (for trying out; not good enough for use), or a folder
    made by `python -m onnx_export causal-lm`. smollm2-135m unless endpoint is given."""
    endpoint: Endpoint | None = None
    """A server to ask instead of a model in this process. The only part of docmill that sends text anywhere, and it
    does only when this is set."""
    styles: tuple[StyleName, ...] = Field(default=("medium",), min_length=1, max_length=32)
    """Any of easy, medium, hard, qa, and names of own_styles."""
    own_styles: dict[StyleName, OwnStyle] = Field(default={})
    """Styles of your own by name; one with a name of ours takes its place."""
    language: LanguageSource = "detect"
    """Language of the documents: a code such as "en"; "detect" (passage by passage); {column: NAME} or {metadata: KEY}.
    Decides how numbers are read and what language an answer must have."""
    chunks: Chunks = Chunks()
    """Passages."""
    generation: Generation = Generation()
    """Sampling, length, and how many texts at once."""
    gates: GateOptions = GateOptions()
    """What an answer must pass. Each gate may be switched off: `language: off`."""
    strip_lead_in: bool = True
    """Take sentences such as "Here is the rewritten text:" off the beginning."""
    keep_rejected: bool = False
    """Keep the text of rejected entries, which is null otherwise. The entry itself always stays."""
    mixture: Mixture | None = Mixture()
    """The column mixture; null leaves it empty."""
    cache: Literal["output", "off"] | Path = Field(default="output", exclude=True)
    """Where answers are kept so that none is generated twice after an interruption: output (in OUTPUT/_docmill), off,
    or a folder that several runs may share. Holds generated text, as OUTPUT does."""

    @model_validator(mode="before")
    @classmethod
    def _default_model(cls, given: Any) -> Any:
        """The model's name stands in the settings of a run also where it was not given."""
        if isinstance(given, dict) and given.get("model") is None and given.get("endpoint") is None:
            return {**given, "model": DEFAULT_MODEL}
        return given

    @model_validator(mode="after")
    def _fits(self) -> RephraseConfig:
        if self.model is not None and self.endpoint is not None:
            raise ValueError("give either model or endpoint, not both")
        if len(set(self.styles)) < len(self.styles):
            raise ValueError("styles names a style twice")
        known = {*BUILT_IN, *self.own_styles}
        strangers = [name for name in self.styles if name not in known]
        if strangers:
            raise ValueError(
                f"styles: there is no style {strangers[0]!r}; styles are: {', '.join(sorted(known))}"
            )
        if self.chunks.min_tokens > self.chunks.tokens:
            raise ValueError("chunks: min_tokens is larger than tokens")
        return self
