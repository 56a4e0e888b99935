"""Propositions of a document for people and for other programs: flat text, JSON, N-Triples.

All take a row as the stage leaves it (``propositions`` as a list of dictionaries, as ``to_pylist`` gives it) and return
text, so that they serve notebooks, ``docmill inspect`` and exports alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

Proposition = Mapping[str, Any]
NAMESPACE = "https://docmill.invalid/simplify#"
"""Of the predicates in N-Triples; the domain is reserved and never resolves."""


def flat(propositions: Sequence[Proposition]) -> str:
    """One proposition a line: id, layer, role, text, and links as ``RELATION(id, "cue")``, parted by tabs.

    The format of DisSim's flat output, in which contexts have ids, too.
    """
    lines = []
    for one in propositions:
        links = " ".join(_link(link) for link in one["links"])
        lines.append(f"{one['id']}\t{one['layer']}\t{one['role']}\t{one['text']}\t{links}".rstrip("\t"))
    return "\n".join(lines) + ("\n" if lines else "")


def _link(link: Mapping[str, Any]) -> str:
    cue = f", {json.dumps(link['cue'], ensure_ascii=False)}" if link["cue"] else ""
    return f"{link['relation']}({link['target']}{cue})"


def nested(propositions: Sequence[Proposition]) -> str:
    """JSON: cores with their contexts inside, a list for each sentence."""
    entries = {
        one["id"]: {
            "id": one["id"],
            "text": one["text"],
            "rule": one["rule"],
            "spans": [[span["start"], span["end"]] for span in one["spans"]],
            "links": [dict(link) for link in one["links"]],
            "contexts": [],
        }
        for one in propositions
    }
    sentences: dict[int, list[dict[str, Any]]] = {}
    for one in propositions:
        entry = entries[one["id"]]
        if one["parent"] is None:
            sentences.setdefault(one["sentence"], []).append(entry)
        else:
            entries[one["parent"]]["contexts"].append(entry)
    found = [{"sentence": number, "cores": cores} for number, cores in sentences.items()]
    return json.dumps(found, ensure_ascii=False, indent=2)


def n_triples(document: str, propositions: Sequence[Proposition]) -> str:
    """RDF 1.1 N-Triples: each proposition a resource with text, role and layer, each link a triple.

    Args:
        document: id of the document; an IRI made of it and a number names each proposition.
    """
    return "".join(f"{line} .\n" for line in _triples(document, propositions))


def _triples(document: str, propositions: Sequence[Proposition]) -> Iterable[str]:
    base = f"urn:docmill:{quote(document, safe='')}"
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    for one in propositions:
        subject = f"<{base}#{one['id']}>"
        yield f"{subject} <{NAMESPACE}text> {_literal(one['text'])}"
        yield f"{subject} <{NAMESPACE}role> {_literal(one['role'])}"
        yield f'{subject} <{NAMESPACE}layer> "{one["layer"]}"^^<{integer}>'
        yield f'{subject} <{NAMESPACE}sentence> "{one["sentence"]}"^^<{integer}>'
        if one["parent"] is not None:
            yield f"{subject} <{NAMESPACE}contextOf> <{base}#{one['parent']}>"
        for link in one["links"]:
            yield f"{subject} <{NAMESPACE}{link['relation'].lower()}> <{base}#{link['target']}>"


def _literal(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
    )
    return f'"{escaped}"'
