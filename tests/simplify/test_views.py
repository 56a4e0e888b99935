"""Propositions as text for people and programs."""

from __future__ import annotations

import json
from typing import Any

from stages.simplify.views import flat, n_triples, nested

PROPOSITIONS: list[dict[str, Any]] = [
    {
        "id": 0, "sentence": 0, "text": "Ann left.", "layer": 0, "role": "core", "rule": "sentence", "parent": None,
        "spans": [{"start": 0, "end": 8}], "links": [{"relation": "CAUSE", "target": 1, "cue": "because"}],
    },
    {
        "id": 1, "sentence": 0, "text": 'Bob said "no".', "layer": 1, "role": "context", "rule": "adverbial_clause",
        "parent": 0, "spans": [{"start": 17, "end": 30}], "links": [],
    },
]  # fmt: skip


def test_flat_text_has_a_line_for_each() -> None:
    assert flat(PROPOSITIONS) == (
        '0\t0\tcore\tAnn left.\tCAUSE(1, "because")\n1\t1\tcontext\tBob said "no".\n'
    )
    assert flat([]) == ""


def test_json_has_contexts_inside_their_cores() -> None:
    (sentence,) = json.loads(nested(PROPOSITIONS))
    (core,) = sentence["cores"]
    assert core["text"] == "Ann left."
    assert [context["text"] for context in core["contexts"]] == ['Bob said "no".']


def test_n_triples_name_propositions_by_the_document() -> None:
    lines = n_triples("a b/c.txt", PROPOSITIONS).splitlines()
    assert all(line.endswith(" .") for line in lines)
    assert (
        "<urn:docmill:a%20b%2Fc.txt#0> <https://docmill.invalid/simplify#cause> <urn:docmill:a%20b%2Fc.txt#1> ."
        in lines
    )
    assert any('"Bob said \\"no\\"."' in line for line in lines)
