"""The answer must be in the language of the passage."""

from __future__ import annotations

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import LanguageGate
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.languages import Detector, base_code


class Language:
    """Refuses with ``language``. Without a known language of the passage it does not judge."""

    name: GateName = "language"

    def __init__(self, options: LanguageGate, detector: Detector) -> None:
        self._least = options.min_probability
        self._detector = detector

    def judge(self, pair: Pair) -> Verdict:
        if pair.language is None:
            return Verdict({})
        ((code, probability),) = self._detector.detect([pair.answer])
        score = probability if base_code(code) == pair.language else 0.0
        return Verdict({"language": score}, ("language",) if score < self._least else ())
