"""All gates of a configuration, and what they say of an answer together."""

from __future__ import annotations

from collections.abc import Sequence

from stages.rephrase.gates.confidence import Confidence
from stages.rephrase.gates.copied import Copied
from stages.rephrase.gates.entities import Entities
from stages.rephrase.gates.finished import Finished
from stages.rephrase.gates.gate import Gate
from stages.rephrase.gates.grounding import Grounding
from stages.rephrase.gates.language import Language
from stages.rephrase.gates.lead_in import LeadIn
from stages.rephrase.gates.length import Length
from stages.rephrase.gates.loop import Loops
from stages.rephrase.gates.negation import Negation
from stages.rephrase.gates.numbers_kept import Numbers
from stages.rephrase.gates.options import GateOptions
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.gates.questions import Questions
from stages.rephrase.gates.similarity import Embedder, Similarity
from stages.rephrase.languages import Detector
from stages.rephrase.measures import measures


def gates_of(options: GateOptions, detector: Detector, embedder: Embedder | None) -> list[Gate]:
    """Return the gates that are on, cheap ones first. ``embedder`` is needed when similarity is on."""
    gates: list[Gate] = []
    if options.finished:
        gates.append(Finished(options.finished))
    if options.loop:
        gates.append(Loops(options.loop))
    if options.length:
        gates.append(Length(options.length))
    if options.lead_in:
        gates.append(LeadIn(options.lead_in))
    if options.copied:
        gates.append(Copied(options.copied))
    if options.grounding:
        gates.append(Grounding(options.grounding))
    if options.questions:
        gates.append(Questions(options.questions))
    if options.language:
        gates.append(Language(options.language, detector))
    if options.numbers:
        gates.append(Numbers(options.numbers))
    if options.confidence:
        gates.append(Confidence(options.confidence))
    if options.entities:
        gates.append(Entities(options.entities))
    if options.negation:
        gates.append(Negation(options.negation))
    if options.similarity and embedder is not None:
        gates.append(Similarity(options.similarity, embedder))
    return gates


def judge(pair: Pair, gates: Sequence[Gate]) -> Verdict:
    """Ask every gate, also after a refusal, so that scores can be compared and thresholds chosen anew."""
    scores: dict[str, float] = measures(pair) if pair.answer else {}
    reasons: list[str] = []
    for gate in gates:
        verdict = gate.judge(pair)
        scores |= verdict.scores
        if gate.name not in pair.style.without:
            reasons += [r for r in verdict.reasons if r not in reasons]
    return Verdict(scores, tuple(reasons))
