"""Messages to tokens and tokens to text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream

from models.catalog import CatalogError
from models.causal_lm.settings import Settings
from models.tokenizer_file import read_tokenizer

Message = Mapping[str, str]  # role (system, user, assistant) and content


class Prompts:
    """A model's tokenizer and chat template.

    The template comes with the model: it runs in Jinja's sandbox, which gives it no way to files or code.

    Args:
        tokenizer: its ``tokenizer.json``.
        settings: of the model.

    Raises:
        CatalogError: the tokenizer or the template cannot be read.
    """

    def __init__(self, tokenizer: Path, settings: Settings) -> None:
        self._tokenizer = read_tokenizer(tokenizer)
        self._plain = Tokenizer.from_str(self._tokenizer.to_str())
        self._plain.encode_special_tokens = True  # their names are text like any other
        added = self._tokenizer.get_added_tokens_decoder().values()
        self._names = tuple(one.content for one in added if one.special)
        self._special = dict(settings.special_tokens or {})
        self._chat = bool(settings.chat_template)
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _refuse
        try:
            self._template = environment.from_string(settings.chat_template or _PLAIN)
        except TemplateError as error:
            raise CatalogError(f"the model's chat template cannot be used: {error}") from None

    @property
    def is_chat(self) -> bool:
        """Whether the model has a chat template; without one, contents are joined by empty lines."""
        return self._chat

    def render(self, messages: Sequence[Message]) -> str:
        """Return messages as the model was trained to see them, up to where its answer begins.

        Raises:
            CatalogError: the template refuses them (some take no system message, say).
        """
        values: dict[str, Any] = {
            "messages": [dict(one) for one in messages],
            "add_generation_prompt": True,
            "enable_thinking": False,  # models that may think aloud first are asked for the answer only
        }
        try:
            return self._template.render(**values, **self._special)
        except Exception as error:  # a template may fail as any program may
            # its own refusal is a fixed sentence; other errors may quote a message
            reason = str(error) if isinstance(error, _Refusal) else type(error).__name__
            raise CatalogError(f"the model's chat template refuses the messages: {reason}") from None

    def tokens(self, messages: Sequence[Message]) -> list[int]:
        """Return the tokens of messages, rendered.

        A content that spells a special token, such as one that ends a turn, stays text: documents cannot speak
        for the user or the model.

        Raises:
            CatalogError: as ``render``.
        """
        if not any(name in one["content"] for one in messages for name in self._names):
            return self.encode(self.render(messages))
        marks = [f"\ue000{number}\ue001" for number in range(len(messages))]
        rendered = self.render([{**one, "content": mark} for one, mark in zip(messages, marks, strict=True)])
        found: list[int] = []
        for number, piece in enumerate(_MARK.split(rendered)):
            if number % 2:  # the number of a message
                piece = messages[int(piece)]["content"]
                found += self.plain_tokens(piece)
            else:
                begins = number == 0 and not self._chat
                found += self._tokenizer.encode(piece, add_special_tokens=begins).ids
        return found

    def encode(self, rendered: str) -> list[int]:
        """Return the tokens of rendered text. Special tokens are those the text names; see ``tokens``."""
        found: list[int] = self._tokenizer.encode(rendered, add_special_tokens=not self._chat).ids
        return found

    def plain_tokens(self, text: str) -> list[int]:
        """Return the tokens of a text in which names of special tokens are text like any other."""
        found: list[int] = self._plain.encode(text, add_special_tokens=False).ids
        return found

    def count(self, text: str) -> int:
        """Return how many tokens a text has."""
        return self.counts([text])[0]

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has."""
        found = self._plain.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in found]

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text of tokens, without special ones."""
        found: str = self._tokenizer.decode(list(tokens), skip_special_tokens=True)
        return found

    def decode_with_ends(self, tokens: Sequence[int]) -> tuple[str, list[int]]:
        """Return the text of tokens, and for each where in it the token ends. A token with only some bytes of a character
        ends where the one before it does."""
        text = self.decode(tokens)
        stream = DecodeStream(skip_special_tokens=True)
        ends: list[int] = []
        end = 0
        for token in tokens:
            end += len(stream.step(self._tokenizer, token) or "")
            ends.append(min(end, len(text)))
        return text, ends


_MARK = re.compile("\ue000([0-9]+)\ue001")
_PLAIN = "{% for message in messages %}{{ message['content'] }}\n\n{% endfor %}"


class _Refusal(TemplateError):
    """Raised by a template itself."""


def _refuse(message: str) -> None:
    raise _Refusal(message)
