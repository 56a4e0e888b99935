"""From the vocabulary in a GGUF file to a tokenizer.

Of the tokenizers that the format knows, these are read: ``gpt2`` (byte-pair encoding of bytes; how text is cut before it
is one of the names in ``_CUTS``) and ``llama`` (byte-pair encoding of characters, as SentencePiece does it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from onnx_export.causal_lm.gguf_reading.configuration import special_tokens
from onnx_export.causal_lm.gguf_reading.header import Header
from onnx_export.errors import ExportError

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

_NORMAL, _CONTROL, _USER = 1, 3, 4  # types of tokens
_LONGEST = 1024  # characters of a token
_SPACE = "\u2581"

_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_ANY_CASE = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_ONE_DIGIT = (r"\p{N}", _WORDS)
# by what text is cut, one after the other, before pairs are joined within the pieces
_CUTS = {
    "gpt-2": (_WORDS,),
    "mpt": (_WORDS,),
    "olmo": (_WORDS,),
    "smollm": _ONE_DIGIT,
    "starcoder": _ONE_DIGIT,
    "refact": _ONE_DIGIT,
    "command-r": _ONE_DIGIT,
    "falcon": (r"[\p{P}$+<=>^~|`]+", _WORDS, r"[0-9][0-9][0-9]"),
    "bloom": (r" ?[^(\s|.,!?…。，、।۔،)]+",),
    "qwen2": (_ANY_CASE % "",),
    "stablelm2": (_ANY_CASE % "",),
    "llama-bpe": (_ANY_CASE % "{1,3}",),
    "llama3": (_ANY_CASE % "{1,3}",),
    "llama-v3": (_ANY_CASE % "{1,3}",),
    "dbrx": (_ANY_CASE % "{1,3}",),
}
_WHOLE_WORDS = ("llama-bpe", "llama3", "llama-v3")  # a piece that is a token is not put together from pairs


def tokenizer_of(header: Header) -> PreTrainedTokenizerFast:
    """Return the tokenizer, with the special tokens and the chat template that the file names.

    Raises:
        ExportError: the vocabulary is broken, or of a kind that is not read.
    """
    from transformers import PreTrainedTokenizerFast

    said = {
        key.removeprefix("tokenizer.ggml."): value
        for key, value in header.metadata.items()
        if key.startswith("tokenizer.ggml.")
    }
    tokens, kind, cut = said.get("tokens", []), said.get("model"), said.get("pre")
    if (
        not tokens
        or not _texts(tokens)
        or max(map(len, tokens)) > _LONGEST
        or (kind == "gpt2" and not _texts(said.get("merges", [])))
    ):
        raise _refused(header, "it has no vocabulary")
    if kind not in ("gpt2", "llama") or (kind == "gpt2" and cut not in _CUTS):
        what = f"{kind} with {cut}" if kind == "gpt2" else kind
        raise _refused(
            header, f"its tokenizer ({str(what)[:60]}) is not one of those that are read from GGUF"
        )
    try:
        made = _of_bytes(said) if kind == "gpt2" else _of_characters(said)
        _add_special(made, said)
    except Exception as error:  # tokenizers raises Exception itself
        raise _refused(header, f"its vocabulary cannot be used ({type(error).__name__})") from error
    numbers = special_tokens(header)
    named = {field: tokens[number] for field, number in numbers.items() if number < len(tokens)}
    if said.get("add_bos_token", kind == "llama") and "bos_token" in named:
        _begin_with(made, named["bos_token"], numbers["bos_token"])
    wrapped = PreTrainedTokenizerFast(tokenizer_object=made, **named)
    template = header.metadata.get("tokenizer.chat_template")
    if isinstance(template, str):
        wrapped.chat_template = template
    return wrapped


def _refused(header: Header, reason: str) -> ExportError:
    return ExportError(
        f"{header.path}: {reason}: name a folder with the model's tokenizer.json (--tokenizer FOLDER)"
    )


def _texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) for one in values)


def _numbered(tokens: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, token in enumerate(tokens):
        found.setdefault(token, number)
    return found


def _of_bytes(said: dict[str, Any]) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

    pairs = [(first, second) for first, _, second in (one.partition(" ") for one in said.get("merges", []))]
    cut = said["pre"]
    made = Tokenizer(models.BPE(_numbered(said["tokens"]), pairs, ignore_merges=cut in _WHOLE_WORDS))
    cuts = [pre_tokenizers.Split(Regex(one), "isolated") for one in _CUTS[cut]]
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [*cuts, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    made.decoder = decoders.ByteLevel()
    return made


def _of_characters(said: dict[str, Any]) -> Tokenizer:
    from tokenizers import Tokenizer, decoders, models, normalizers

    numbered = _numbered(said["tokens"])
    unknown = said["tokens"][said.get("unknown_token_id", 0)]
    made = Tokenizer(
        models.BPE(numbered, _pairs(said, numbered), unk_token=unknown, fuse_unk=True, byte_fallback=True)
    )
    steps: list[Any] = [normalizers.Replace(" ", _SPACE)]
    back: list[Any] = [decoders.Replace(_SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    if said.get("add_space_prefix", True):
        steps.insert(0, normalizers.Prepend(_SPACE))
        back.append(decoders.Strip(" ", 1, 0))
    made.normalizer = normalizers.Sequence(steps)
    made.decoder = decoders.Sequence(back)
    return made


def _pairs(said: dict[str, Any], numbered: dict[str, int]) -> list[tuple[str, str]]:
    """Return the pairs that join to tokens, that of the highest score first."""
    kinds = said.get("token_type") or [_NORMAL] * len(numbered)
    found = []
    for token, score, kind in zip(said["tokens"], said["scores"], kinds, strict=True):
        if kind not in (_NORMAL, _USER):
            continue
        parts = ((token[:place], token[place:]) for place in range(1, len(token)))
        both = [one for one in parts if one[0] in numbered and one[1] in numbered]
        both.sort(key=lambda one: (numbered[one[0]], numbered[one[1]]))
        found += [(-score, *one) for one in both]
    found.sort(key=lambda one: one[0])
    return [(first, second) for _, first, second in found]


def _add_special(made: Tokenizer, said: dict[str, Any]) -> None:
    from tokenizers import AddedToken

    for kind, special in ((_CONTROL, True), (_USER, False)):
        names = [
            AddedToken(token, special=special, normalized=False)
            for token, one in zip(said["tokens"], said.get("token_type", []), strict=False)
            if one == kind and token
        ]
        (made.add_special_tokens if special else made.add_tokens)(names)


def _begin_with(made: Tokenizer, token: str, number: int) -> None:
    from tokenizers import processors

    made.post_processor = processors.TemplateProcessing(
        single=[token, "$A"], pair=[token, "$A", token, "$B"], special_tokens=[(token, number)]
    )
