"""What is compared on the benchmark of simplify: our stage, and outputs that others published."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

CLAUSES = (
    "coordination",
    "noun_lists",
    "adverbial",
    "relatives",
    "participials",
    "purpose",
    "attribution",
    "appositions",
)
"""Families of rules that leave phrases (prepositions, adjectives, adverbs) where they are."""
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Proposition:
    """One of the stage's, with numbers that count within its sentence."""

    text: str
    layer: int
    role: str
    rule: str
    spans: tuple[tuple[int, int], ...]
    links: tuple[tuple[str, int], ...]  # relation, target
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the stage made of one sentence."""

    source: str
    status: str
    propositions: tuple[Proposition, ...]

    @property
    def texts(self) -> list[str]:
        """Texts of the propositions, in order."""
        return [one.text for one in self.propositions]


@dataclass(frozen=True, slots=True)
class Speed:
    """What a pass over texts cost, one thread."""

    words: int  # separated by white space
    seconds: float  # CPU, the stage
    parse_seconds: float  # CPU, spaCy with the same components alone

    @property
    def words_per_second(self) -> float:
        """End to end."""
        return self.words / self.seconds

    @property
    def share(self) -> float:
        """Of the transformation, on top of the parse."""
        return self.seconds / self.parse_seconds - 1


def open_stage(**options: Any) -> Any:
    """The stage, opened."""
    from stages.simplify.stage import Simplify

    stage = Simplify(**options)
    stage.profile = "edge"
    stage.warm_up()
    return stage


def run(stage: Any, sentences: Sequence[str]) -> list[Result]:
    """Give each sentence to the stage as a document of its own."""
    results: list[Result] = []
    for first in range(0, len(sentences), _BATCH):
        part = sentences[first : first + _BATCH]
        done = stage.process(batch_of(part))
        columns = (done.column(name).to_pylist() for name in ("propositions", "simplify_statuses"))
        for source, rows, statuses in zip(part, *columns, strict=True):
            results.append(Result(source, statuses[0], tuple(_proposition(row) for row in rows)))
    return results


def batch_of(sentences: Sequence[str]) -> pa.RecordBatch:
    """A batch with one document for each sentence, segmented as one sentence."""
    from pipeline import document

    spans = [[{"start": 0, "end": len(text), "probability": 1.0}] for text in sentences]
    return pa.record_batch(
        {
            "id": [str(number) for number in range(len(sentences))],
            "text": list(sentences),
            "sentences": pa.array(spans, document.SENTENCES_FIELD.type),
            "errors": [[]] * len(sentences),
        }
    )


def speed(stage: Any, package: str, sentences: Sequence[str], passes: int = 3) -> Speed:
    """CPU seconds of the stage and of the parse alone, each the best of some passes, taken in turn."""
    import spacy

    from stages.simplify.parsing import UNUSED

    nlp = spacy.load(package, exclude=list(UNUSED))
    batches = [batch_of(sentences[at : at + _BATCH]) for at in range(0, len(sentences), _BATCH)]
    whole, parse = [], []
    for _ in range(passes):
        start = time.process_time()
        for batch in batches:
            stage.process(batch)
        whole.append(time.process_time() - start)
        start = time.process_time()
        for _ in nlp.pipe(sentences, batch_size=_BATCH):
            pass
        parse.append(time.process_time() - start)
    return Speed(sum(len(text.split()) for text in sentences), min(whole), min(parse))


def _proposition(row: dict[str, Any]) -> Proposition:
    return Proposition(
        row["text"],
        row["layer"],
        row["role"],
        row["rule"],
        tuple((span["start"], span["end"]) for span in row["spans"]),
        tuple((link["relation"], link["target"]) for link in row["links"]),
        tuple(link["cue"] for link in row["links"] if link["cue"]),
    )
