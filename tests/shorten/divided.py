"""Tokenizers that divide texts in every way that is known, and some that look as if they did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from tests.shorten.conftest import SENTENCES

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TRAINING = [
    *SENTENCES,
    "I'll say it's (don't) DON'T we've they'Re \n\n line\n\n\n  two\t\ttabs   three spaces !!\n\n?\n a\n b",
] * 3


def _bytes(pre_tokenizer: Any, normalizer: Any = None, **options: Any) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(**options))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=700, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(TRAINING, trainer)
    return tokenizer


def _split(pattern: str, behavior: str = "isolated", *, invert: bool = False) -> Any:
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), behavior, invert),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def _gpt2(*, add_prefix_space: bool = False) -> Tokenizer:
    tokenizer = _bytes(pre_tokenizers.ByteLevel(add_prefix_space=add_prefix_space))
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=True)
    tokenizer.add_special_tokens([AddedToken("<|end|>", normalized=False)])
    return tokenizer


def _roberta() -> Tokenizer:
    tokenizer = _gpt2(add_prefix_space=True)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, rstrip=True, normalized=False), "</s>"])
    ids = ("</s>", tokenizer.token_to_id("</s>"))
    tokenizer.post_processor = processors.RobertaProcessing(
        ids, ids, trim_offsets=True, add_prefix_space=True
    )
    return tokenizer


def _spaces_added() -> Tokenizer:
    """As GPT-NeoX's: runs of spaces are added tokens, found in the normalized text."""
    tokenizer = _bytes(pre_tokenizers.ByteLevel(add_prefix_space=False), normalizers.NFC())
    tokenizer.add_tokens(["   ", "  ", AddedToken("é ist", single_word=True), "line\n"])
    return tokenizer


def _llama3() -> Tokenizer:
    tokenizer = _bytes(_split(LLAMA3))
    tokenizer.add_special_tokens([f"<|reserved_{i}|>" for i in range(20)])
    return tokenizer


def _pieces(normalizer: Any, pre_tokenizer: Any, tokens: list[Any]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, pre_tokenizer
    trainer = trainers.WordPieceTrainer(
        vocab_size=500, special_tokens=["[UNK]", "[SEP]", *tokens], show_progress=False
    )
    tokenizer.train_from_iterator(TRAINING, trainer)
    return tokenizer


def _unigram(normalizer: Any, pre_tokenizer: Any) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, pre_tokenizer
    trainer = trainers.UnigramTrainer(
        vocab_size=300, special_tokens=["<unk>", "<mask>"], unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(TRAINING, trainer)
    return tokenizer


def _normalized_added() -> Tokenizer:
    tokenizer = _pieces(normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer(), [])
    tokenizer.add_tokens([AddedToken("Winter nicht", normalized=True), AddedToken("Tag", single_word=True)])
    return tokenizer


DIVIDED: dict[str, Callable[[], Tokenizer]] = {
    "GPT-2": _gpt2,
    "GPT-2 by Split": lambda: _bytes(_split(r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")),
    "RoBERTa": _roberta,
    "GPT-NeoX": _spaces_added,
    "Llama 3": _llama3,
    "Qwen 2": lambda: _bytes(_split(LLAMA3.replace("{1,3}", "")), normalizers.NFC()),
    "GPT-4": lambda: _bytes(_split(LLAMA3, "removed", invert=True)),
    "GPT-4o": lambda: _bytes(_split(O200K)),
    "GPT-4o in small letters": lambda: _bytes(_split(O200K), normalizers.Lowercase()),
    "StarCoder": lambda: _bytes(
        pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
    ),
    "bytes behind Whitespace": lambda: _bytes(
        pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.ByteLevel(add_prefix_space=True)])
    ),
    "BERT": lambda: _pieces(normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer(), ["[MASK]"]),
    "BERT with case": lambda: _pieces(
        normalizers.BertNormalizer(lowercase=False), pre_tokenizers.BertPreTokenizer(), ["[MASK]"]
    ),
    "BERT with normalized tokens": _normalized_added,
    "words": lambda: _pieces(
        normalizers.Sequence([normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]),
        pre_tokenizers.Whitespace(),
        [],
    ),
    "runs": lambda: _pieces(normalizers.NFKC(), pre_tokenizers.WhitespaceSplit(), []),
    "Metaspace": lambda: _unigram(normalizers.NFKC(), pre_tokenizers.Metaspace()),
    "Metaspace first": lambda: _unigram(None, pre_tokenizers.Metaspace(prepend_scheme="first")),
    "Metaspace never": lambda: _unigram(normalizers.Nmt(), pre_tokenizers.Metaspace(prepend_scheme="never")),
    "ALBERT": lambda: _unigram(
        normalizers.Sequence(
            [
                normalizers.Replace("``", '"'),
                normalizers.Replace("''", '"'),
                normalizers.NFKD(),
                normalizers.StripAccents(),
                normalizers.Lowercase(),
            ]
        ),
        pre_tokenizers.Metaspace(),
    ),
    "XLM-R": lambda: _unigram(
        normalizers.Sequence(
            [normalizers.NFKC(), normalizers.Strip(left=False), normalizers.Replace(Regex(" {2,}"), " ")]
        ),
        pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]),
    ),
    "XLM-R first": lambda: _unigram(
        normalizers.NFKC(),
        pre_tokenizers.Sequence(
            [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="first")]
        ),
    ),
    "spaces": lambda: _unigram(None, pre_tokenizers.Split(" ", "merged_with_next")),
}  # fmt: skip

UNDIVIDED: dict[str, Callable[[], Tokenizer]] = {
    "no pre-tokenizer": lambda: _bytes(None),
    "bytes without words": lambda: _bytes(pre_tokenizers.ByteLevel(use_regex=False)),
    "Metaspace that does not split": lambda: _unigram(None, pre_tokenizers.Metaspace(split=False)),
    "space to the word before": lambda: _unigram(None, pre_tokenizers.Split(" ", "merged_with_previous")),
    "an unknown pattern": lambda: _bytes(_split(r"\w+ \w+|\s+|.")),
    "scripts": lambda: _unigram(
        None, pre_tokenizers.Sequence([pre_tokenizers.UnicodeScripts(), pre_tokenizers.Metaspace()])
    ),
    "punctuation to the word behind": lambda: _bytes(
        pre_tokenizers.Sequence(
            [pre_tokenizers.Punctuation("merged_with_next"), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
    ),
    "white space goes": lambda: _bytes(
        pre_tokenizers.ByteLevel(add_prefix_space=False), normalizers.Replace(" ", "")
    ),
    "marks go, white space joins": lambda: _bytes(
        pre_tokenizers.ByteLevel(add_prefix_space=False), normalizers.StripAccents()
    ),
    "something before": lambda: _unigram(normalizers.Prepend("x"), pre_tokenizers.Metaspace()),
    "chance": lambda: _bytes(pre_tokenizers.ByteLevel(add_prefix_space=False), dropout=0.5),
}
