"""Tokenizers of every common make, trained here on a few sentences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tokenizers import (
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

SENTENCES = [
    "The patient was admitted on Monday with fever, cough and shortness of breath.",
    "No sign of infection was found; treatment with 5 mg was continued for ten days.",
    "Le patient n'a pas de fièvre aujourd'hui, mais il tousse depuis l'hiver dernier.",
    "Die Straße nach Zürich ist schön, aber teuer und im Winter nicht immer frei.",
    "Врач не нашёл признаков воспаления и отпустил больного домой.",
    "我们的猫在房间里睡觉。今天天气很好，我们去公园散步。",
    "การรักษาไม่ได้ผล ผู้ป่วยต้องกลับมาอีกครั้ง",
    "foo(bar), e.g. x-ray 3.5 % 1,000 don't he/she <tag> 😀 C++",
] * 3


def byte_level_bpe() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=600, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
        ),
    )
    return tokenizer


def word_piece() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        SENTENCES,
        trainers.WordPieceTrainer(
            vocab_size=500, special_tokens=["[UNK]", "[CLS]", "[SEP]", "[PAD]"], show_progress=False
        ),
    )
    ids = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=ids
    )
    tokenizer.enable_truncation(12)  # as files often come: must not count
    tokenizer.enable_padding(length=12)
    return tokenizer


def unigram() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(
        SENTENCES,
        trainers.UnigramTrainer(
            vocab_size=300, special_tokens=["<unk>"], unk_token="<unk>", show_progress=False
        ),
    )
    return tokenizer


def bpe_without_words() -> Tokenizer:
    """As Llama's: white space becomes ▁ and nothing divides the text before the merges."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()  # for training only: learns merges within words
    tokenizer.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=700,
            special_tokens=["<unk>", *(f"<0x{byte:02X}>" for byte in range(256))],
            show_progress=False,
        ),
    )
    tokenizer.pre_tokenizer = None
    return tokenizer


MAKES: dict[str, Callable[[], Tokenizer]] = {
    "byte-level BPE": byte_level_bpe,
    "WordPiece": word_piece,
    "Unigram": unigram,
    "BPE without words": bpe_without_words,
}


@pytest.fixture(scope="session", params=MAKES)
def tokenizer_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tokenizers") / f"{request.param}.json"
    MAKES[request.param]().save(str(path))
    return path
