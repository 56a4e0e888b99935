"""What layout is worth to what comes after it: acute infections found in documents with trap terms.

    python -m benchmarks.layout_downstream --data DIR --train DIR --french PYTHON

DIR holds documents and truth.jsonl as ``python -m benchmarks.clinical_pages`` writes them: letterheads, staff columns
and legal lines name infections ("Infectious Diseases Clinic (cellulitis, pneumonia, sepsis)") that nobody has.
French concepts, sections, negation and history are found by edsnlp (``--french`` is the Python of an environment
with ``pip install edsnlp==0.23.0``), English ones by the rules below. A document has an acute infection when a
concept is neither denied nor of the past. Four texts are compared: all lines in reading order (parse); the lines in
a rectangle fitted to the documents of ``--train``; what layout keeps (``keep``: body, section, table); the same, cut
at the headings that layout found. Intervals by bootstrap over documents, differences paired.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import measure
from benchmarks.clinical_pages.words.medicine import INFECTIONS
from benchmarks.layout import Corpus, Mask, fitted_mask, places_and_truth, places_of
from pipeline import Pipeline
from stages.layout.stage import Layout
from stages.parse.stage import Parse

KEEP = ["body", "section", "table"]
PAST = "past_medical_history"  # a kind of section of layout's
_DRAWS = 4000

# -- English: a small set of rules, in the manner of NegEx

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n|\n(?=\s*(?:[-*•–·]|\d+[.)])\s)")
_NUMBERED = r"^\s*(?:\d+[.)]\s*)?"
_PAST_HEADING = re.compile(
    _NUMBERED
    + r"(?:(?:past )?(?:medical|surgical) history|pmh|past history|background|previous history)\s*[:.-]?\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(_NUMBERED + r"(?:[A-Z][A-Z /&'-]{2,50}|[A-Z][\w'/-]*(?: [\w'/-]+){0,4})\s*:?\s*$")
_BEFORE = re.compile(
    r"\b(?:no|not|without|denies|denied|negative for|rule[sd]? out|absence of|free of|never|nor)\b"
    r"(?:(?!\b(?:but|however|although|except)\b)[^.;:])*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[^.;:,]{0,20}\b(?:was|were|is|has been) (?:ruled out|excluded|unlikely|not (?:found|seen))",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:history of|previous|prior)\b[^.;]{0,40}$", re.IGNORECASE)
_YEAR = re.compile(r"^[^.;]{0,20}[(, ](?:in )?(?:19|20)\d\d\b", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A concept in a text and how it stands there: ``yes``, ``no`` (denied), ``past``, or ``other``."""

    term: str
    start: int
    status: str


def english(text: str, terms: Sequence[str]) -> list[Found]:
    """Concepts by phrase, longest first; status by cues in the sentence and by headings."""
    pattern = re.compile(
        "|".join(
            r"\b" + r"\s+".join(map(re.escape, term.split())) + r"\b"
            for term in sorted(terms, key=len, reverse=True)
        ),
        re.IGNORECASE,
    )
    bounds = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    headings = _headings(text)
    found = []
    for match in pattern.finditer(text):
        first = max(bound for bound in bounds if bound <= match.start())
        last = min(bound for bound in bounds if bound >= match.end())
        before, after = (
            " ".join(text[first : match.start()].split()),
            " ".join(text[match.end() : last].split()),
        )
        past = any(start <= match.start() < end for start, end in headings)
        if _BEFORE.search(before) or _AFTER.search(after):
            status = "no"
        elif past or _PAST.search(before) or _YEAR.search(" " + after):
            status = "past"
        else:
            status = "yes"
        found.append(Found(" ".join(match.group().casefold().split()), match.start(), status))
    return found


def _headings(text: str) -> list[tuple[int, int]]:
    """Spans of sections about the past, by lines that look like headings."""
    spans = []
    start: int | None = None
    place = 0
    for line in text.split("\n"):
        past = _PAST_HEADING.match(line)
        if past or _HEADING.match(line):
            if start is not None:
                spans.append((start, place))
            start = place if past else None
        place += len(line) + 1
    if start is not None:
        spans.append((start, len(text)))
    return spans


# -- French: edsnlp


def french(texts: Sequence[str], python: Path) -> list[list[Found]]:
    """Concepts of all texts by edsnlp, in one run of it."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "texts.json", Path(folder) / "found.json"
        source.write_text(json.dumps({"terms": INFECTIONS["fr"], "texts": list(texts)}), "utf-8")
        script = Path(__file__).with_name("layout_edsnlp.py")
        subprocess.run([python, script, source, out], check=True, stderr=subprocess.DEVNULL)
        answers = json.loads(out.read_text("utf-8"))
    return [
        [
            Found(term, start, "no" if negated else "past" if history else "other" if other else "yes")
            for term, start, _, negated, history, other in answer
        ]
        for answer in answers
    ]


# -- texts


@dataclass(frozen=True)
class Document:
    name: str
    language: str
    acute: bool
    mentions: frozenset[tuple[str, str]]  # term, status


def truth(folder: Path) -> dict[str, Document]:
    found = {}
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        mentions = frozenset((mention["term"], mention["status"]) for mention in one["mentions"])
        found[one["name"]] = Document(one["name"], one["language"], one["acute_infection"], mentions)
    return found


def masked(row: Any, mask: Mask) -> str:
    """The text of the lines whose centre is in the mask, in reading order, as parse joins them."""
    lines = [{**line, "bbox": list(line["bbox"].values())} for line in row["lines"] or ()]
    if not lines:
        return ""
    inside = mask.holds(places_of(row["pages"], lines))
    out = ""
    last: int | None = None
    for line, there in zip(lines, inside, strict=True):
        if there:
            if last is not None:
                gap = row["text"][last : line["start"]]
                out += gap if not gap.strip() else "\n"
            out += row["text"][line["start"] : line["end"]]
            last = line["end"]
    return out


def pieces(row: Any) -> list[tuple[str, bool]]:
    """The text cut at the headings that layout found, and whether a piece is about the past."""
    cut = [
        (row["text"][section["start"] : section["end"]], section["kind"] == PAST)
        for section in row["sections"] or ()
    ]
    return cut or [(row["text"] or "", False)]


def in_pieces(found: Sequence[Sequence[Found]], past: Sequence[bool]) -> list[Found]:
    """The concepts of the pieces of a text; what is present in a piece about the past is past."""
    return [
        Found(one.term, one.start, "past" if own and one.status == "yes" else one.status)
        for of, own in zip(found, past, strict=True)
        for one in of
    ]


# -- scores


def scores(true: np.ndarray, said: np.ndarray) -> tuple[float, float, float]:
    both = float((true & said).sum())
    return both / max(1, said.sum()), both / max(1, true.sum()), 2 * both / max(1, true.sum() + said.sum())


def interval(draws: np.ndarray, measure_: Callable[[np.ndarray], float]) -> tuple[float, float]:
    values = np.sort([measure_(rows) for rows in draws])
    return float(values[int(0.025 * len(values))]), float(values[int(0.975 * len(values))])


def mention_counts(document: Document, found: Sequence[Found]) -> tuple[int, int, int]:
    """True, given and common pairs of term and status."""
    given = {(one.term, one.status) for one in found}
    return len(document.mentions), len(given), len(document.mentions & given)


def main() -> None:
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with documents and truth.jsonl")
    parser.add_argument(
        "--train", type=Path, required=True, help="labelled documents that the mask is fitted to"
    )
    parser.add_argument("--french", type=Path, required=True, help="Python of an environment with edsnlp")
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data DIR is needed")
    documents = truth(given.data)
    names = sorted(documents)
    corpus = Corpus(names, [(given.data / f"{name}.pdf").read_bytes() for name in names], [[] for _ in names])
    parsed = Pipeline([Parse()]).process(corpus.table()).to_pylist()
    laid = Pipeline([Parse(), Layout(keep=KEEP)]).process(corpus.table()).to_pylist()
    mask = fitted_mask(*places_and_truth(given.train))
    texts = {
        "without layout": [row["text"] for row in parsed],
        "position mask": [masked(row, mask) for row in parsed],
        "layout": [row["text"] for row in laid],
    }
    tongues = [documents[name].language for name in names]
    cut = [pieces(row) for row in laid]
    arms = {arm: [[text or ""] for text in own] for arm, own in texts.items()}
    arms["layout and its sections"] = [[text for text, _ in own] for own in cut]
    flat = [
        text
        for own in arms.values()
        for parts, tongue in zip(own, tongues, strict=True)
        if tongue == "fr"
        for text in parts
    ]
    answers = iter(french(flat, given.french))
    found: dict[str, list[list[Found]]] = {}
    for arm, own in arms.items():
        found[arm] = []
        for parts, tongue, known in zip(own, tongues, cut, strict=True):
            of = [next(answers) if tongue == "fr" else english(text, INFECTIONS["en"]) for text in parts]
            past = [about for _, about in known] if arm == "layout and its sections" else [False]
            found[arm].append(in_pieces(of, past))
    report([documents[name] for name in names], found)


def report(documents: Sequence[Document], found: dict[str, list[list[Found]]]) -> None:
    true = np.array([document.acute for document in documents])
    said = {
        arm: np.array([any(one.status == "yes" for one in own) for own in of]) for arm, of in found.items()
    }
    chance = np.random.default_rng(5)
    draws = chance.integers(0, len(true), (_DRAWS, len(true)))
    rows = []
    result: dict[str, Any] = {"documents": len(true), "acute": int(true.sum())}
    for arm, answer in said.items():
        parts = scores(true, answer)
        low, high = interval(draws, lambda at, answer=answer: scores(true[at], answer[at])[2])  # type: ignore[misc]
        wanted, given, common = np.array(
            [mention_counts(document, own) for document, own in zip(documents, found[arm], strict=True)]
        ).sum(0)
        mention = common / max(1, given), common / max(1, wanted), 2 * common / max(1, wanted + given)
        rows.append(
            (
                arm,
                *(f"{100 * part:.1f}" for part in parts),
                f"{100 * low:.1f} to {100 * high:.1f}",
                *(f"{100 * part:.1f}" for part in mention),
            )
        )
        result[arm] = {
            "document": parts,
            "f1_interval": (low, high),
            "mention": [float(part) for part in mention],
        }
    print(f"{len(true)} documents, {int(true.sum())} with an acute infection\n")
    print(measure.table(["text", "P", "R", "F1", "95 % of F1", "concepts with status: P", "R", "F1"], rows))
    print()
    checks = []
    for arm in ("layout", "layout and its sections"):
        low, high = interval(
            draws,
            lambda at, arm=arm: (
                scores(true[at], said[arm][at])[2] - scores(true[at], said["without layout"][at])[2]
            ),  # type: ignore[misc]
        )
        gain = scores(true, said[arm])[2] - scores(true, said["without layout"])[2]
        checks.append(
            (
                f"{arm}: F1 above without",
                f"{100 * gain:+.1f} ({100 * low:+.1f} to {100 * high:+.1f})",
                "yes" if low > 0 else "no",
            )
        )
        mine, theirs = scores(true, said[arm])[0], scores(true, said["position mask"])[0]
        checks.append(
            (
                f"{arm}: precision, not below the mask's",
                f"{100 * mine:.1f}, mask {100 * theirs:.1f}",
                "yes" if mine >= theirs else "no",
            )
        )
    for tongue in ("fr", "en"):
        at = np.array([document.language == tongue for document in documents])
        shares = ", ".join(
            f"{arm} {100 * scores(true[at], answer[at])[2]:.1f}" for arm, answer in said.items()
        )
        print(f"F1, {tongue}: {shares}")
    print()
    print(measure.table(["bar", "found", "held"], checks))
    measure.write("layout_downstream", {**result, "bars": checks})


if __name__ == "__main__":
    main()
