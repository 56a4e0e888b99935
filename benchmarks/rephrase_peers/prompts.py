"""Real text to rephrase, as the stage would ask for it: passages of about 300 tokens under the shipped styles."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from models import catalog
from models.causal_lm.folder import TOKENIZER, find

ROOT = Path(__file__).parents[2]
STYLES = ROOT / "stages" / "rephrase" / "styles.toml"
CHAT = "<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n"


def read(
    folder: Path, tokenizer: Tokenizer, count: int, *, half: int = 1, tokens: int = 300
) -> list[list[int]]:
    """Return prompts as token ids, styles in turn.

    Args:
        folder: with ``train.jsonl`` of UD English EWT, whose texts are long enough (dev and test hold short ones).
        tokenizer: of SmolLM2.
        count: how many.
        half: 1 takes every second text, for figures; 0 the others, for choosing constants.
        tokens: about the length of a passage.
    """
    with STYLES.open("rb") as file:
        styles = list(tomllib.load(file).values())
    prompts = []
    for n, passage in enumerate(_passages(folder / "train.jsonl", tokenizer, half, tokens)):
        if n == count:
            return prompts
        style = styles[n % len(styles)]
        user = style["instruction"].replace("{passage}", passage)
        # numbered, so that no system gains from the instruction that prompts of one style share
        system = f"{n}. {style['system']}"
        prompts.append(tokenizer.encode(CHAT.format(system=system, user=user)).ids)
    raise SystemExit(f"{folder} holds text for {len(prompts)} prompts only, not {count}")


def tokenizer(model: str) -> Tokenizer:
    """The tokenizer of an export, by its name or folder."""
    return Tokenizer.from_file(str(catalog.files_of(find(model))[TOKENIZER]))


def _passages(file: Path, tokenizer: Tokenizer, half: int, tokens: int) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            if number % 2 != half:
                continue
            start = end = 0
            for stop in record["sentence_ends"]:
                if len(tokenizer.encode(record["text"][start:stop]).ids) > tokens:
                    break
                end = stop
            # a text much shorter than a passage would not be one
            if len(tokenizer.encode(record["text"][start:end]).ids) >= tokens * 0.7:
                yield record["text"][start:end].strip()
