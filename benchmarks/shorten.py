"""How fast shorten is: MB of UTF-8 per CPU second of one core.

- Without a budget, against a loop over documents with a regular expression that gives the same texts and
  spans (``shorten_regex.py``); every text is compared. The last row of that table is the shortest loop one
  can write (``findall``, a set, ``join``): it gives no spans, loses paragraphs and takes words apart.
- With a token budget, against encoding every shortened text whole and cutting it at the same place; every
  text is compared. Each run starts with a stage that has seen no text. Two corpora: the documents as they
  are, and long ones, made by joining them to 50 kB.

The tokenizer is a byte-level BPE trained here on the documents of the data.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

import pyarrow as pa
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from benchmarks import measure
from benchmarks.shorten_regex import RegexShortener
from stages.shorten.negations import negations
from stages.shorten.pieces import pieces
from stages.shorten.removal import keep_all
from stages.shorten.rules import WordRules
from stages.shorten.stage import Shorten
from stages.shorten.stop_lists import stopwordsiso_words
from stages.shorten.words import scan

VOCABULARY = 16_000
LONG = 50_000  # characters
BATCH = 1024  # documents, as the chain would pass them


def read_texts(folder: Path) -> list[str]:
    """Return the texts of all JSONL files of a folder, those of ``train.jsonl`` first."""
    files = sorted(folder.glob("*.jsonl"), key=lambda file: (file.name != "train.jsonl", file.name))
    if not files:
        raise SystemExit(f"no .jsonl file in {folder}")
    return [json.loads(line)["text"] for file in files for line in file.open(encoding="utf-8")]


def long_texts(texts: list[str]) -> list[str]:
    """Join texts to documents of about LONG characters."""
    made: list[str] = []
    parts: list[str] = []
    size = 0
    for text in texts:
        parts.append(text)
        size += len(text)
        if size >= LONG:
            made.append("\n\n".join(parts))
            parts, size = [], 0
    return made


def train(texts: list[str], folder: Path) -> Path:
    """Train a tokenizer; training is deterministic."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path


def batches(texts: list[str]) -> list[pa.RecordBatch]:
    """Return the texts as batches of documents."""
    whole = pa.record_batch([pa.array(texts, pa.string())], names=["text"])
    return [whole.slice(at, BATCH) for at in range(0, len(texts), BATCH)]


def best(
    work: Callable[[], Any], repeats: int, *, before: Callable[[], Any] = lambda: None
) -> tuple[float, Any]:
    """Return the CPU seconds of the fastest run, and its result; ``before`` runs outside the measured time."""
    fastest, result = float("inf"), None
    for _ in range(repeats):
        before()
        started = measure.cpu_seconds()
        result = work()
        fastest = min(fastest, measure.cpu_seconds() - started)
    return fastest, result


def renewed(stage: Shorten) -> None:
    """Make a stage ready that has seen no text: it keeps the counts of words from batch to batch."""
    stage.close()
    stage.warm_up()


def shortened(stage: Shorten, parts: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    """Run the stage."""
    return [stage.process(part) for part in parts]


def column(made: list[pa.RecordBatch], name: str) -> list[Any]:
    """Return a column of all batches as Python values."""
    return list(itertools.chain.from_iterable(part.column(name).to_pylist() for part in made))


def piece_ends(texts: list[str]) -> Iterator[list[int]]:
    """Return where each text may be cut, in code points."""
    for at in range(0, len(texts), BATCH):
        units = scan(pa.array(texts[at : at + BATCH], pa.string()))
        found = pieces(units, keep_all(units), keep_lines=True, characters=True)
        ends = found.ends_in_short_text().tolist()
        for first, end in itertools.pairwise(found.firsts.tolist()):
            yield ends[first:end]


def encode_everything(texts: list[str], tokenizer: Tokenizer, tokens: int) -> list[str]:
    """Encode every text whole and cut it behind the last piece whose tokens fit."""
    cut: list[str] = []
    for at in range(0, len(texts), BATCH):
        part = texts[at : at + BATCH]
        encodings = tokenizer.encode_batch(part, add_special_tokens=False)
        for text, encoding, ends in zip(part, encodings, piece_ends(part), strict=True):
            if len(encoding) <= tokens:
                cut.append(text)
                continue
            offsets = encoding.offsets[: tokens + 1]
            fits = 0
            token = reach = 0
            for end in ends:
                while token <= tokens and offsets[token][0] < end:
                    reach = max(reach, offsets[token][1])
                    token += 1
                if token > tokens:
                    break
                if reach <= end:
                    fits = end
            cut.append(text[:fits])
    return cut


def without_budget(texts: list[str], repeats: int) -> list[dict[str, Any]]:
    """Measure removal alone."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    parts = batches(texts)
    stage = Shorten(language="en")
    stage.warm_up()
    seconds, made = best(lambda: shortened(stage, parts), repeats)
    peer = RegexShortener(WordRules("en", stopwordsiso_words("en"), negations=negations("en")))
    peer_seconds, expected = best(lambda: [peer.shorten(text) for text in texts], max(1, repeats // 3))
    spans = [[(s["start"], s["end"]) for s in one] for one in column(made, "short_spans")]
    same = list(zip(column(made, "short_text"), spans, strict=True)) == expected
    rows = [
        {"what": "stop words", "mb_s": size / seconds, "peer_mb_s": size / peer_seconds, "identical": same}
    ]
    for remove in (["stopwords", "punctuation"], ["recurring"], ["stopwords", "punctuation", "recurring"]):
        other = Shorten(language="en", remove=remove)
        other.warm_up()
        seconds, _ = best(lambda other=other: shortened(other, parts), repeats)
        rows.append(
            {"what": " + ".join(remove), "mb_s": size / seconds, "peer_mb_s": None, "identical": None}
        )
    detecting = Shorten()
    detecting.warm_up()
    seconds, _ = best(lambda: shortened(detecting, parts), repeats)
    rows.append(
        {
            "what": "stop words, language detected",
            "mb_s": size / seconds,
            "peer_mb_s": None,
            "identical": None,
        }
    )
    token, stop = re.compile(r"\w+|[^\w\s]+"), stopwordsiso_words("en")
    seconds, _ = best(
        lambda: [" ".join(w for w in token.findall(text) if w.lower() not in stop) for text in texts],
        max(1, repeats // 2),
    )
    rows.append({"what": "(shortest loop)", "mb_s": None, "peer_mb_s": size / seconds, "identical": None})
    return rows


def with_token_budget(
    name: str, texts: list[str], tokenizer_file: Path, repeats: int
) -> list[dict[str, Any]]:
    """Measure removal and the cut to a token budget."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    parts = batches(texts)
    plain = Shorten(language="en")
    plain.warm_up()
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    rows = []
    for tokens in (128, 512):
        stage = Shorten(language="en", budget={"tokens": tokens, "tokenizer": tokenizer_file})
        seconds, made = best(
            lambda stage=stage: shortened(stage, parts), repeats, before=lambda stage=stage: renewed(stage)
        )
        peer_seconds, expected = best(
            lambda tokens=tokens: encode_everything(
                column(shortened(plain, parts), "short_text"), tokenizer, tokens
            ),
            max(1, repeats // 2),
        )
        rows.append(
            {
                "what": f"{name}, {tokens} tokens",
                "mb_s": size / seconds,
                "peer_mb_s": size / peer_seconds,
                "identical": column(made, "short_text") == expected,
            }
        )
    return rows


def main() -> None:
    """Measure, print, write."""
    parser = measure.arguments(__doc__ or "", data="a folder of .jsonl files with a field text")
    parser.add_argument("--repeats", type=int, default=5, help="runs, of which the fastest counts")
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data is needed: a folder of .jsonl files with a field text")
    texts = read_texts(options.data)
    long = long_texts(texts)
    with tempfile.TemporaryDirectory() as folder:
        tokenizer_file = train(texts, Path(folder))
        removal = without_budget(texts, options.repeats)
        budget = with_token_budget("posts as they are", texts, tokenizer_file, options.repeats)
        budget += with_token_budget(f"documents of {LONG // 1000} kB", long, tokenizer_file, options.repeats)
    for title, peer, rows in (
        ("Without a budget", "regex loop MB/s", removal),
        ("With a token budget", "encode everything MB/s", budget),
    ):
        print(f"\n{title}: {len(texts)} documents, one core\n")
        table = [
            (
                row["what"],
                row["mb_s"] or "",
                row["peer_mb_s"] or "",
                f"{row['mb_s'] / row['peer_mb_s']:.1f} x" if row["mb_s"] and row["peer_mb_s"] else "",
                {True: "yes", False: "NO", None: ""}[row["identical"]],
            )
            for row in rows
        ]
        print(measure.table(["", "docmill MB/s", peer, "ratio", "same result"], table))
    measure.write("shorten", {"without_budget": removal, "token_budget": budget})
    if any(row["identical"] is False for row in removal + budget):
        raise SystemExit("the results differ from the peer's")


if __name__ == "__main__":
    main()
