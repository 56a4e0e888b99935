"""Discourse markers of eRST files belong to the node they signal."""

from __future__ import annotations

from pathlib import Path

from models.discourse_relations.gum import pairs
from models.discourse_relations.gum_markers import markers

RS4 = """<rst><header><relations>
<rel name="context-circumstance" type="rst"/><rel name="joint-list" type="multinuc"/></relations></header>
<body><segment id="1" parent="5" relname="joint-list">Bones break easily</segment>
<segment id="2" parent="3" relname="context-circumstance">and as people age</segment>
<segment id="3" parent="4" relname="span">they heal slowly</segment>
<group id="4" type="span" parent="5" relname="joint-list"/>
<group id="5" type="multinuc"/>
<signals><signal source="4" type="dm" subtype="dm" tokens="4"/>
<signal source="2" type="dm" subtype="dm" tokens="5"/>
<signal source="2" type="semantic" subtype="x" tokens="6"/></signals></body></rst>
"""
HEADER = ["doc", "unit1_toks", "unit2_toks", "s1_toks", "s2_toks", "rel_type", "orig_label"]
ROWS = [
    ["d", "1-3", "4-10", "1-10", "1-10", "explicit", "expansion.conjunction"],
    ["d", "4-7", "8-10", "1-10", "1-10", "explicit", "temporal.synchronous"],
]
WORDS = ["Bones", "break", "easily", "and", "as", "people", "age", "they", "heal", "slowly"]


def test_a_marker_names_the_tokens_of_its_node(tmp_path: Path) -> None:
    (tmp_path / "d.rs4").write_text(RS4, "utf-8")
    first, second = markers(tmp_path / "d.rs4")
    assert (first.tokens, second.tokens) == ((4,), (5,))
    assert first.node == first.whole == frozenset(range(4, 11))  # its own, and what depends on it
    assert second.node == second.whole == frozenset(range(4, 8))


def test_of_two_connectives_each_pair_gets_its_own(tmp_path: Path) -> None:
    for name in ("rels", "dep", "rst"):
        (tmp_path / name).mkdir()
    (tmp_path / "rst" / "d.rs4").write_text(RS4, "utf-8")
    table = "\n".join("\t".join(row) for row in [HEADER, *ROWS])
    (tmp_path / "rels" / "d.rels").write_text(table + "\n", "utf-8")
    lines = [f"{n}\t{w}\t{w}\tX\tXX\t_\t0\tdep\t_\t_" for n, w in enumerate(WORDS, 1)]
    (tmp_path / "dep" / "d.conllu").write_text("\n".join(lines) + "\n\n", "utf-8")
    listed, timed = pairs(tmp_path)
    assert (listed.cue, timed.cue) == ("and", "as")
    assert timed.right == ("and", "people", "age")
