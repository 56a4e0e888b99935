"""Learns the relations from the train part of GUM, and measures.

    python -m models.discourse_relations.train DIR            write relations.json from DIR/train
    python -m models.discourse_relations.train DIR --compare  settings, by cross-validation over documents of train
    python -m models.discourse_relations.train DIR --dev      the shipped model and the baselines on DIR/dev

DIR holds ``train`` and ``dev`` as ``models.discourse_relations.gum`` reads them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.discourse_relations import gum
from models.discourse_relations.features import expected, features
from models.discourse_relations.labels import COARSE, Relation
from models.discourse_relations.predictor import SCALE, Classifier, choose, read, relation

FILE: Final = Path(__file__).with_name("relations.json")
_FOLDS: Final = 5
_ITERATIONS: Final = 100
_TOLERANCE: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; the defaults were chosen by ``--compare``.

    Attributes:
        c: inverse strength of the L2 penalty.
        other_sentences: weight of a pair whose units stand in two sentences, beside 1 for those in one.
        fewest: times that a feature must have been seen.
    """

    c: float = 0.5
    other_sentences: float = 0.5
    fewest: int = 2


def train(pairs: Sequence[gum.Pair], settings: Settings) -> Classifier:
    """Learn from pairs with a cue. A pair of two relations counts once, by the root of their number for each."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    used = [pair for pair in pairs if pair.cue]
    found = [of(pair) for pair in used]
    seen = Counter(name for some in found for name in some)
    rows: list[Mapping[str, float]] = []
    labels: list[str] = []
    weights: list[float] = []
    for pair, some in zip(used, found, strict=True):
        kept = {name: value for name, value in some.items() if seen[name] >= settings.fewest}
        for name in pair.relations:
            rows.append(kept)
            labels.append(name.value)
            weights.append(
                (1.0 if pair.same_sentence else settings.other_sentences) / len(pair.relations) ** 0.5
            )
    vectorizer = DictVectorizer()
    fitted: Any = LogisticRegression(C=settings.c, max_iter=_ITERATIONS, tol=_TOLERANCE)
    fitted.fit(vectorizer.fit_transform(rows), labels, sample_weight=weights)
    columns = {name: fitted.coef_[:, number] for name, number in vectorizer.vocabulary_.items()}
    return Classifier([Relation(name) for name in fitted.classes_], fitted.intercept_, columns)


def of(pair: gum.Pair) -> dict[str, float]:
    """The features of a pair."""
    return features(pair.cue, pair.position, pair.subordinate, pair.left, pair.right)


def written(classifier: Classifier) -> bytes:
    """The classifier as the bytes of its file; weights are rounded, rows that become zero are left out."""

    def whole(row: Any) -> list[int]:
        return [round(float(x) * SCALE) for x in row]

    rows = {name: whole(row) for name, row in sorted(classifier.weights.items())}
    stored = {
        "classes": [name.value for name in classifier.classes],
        "bias": whole(classifier.bias),
        "weights": {name: row for name, row in rows.items() if any(row)},
    }
    return (json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


Tell = Callable[[gum.Pair], Relation | None]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares that are right in the nine coarse classes.

    Attributes:
        rows: of the annotated relations; a pair with two different ones cannot have both right.
        pairs: of the pairs, right when one of the pair's relations was told.
        named: of the pairs, right when the public name is too (cause or result, before or after).
    """

    rows: float
    pairs: float
    named: float
    number_of_rows: int
    number_of_pairs: int


def score(pairs: Sequence[gum.Pair], tell: Tell) -> Score:
    """Score the explicit pairs within one sentence. Where nothing is told, that is wrong."""
    inner = [pair for pair in pairs if pair.same_sentence]
    rows = right_rows = right_pairs = right_names = 0
    for pair in inner:
        told = tell(pair)
        coarse = COARSE.get(told) if told else None
        hits = [COARSE[name] == coarse for name in pair.relations]
        rows += len(hits)
        right_rows += sum(hits)
        right_pairs += any(hits)
        right_names += told in pair.relations
    return Score(right_rows / rows, right_pairs / len(inner), right_names / len(inner), rows, len(inner))


def told_by(classifier: Classifier) -> Tell:
    """What a classifier tells."""
    return lambda pair: choose(classifier.probabilities(of(pair)))[0] if pair.cue else None


def told_by_majority(pairs: Sequence[gum.Pair]) -> Tell:
    """The commonest relation of each cue within sentences, and of all cues for one never seen."""
    by_cue: dict[str, Counter[Relation]] = {}
    for pair in pairs:
        if pair.same_sentence:
            by_cue.setdefault(pair.cue, Counter()).update(pair.relations)
    every = sum(by_cue.values(), Counter[Relation]())
    return lambda pair: by_cue.get(pair.cue, every).most_common(1)[0][0] if pair.cue else None


def told_by_lexicon(pair: gum.Pair) -> Relation | None:
    """What ``cues.toml`` says alone."""
    return expected(pair.cue) if pair.cue else None


def told_by_model(pair: gum.Pair) -> Relation | None:
    """What the shipped model tells through the public function."""
    name, probability = relation(pair.cue, pair.position, pair.subordinate, pair.left, pair.right)
    return Relation(name) if probability else None


def cross_validated(pairs: Sequence[gum.Pair], settings: Settings) -> Score:
    """Mean score over folds of documents, weighted by nothing: folds are about equal."""
    documents = sorted({pair.document for pair in pairs})
    order = np.random.default_rng(1).permutation(len(documents))
    fold = {documents[number]: place % _FOLDS for place, number in enumerate(order)}
    scores = []
    for held in range(_FOLDS):
        learned = train([p for p in pairs if fold[p.document] != held], settings)
        scores.append(score([p for p in pairs if fold[p.document] == held], told_by(learned)))
    count = len(scores)
    return Score(
        sum(s.rows for s in scores) / count,
        sum(s.pairs for s in scores) / count,
        sum(s.named for s in scores) / count,
        sum(s.number_of_rows for s in scores),
        sum(s.number_of_pairs for s in scores),
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--dev", action="store_true")
    options = parser.parse_args()
    pairs = gum.pairs(options.folder / "train")
    if options.compare:
        for c in (0.25, 0.5, 1.0):
            for other in (0.3, 0.5, 1.0):
                _print(f"c {c}, other sentences {other}", cross_validated(pairs, Settings(c, other)))
        return
    if options.dev:
        dev = gum.pairs(options.folder / "dev")
        for name, tell in (
            ("lexicon alone", told_by_lexicon),
            ("majority of the cue", told_by_majority(pairs)),
            ("model", told_by_model),
        ):
            _print(name, score(dev, tell))
        return
    content = written(train(pairs, Settings()))
    FILE.write_bytes(content)
    _print("on what it learned from", score(pairs, told_by(read(content))))
    print(f"{FILE.name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def _print(name: str, found: Score) -> None:
    print(
        f"{name}: rows {found.rows:.3f} ({found.number_of_rows}), pairs {found.pairs:.3f} "
        f"({found.number_of_pairs}), with the public name {found.named:.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
