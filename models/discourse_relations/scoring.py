"""How well relations and nuclearity are told. The only score of this folder; training and benchmarks share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.discourse_relations.features import expected, features
from models.discourse_relations.gum import Pair
from models.discourse_relations.gum_nuclearity import Joined
from models.discourse_relations.labels import COARSE, Relation
from models.discourse_relations.logistic import Classifier
from models.discourse_relations.nuclearity import EQUAL, Junction, features_of, nuclearity
from models.discourse_relations.predictor import choose, relation

Tell = Callable[[Pair], Relation | None]
IsEqual = Callable[[Junction], bool]


@dataclass(frozen=True, slots=True)
class RelationScore:
    """Shares that are right, of the explicit pairs within one sentence.

    Attributes:
        rows: of the annotated relations, in nine classes; a pair with two different ones cannot have both right.
        pairs: of the pairs, in nine classes, right when one of the pair's relations was told.
        named: of the pairs, right when the public name is too (cause or result, before or after).
        number_of_rows: annotated relations.
        number_of_pairs: pairs.
    """

    rows: float
    pairs: float
    named: float
    number_of_rows: int
    number_of_pairs: int


def score_relations(pairs: Sequence[Pair], tell: Tell) -> RelationScore:
    """Score what is told. Where nothing is, that is wrong."""
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
    return RelationScore(
        right_rows / rows, right_pairs / len(inner), right_names / len(inner), rows, len(inner)
    )


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One of the nine classes: annotated relations of it and the share of them told, times it was told and the share
    that was right."""

    name: str
    annotated: int
    recall: float
    told: int
    precision: float


def score_classes(pairs: Sequence[Pair], tell: Tell) -> list[ClassScore]:
    """Score each class over the explicit pairs within one sentence, the most frequent first."""
    annotated: Counter[str] = Counter()
    found: Counter[str] = Counter()
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for pair in pairs:
        if not pair.same_sentence:
            continue
        told = tell(pair)
        coarse = COARSE.get(told, "") if told else ""
        classes = [COARSE[name] for name in pair.relations]
        annotated.update(classes)
        found.update(name for name in classes if name == coarse)
        said[coarse] += 1
        right[coarse] += coarse in classes
    return [
        ClassScore(name, number, found[name] / number, said[name], right[name] / max(1, said[name]))
        for name, number in annotated.most_common()
    ]


def by_classifier(classifier: Classifier) -> Tell:
    """What a classifier tells."""

    def tell(pair: Pair) -> Relation | None:
        found = features(pair.cue, pair.position, pair.subordinate, pair.left, pair.right)
        return choose(classifier.probabilities(found))[0] if pair.cue else None

    return tell


def by_majority(pairs: Sequence[Pair]) -> Tell:
    """The commonest relation of each cue within sentences, and of all cues for one never seen."""
    of_cue: dict[str, Counter[Relation]] = {}
    every: Counter[Relation] = Counter()
    for pair in pairs:
        if pair.same_sentence:
            of_cue.setdefault(pair.cue, Counter()).update(pair.relations)
            every.update(pair.relations)
    return lambda pair: of_cue.get(pair.cue, every).most_common(1)[0][0]


def by_lexicon(pair: Pair) -> Relation | None:
    """What ``cues.toml`` says alone."""
    return expected(pair.cue) if pair.cue else None


def by_model(pair: Pair) -> Relation | None:
    """What the shipped model tells through its public function."""
    name, probability = relation(pair.cue, pair.position, pair.subordinate, pair.left, pair.right)
    return Relation(name) if probability else None


def score_nuclearity(units: Sequence[Joined], is_equal: IsEqual) -> float:
    """Share of the pairs for which it is rightly told whether both are nuclei."""
    return sum(is_equal(unit.junction) == unit.equal for unit in units) / len(units)


def equal_by_classifier(classifier: Classifier) -> IsEqual:
    """Equal when the classifier finds that likelier."""
    return lambda junction: classifier.probabilities(features_of(junction))[EQUAL] > 0.5


def equal_by_conjunct(junction: Junction) -> bool:
    """The baseline: conjuncts are equal, nothing else is."""
    return junction.link == "conjunct"


def equal_by_model(junction: Junction) -> bool:
    """What the shipped model tells through its public function."""
    return nuclearity(junction) > 0.5


def report(train: Sequence[Pair], dev: Sequence[Pair], units: Sequence[Joined]) -> Iterator[str]:
    """Lines for a person: the shipped models beside baselines."""
    for name, tell in (
        ("lexicon alone", by_lexicon),
        ("majority of the cue", by_majority(train)),
        ("model", by_model),
    ):
        found = score_relations(dev, tell)
        yield (
            f"relations, {name}: rows {found.rows:.3f} ({found.number_of_rows}), pairs {found.pairs:.3f} "
            f"({found.number_of_pairs}), with the public name {found.named:.3f}"
        )
    for one in score_classes(dev, by_model):
        yield (
            f"relations, {one.name}: annotated {one.annotated}, recall {one.recall:.2f}, "
            f"told {one.told}, precision {one.precision:.2f}"
        )
    attached = [unit for unit in units if unit.attached]
    for name, equal in (("conjuncts", equal_by_conjunct), ("model", equal_by_model)):
        yield (
            f"nuclearity, {name}: attached {score_nuclearity(attached, equal):.3f} ({len(attached)}), "
            f"all {score_nuclearity(units, equal):.3f} ({len(units)})"
        )
