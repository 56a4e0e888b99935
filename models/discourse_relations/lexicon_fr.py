"""Names the relation that a French connective expresses, by the table ``cues_fr.toml`` alone."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from models.discourse_relations.labels import Relation


def relation_fr(cue: str, subordinate: bool) -> str:
    """What the unit with the cue is to the other one, as ``predictor.relation`` names it.

    Args:
        cue: the connective, its words joined by a blank; case and elision ("qu'") are ignored.
        subordinate: whether the cue subordinates its unit; decides only how an unknown cue is named.
    """
    words = [_full(word) for word in cue.lower().replace("’", "'").split()]
    found = _table().get(" ".join(words))
    if found is None and words:
        found = _table().get(words[0])
    if found is None:
        found = Relation.UNKNOWN_SUBORDINATION if subordinate else Relation.UNKNOWN_COORDINATION
    return found.value


def _full(word: str) -> str:
    if word in ("d'", "qu'"):
        return word[:-1] + "e"
    return word[:-1] + "e" if word.endswith("qu'") else word


@cache
def _table() -> dict[str, Relation]:
    table = tomllib.loads(Path(__file__).with_name("cues_fr.toml").read_text("utf-8"))
    found: dict[str, Relation] = {}
    for name, cues in table.items():
        for cue in cues:
            found.setdefault(" ".join(_full(word) for word in cue.split()), Relation(name))
    return found
