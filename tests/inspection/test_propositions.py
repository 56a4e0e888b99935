"""How ``docmill inspect`` draws what a sentence was split into."""

from __future__ import annotations

from typing import Any

from pipeline.inspection.columns import View, render


def proposition(
    number: int, text: str, parent: int | None, *links: tuple[str, int, str | None]
) -> dict[str, Any]:
    return {
        "id": number,
        "sentence": 0,
        "text": text,
        "layer": 0 if parent is None else 1,
        "role": "core" if parent is None else "context",
        "rule": "sentence",
        "parent": parent,
        "spans": [],
        "links": [{"relation": r, "target": t, "cue": c} for r, t, c in links],
    }


def test_contexts_hang_under_their_cores_with_relation_and_cue() -> None:
    row = {
        "text": "Ann left because Bob came, and Carl stayed.",
        "sentences": [{"start": 0, "end": 43}],
        "simplify_statuses": ["split"],
        "propositions": [
            proposition(0, "Ann left.", None, ("CAUSE", 1, "because"), ("LIST", 2, "and")),
            proposition(1, "Bob came.", 0),
            proposition(2, "Carl stayed.", None, ("LIST", 0, "and")),
        ],
    }
    section = render("propositions", row, View())
    assert section is not None
    assert section.note == "3 entries, 1 of them contexts"
    assert str(section.parts[0]).splitlines() == [
        "0  split  Ann left because Bob came, and Carl stayed.",
        "├─ 0 Ann left.  LIST → 2",
        "│  └─ CAUSE “because” 1 Bob came.",
        "└─ 2 Carl stayed.  LIST → 0",
    ]


def test_a_document_without_propositions_says_so() -> None:
    section = render("propositions", {"propositions": []}, View())
    assert section is not None
    assert section.note == "empty"
