"""French concepts of benchmarks/layout_downstream.py by edsnlp, run by the Python of an environment of its own
(``pip install edsnlp==0.23.0``).

    python layout_edsnlp.py TEXTS.json OUT.json

TEXTS.json: ``{"terms": [...], "texts": [...]}``; OUT.json: for each text a list of
``[term, start, end, negated, history, other]``: whether edsnlp says that it is denied, of the past (also by its
section), or hypothetical or a relative's. Nothing of docmill is imported here.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import edsnlp


def plain(text: str) -> str:
    """Small letters without accents and line ends, so that a term is found by its words."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def main() -> None:
    source, out = map(Path, sys.argv[1:])
    given = json.loads(source.read_text("utf-8"))
    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.normalizer")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.sections")
    terms = {plain(term): term for term in given["terms"]}
    nlp.add_pipe(
        "eds.matcher",
        config={"terms": {"infection": list(terms)}, "attr": "NORM", "ignore_space_tokens": True},
    )
    nlp.add_pipe("eds.negation")
    nlp.add_pipe("eds.hypothesis")
    nlp.add_pipe("eds.family")
    nlp.add_pipe("eds.history", config={"use_sections": True})
    found = []
    for text in given["texts"]:
        document = nlp(text)
        found.append(
            [
                [
                    terms.get(plain(entity.text), entity.text), entity.start_char, entity.end_char, bool(entity._.negation),
                    bool(entity._.history), bool(entity._.hypothesis or entity._.family),
                ]
                for entity in document.ents
            ]
        )  # fmt: skip
    out.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
