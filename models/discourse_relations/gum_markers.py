"""Reads where the discourse markers of a GUM document stand, and which unit each of them relates (eRST, ``rs4`` files;
Zeldes et al. 2025, *eRST: A Signaled Graph Theory of Discourse Relations and Organization*).

A marker names the node of the RST tree whose relation to its parent it signals, so that of "..., and as you get older
..." the first word is known to join sentences, and the second to subordinate.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as Xml

_SPAN: Final = "span"


@dataclass(frozen=True, slots=True)
class Marker:
    """A discourse marker: its tokens (numbers from 1), and the tokens of the node it signals, without and with what
    depends on that."""

    tokens: tuple[int, ...]
    node: frozenset[int]
    whole: frozenset[int]


def markers(path: Path) -> list[Marker]:
    """The discourse markers of a document, in the order of the file."""
    root = Xml.parse(path).getroot()  # noqa: S314 - a corpus the user names, not the network
    tree = _Tree(root)
    found = []
    for signal in root.iter("signal"):
        tokens = tuple(int(number) for number in signal.get("tokens", "").split(",") if number)
        if signal.get("type") == "dm" and tokens:
            source = signal.get("source", "")
            found.append(Marker(tokens, tree.own(source), tree.whole(source)))
    return found


class _Tree:
    """Nodes of an RST tree as sets of tokens."""

    def __init__(self, root: Xml.Element) -> None:
        several = {one.get("name", "") for one in root.iter("rel") if one.get("type") == "multinuc"}
        self._segments: dict[str, frozenset[int]] = {}
        self._nuclei: dict[str, list[str]] = {}
        self._satellites: dict[str, list[str]] = {}
        at = 0
        kinds = {one.get("id", ""): one.get("type", "") for one in root.iter("group")}
        for node in (*root.iter("segment"), *root.iter("group")):
            name = node.get("id", "")
            if node.tag == "segment":
                size = len((node.text or "").split())
                self._segments[name] = frozenset(range(at + 1, at + size + 1))
                at += size
            parent, relation = node.get("parent", ""), node.get("relname", "")
            nucleus = relation == _SPAN or (kinds.get(parent) == "multinuc" and relation in several)
            (self._nuclei if nucleus else self._satellites).setdefault(parent, []).append(name)

    def own(self, node: str) -> frozenset[int]:
        """Tokens of a node without its satellites."""
        if node in self._segments:
            return self._segments[node]
        return frozenset().union(*(self.whole(one) for one in self._nuclei.get(node, ())))

    def whole(self, node: str) -> frozenset[int]:
        """Tokens of a node and its satellites."""
        return self.own(node).union(*(self.whole(one) for one in self._satellites.get(node, ())))
