"""Sentences out of treebanks keep their text and the ends of their paragraphs."""

from __future__ import annotations

import sys

from models.sentence_boundary import conllu, data

DOCUMENT = """# newdoc id = one
# newpar
# sent_id = 1
# text = Rain fell.
1\tRain\train

# sent_id = 2
# text = Nobody minded it.
1\tNobody\tnobody

# newpar
# sent_id = 3
# text = The next day was dry
1\tThe\tthe
"""


def test_a_treebank_becomes_a_training_split(tmp_path, monkeypatch) -> None:
    (tmp_path / "one.conllu").write_text(DOCUMENT, encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", ["conllu", str(tmp_path), str(tmp_path / "out"), "--corpus", "trees", "--language", "en"]
    )
    conllu.main()
    (record,) = data.records(tmp_path / "out", "trees", "train")
    assert data.sentences(record) == ("Rain fell.", "Nobody minded it.", "The next day was dry")
    assert [record.text[:end] for end in record.paragraph_ends] == ["Rain fell. Nobody minded it."]
