"""What is guessed, and how far ahead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stages.rephrase.generation.lookup import LONGEST, Lookup
from stages.rephrase.generation.speculation import Acceptance, draft_length


def test_a_name_is_finished_as_it_stood_in_the_prompt():
    anna, maria, lind, came = 1, 2, 3, 4
    assert Lookup([anna, maria, lind, came, 9, 8, anna, maria]).draft(2) == ([lind, came], 2)


def test_the_longest_match_decides_then_the_latest():
    assert Lookup([1, 2, 3, 50, 7, 2, 3, 60, 1, 2, 3]).draft(1) == ([50], 3)
    assert Lookup([2, 3, 50, 7, 2, 3, 60, 1, 2, 3]).draft(1) == ([60], 2)


def test_nothing_is_guessed_after_something_new():
    assert Lookup([1, 2, 3]).draft(4) == ([], 0)
    assert Lookup([]).draft(4) == ([], 0)
    assert Lookup([1, 1]).draft(0) == ([], 0)


def test_a_repetition_is_continued_past_the_end():
    assert Lookup([1, 2, 1, 2]).draft(5)[0] == [1, 2, 1, 2, 1]


@given(st.lists(st.integers(0, 4), max_size=60), st.integers(1, 8), st.integers(0, 60))
def test_a_draft_follows_what_stood_before(tokens, longest, cut):
    lookup = Lookup(tokens[:cut])
    lookup.extend(tokens[cut:])
    drafted, match = lookup.draft(longest)
    assert (drafted, match) == Lookup(tokens).draft(longest), "piece by piece or at once"
    assert len(drafted) == (longest if match else 0)
    if not match:
        assert tokens[-1:] == [] or tokens[-1] not in tokens[:-1]
        return
    whole = tokens + drafted
    assert match <= LONGEST
    assert any(
        whole[at : at + match + longest] == tokens[len(tokens) - match :] + drafted
        for at in range(len(tokens) - match)
    )


def test_no_draft_where_none_is_likely_to_be_right_and_long_ones_where_all_are():
    assert draft_length([0.05], 6, 0.3, 0.2) == 0
    assert draft_length([0.0, 0.0], 6, 0.3, 0.01) == 0
    assert draft_length([0.95], 6, 0.3, 0.2) == 6
    assert 0 < draft_length([0.6], 6, 0.3, 0.2) < 4


def test_dearer_checks_and_rows_without_a_draft_make_drafts_shorter():
    assert draft_length([0.7, 0.0, 0.0, 0.0], 6, 0.3, 0.2) < draft_length([0.7], 6, 0.3, 0.2)
    assert draft_length([0.7], 6, 0.3, 0.5) < draft_length([0.7], 6, 0.3, 0.05)
    assert draft_length([0.9], 6, 0.3, 0.0) == 6


def test_acceptance_is_learnt_for_each_length_of_match():
    acceptance = Acceptance()
    before = [acceptance.share(match) for match in range(LONGEST + 1)]
    assert before == sorted(before)
    assert before[0] == 0
    for _ in range(20):
        acceptance.note(2, 0, 4)
        acceptance.note(3, 4, 4)
    assert acceptance.share(2) < 0.1 < 0.9 < acceptance.share(3)
    assert acceptance.share(1) == before[1]


@given(st.lists(st.tuples(st.integers(1, LONGEST), st.integers(0, 6), st.integers(0, 6))))
def test_shares_are_shares(notes):
    acceptance = Acceptance()
    for match, right, more in notes:
        acceptance.note(match, right, right + more)
    assert all(0 <= acceptance.share(match) <= 1 for match in range(LONGEST + 1))
