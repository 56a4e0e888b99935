"""Which passages and rephrasings to train on."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stages.rephrase.mixing import mixture_of

STYLES = ("easy", "hard", "qa")


def document(*statuses: str) -> list[dict[str, Any]]:
    """A passage per argument: one letter per style, o for ok, r for rejected."""
    return [
        {
            "chunk": n,
            "start": 10 * n,
            "end": 10 * n + 10,
            "style": style,
            "status": "ok" if s == "o" else "rejected",
        }
        for n, letters in enumerate(statuses)
        for style, s in zip(STYLES, letters, strict=True)
    ]


def kinds(entries: Any) -> Counter[str]:
    return Counter(e["kind"] for e in entries)


class TestProportion:
    def test_one_to_one_takes_one_rephrasing_of_each_passage(self) -> None:
        entries = mixture_of("a", document("ooo", "ooo", "ooo"), 1, 1, 0)
        assert [(e["kind"], e["chunk"]) for e in entries] == [
            (kind, n) for n in range(3) for kind in ("real", "synthetic")
        ]

    def test_what_a_passage_lacks_later_ones_make_up_for(self) -> None:
        entries = mixture_of("a", document("rrr", "ooo", "roo"), 1, 1, 0)
        assert kinds(entries) == {"real": 3, "synthetic": 3}
        assert not [e for e in entries if e["kind"] == "synthetic" and e["chunk"] == 0]

    def test_a_rejected_one_is_never_taken(self) -> None:
        rephrasings = document("ror", "oro")
        entries = mixture_of("a", rephrasings, 1, 3, 0)
        taken = [e["rephrasing"] for e in entries if e["kind"] == "synthetic"]
        assert taken == [1, 3, 5]

    def test_real_0_is_every_rephrasing_that_passed_and_nothing_else(self) -> None:
        assert kinds(mixture_of("a", document("ooo", "oro"), 0, 1, 0)) == {"synthetic": 5}

    def test_synthetic_0_is_the_text(self) -> None:
        entries = mixture_of("a", document("ooo", "oro"), 1, 0, 0)
        assert [(e["start"], e["end"]) for e in entries] == [(0, 10), (10, 20)]

    def test_a_half_holds_over_many_short_documents(self) -> None:
        total = sum((kinds(mixture_of(f"d{n}", document("ooo"), 1, 0.5, 0)) for n in range(400)), Counter())
        assert total["real"] == 400
        assert 160 < total["synthetic"] < 240


class TestSeed:
    def test_the_same_again_and_another_one_otherwise(self) -> None:
        given = document(*["ooo"] * 20)
        assert mixture_of("a", given, 1, 1, 7) == mixture_of("a", given, 1, 1, 7)
        assert mixture_of("a", given, 1, 1, 7) != mixture_of("a", given, 1, 1, 8)
        assert mixture_of("a", given, 1, 1, 7) != mixture_of("b", given, 1, 1, 7)

    def test_styles_are_taken_alike(self) -> None:
        taken = Counter(
            e["style"]
            for n in range(60)
            for e in mixture_of(f"d{n}", document(*["ooo"] * 5), 1, 1, 0)
            if e["kind"] == "synthetic"
        )
        assert all(70 < taken[style] < 130 for style in STYLES)

    def test_order_shuffles(self) -> None:
        orders = [e["order"] for e in mixture_of("a", document(*["ooo"] * 50), 1, 1, 0)]
        assert len(set(orders)) == len(orders) == 100
        assert all(0 <= o < 1 for o in orders)
        assert sorted(orders) != orders
        assert 0.35 < sum(orders) / len(orders) < 0.65


@settings(max_examples=40)
@given(
    st.lists(st.text(alphabet="or", min_size=3, max_size=3), max_size=12),
    st.floats(0.1, 4),
    st.floats(0.1, 4),
    st.text(max_size=8),
)
def test_nothing_twice_and_never_more_than_due(
    passages: list[str], real: float, synthetic: float, doc: str
) -> None:
    entries = mixture_of(doc, document(*passages), real, synthetic, 0)
    taken = [e["rephrasing"] for e in entries if e["kind"] == "synthetic"]
    assert len(set(taken)) == len(taken)
    assert kinds(entries)["real"] == len(passages)
    assert len(taken) < len(passages) * synthetic / real + 1.001
