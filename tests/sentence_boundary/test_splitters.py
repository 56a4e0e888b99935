"""The benchmark measures peers by where they cut, also when they give back text without its blanks."""

from __future__ import annotations

import pytest

from benchmarks import splitters


def test_parts_are_found_again_by_their_characters() -> None:
    text = " One  sentence.\nAnother one. "
    assert splitters.ends_of(text, ["One sentence.", "Another one."]) == [15, 28]
    assert splitters.ends_of(text, ["One sentence. ", "", "Another one. "]) == [15, 15, 28]


@pytest.mark.parametrize("peer", splitters.installed()[0], ids=lambda peer: peer.name)
def test_every_peer_divides_plain_english(peer: splitters.Splitter) -> None:
    text = "It rained on Monday. The river rose quickly. Nobody came."
    assert {end for end in peer.make()(text, "en") if end < len(text)} in ({20, 44}, {21, 45})


def test_peers_that_are_not_installed_are_named() -> None:
    found, missing = splitters.installed()
    assert len(found) + len(missing) == 7
