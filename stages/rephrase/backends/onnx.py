"""Asks a model in this process: ONNX Runtime, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.session import Profile
from pipeline.stage import MissingExtra, StageError, Unavailable
from stages.rephrase.backends.backend import Completion, Request
from stages.rephrase.generation.sampling import LogitsError
from stages.rephrase.options import Generation
from stages.rephrase.token_counts import TokenCounter

if TYPE_CHECKING:
    from models.causal_lm.prompt import Prompts


class OnnxBackend:
    """A model folder, opened.

    Args:
        name: as ``models.causal_lm.folder.find`` takes it.
        options: rows and threads.
        profile: where it runs.

    Raises:
        StageError: the model is missing, is not what its catalog says, or cannot be opened.
    """

    def __init__(self, name: str, options: Generation, profile: Profile) -> None:
        from models.catalog import CatalogError
        from models.causal_lm.folder import find, open_decoder, open_prompts
        from models.causal_lm.settings import IN_PLACE
        from models.session import MissingRuntimeError, SessionError
        from stages.rephrase.generation.generator import Generator
        from stages.rephrase.generation.options import GeneratorOptions

        try:
            entry = find(name)
            decoder = open_decoder(entry, profile, threads=options.threads)
            self._prompts = open_prompts(entry)
        except MissingRuntimeError as error:
            raise MissingExtra("rephrase", error.extra, error.package) from error
        except (CatalogError, SessionError) as error:
            raise StageError(f"rephrase: {error}", code="model") from None
        self._takes_system = _takes_system(self._prompts)
        self._identity = f"{entry.name}:{entry.sha256}"
        # a graph with a growing past runs guesses one by one: nothing is gained by them
        working = GeneratorOptions(rows=options.rows, lookup=decoder.settings.past == IN_PLACE)
        self._generator = Generator(decoder, decoder.settings.end_tokens, working)

    def identity(self) -> str:
        """The model's name and hash."""
        return self._identity

    def counter(self) -> TokenCounter:
        """The model's tokenizer."""
        return _Counter(self._prompts)

    def complete(self, requests: Sequence[Request]) -> Iterator[tuple[int, Completion]]:
        """As ``Backend.complete``. Prompts are encoded as the generator asks for them."""
        try:
            yield from self._complete(requests)
        except LogitsError as error:  # the export, not a document, is at fault
            raise Unavailable(f"rephrase: {error}", code="model") from None

    def _complete(self, requests: Sequence[Request]) -> Iterator[tuple[int, Completion]]:
        encoded = ((n, self._encode(one), one.sampling) for n, one in enumerate(requests))
        for key, made in self._generator.generate(encoded):
            if not made.tokens and made.finish == "context":
                answer = Completion("", None, made.prompt_tokens, error="prompt_too_long")
            else:
                text, ends = self._prompts.decode_with_ends(made.tokens)
                answer = Completion(
                    text, made.finish, made.prompt_tokens, len(made.tokens), None, ends, list(made.logprobs)
                )
            yield _index(key), answer

    def close(self) -> None:
        """Nothing to do: memory goes with the object."""
        return

    def _encode(self, request: Request) -> list[int]:
        messages = [{"role": role, "content": content} for role, content in request.messages]
        if not self._takes_system and len(messages) > 1:
            joined = "\n\n".join(one["content"] for one in messages)
            messages = [{"role": "user", "content": joined}]
        return self._prompts.tokens(messages)


def _takes_system(prompts: Prompts) -> bool:
    """Whether the model's template has a place for a system message; those of Mistral and Gemma have none."""
    from models.catalog import CatalogError

    try:
        prompts.render([{"role": "system", "content": "a"}, {"role": "user", "content": "b"}])
    except CatalogError:
        return False
    return True


class _Counter:
    """Counts with the model's tokenizer."""

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        return self._prompts.counts(texts)


def _index(key: object) -> int:
    if not isinstance(key, int):
        raise TypeError("the generator returned a key that it was not given")
    return key
