"""The stage ``rephrase``: passages said again by a language model, each answer judged.

``rephrasings`` holds an entry for every passage and style, also where the model did not answer or a gate refused:
nothing is left out, so that what is done is known. Passages are rows of sentences, their spans adjoin. ``mixture``
says which passages and rephrasings to train on (``stages.rephrase.mixing``). An answer depends on its passage, style
and options alone: not on the document, the batch, other workers or interruptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from pipeline import document
from pipeline.stage import Resources, Stage
from stages.columns import with_column
from stages.language import codes_of, columns_read
from stages.rephrase import rows
from stages.rephrase.options import RephraseConfig
from stages.rephrase.requirements import Requirements

if TYPE_CHECKING:
    from stages.rephrase.opened import Opened
    from stages.rephrase.planning import Passage


class Rephrase(Stage[RephraseConfig]):
    """Say each passage again in other styles, with a language model; see the module for what comes out."""

    name: ClassVar[str] = "rephrase"
    version: ClassVar[str] = "1"
    requires = pa.schema([document.TEXT, document.SENTENCES_FIELD])
    provides = pa.schema([document.REPHRASINGS_FIELD, document.MIXTURE_FIELD])
    resources = Resources(cpus=1.0, memory=1 << 30)
    Config = RephraseConfig

    def __init__(self, config: RephraseConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        if not isinstance(self.config.language, str):
            self.optional = columns_read(self.config.language)
        self._opened: Opened | None = None

    def __getstate__(self) -> dict[str, Any]:
        kept = ("config", "optional", "profile", "resources", "workspace")
        return {name: self.__dict__[name] for name in kept if name in self.__dict__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._opened = None

    # -- what a job asks before it starts

    def check(self) -> None:
        """Raise StageError when the model is missing, the server does not answer, or a gate lacks its model."""
        self.resources = self._requirements().check()

    def models(self) -> Mapping[str, str]:
        """The language model, unless it is a server's, and the models of gates."""
        return self._requirements().models()

    def dependencies(self) -> Mapping[str, str]:
        """Versions of what tokenizes, computes and judges, and hashes of our prompts and word tables."""
        return self._requirements().dependencies()

    def remarks(self) -> Sequence[str]:
        """Where answers come from and what memory they need; gates that cannot run here."""
        return self._requirements().remarks()

    def _requirements(self) -> Requirements:
        return Requirements(self.config, self.profile)

    # -- work

    def warm_up(self) -> None:
        """Open the model, the gates and the cache."""
        self._ready()

    def close(self) -> None:
        """Release them."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _ready(self) -> Opened:
        if self._opened is None:
            from stages.rephrase.opened import Opened

            self._opened = Opened(self.config, self.profile, self.workspace)
        return self._opened

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Add ``rephrasings`` and ``mixture``."""
        from stages.rephrase.answering import answers_to
        from stages.rephrase.mixing import mixture_of
        from stages.rephrase.planning import passages_of, request_of

        opened, config = self._ready(), self.config
        texts: list[str] = batch.column("text").to_pylist()
        spans = [[(s["start"], s["end"]) for s in row] for row in batch.column("sentences").to_pylist()]
        passages = passages_of(texts, spans, opened.counter, config.chunks.tokens)
        languages = self._languages(batch, passages, opened)

        asked = [
            (passage, style)
            for passage in passages
            for style in opened.styles
            if passage.chunk.tokens >= config.chunks.min_tokens and not passage.text.isspace()
        ]
        requests = [request_of(passage, style, config) for passage, style in asked]
        answers = answers_to(requests, opened.backend, opened.cache, opened.recent)
        languages_of_rows = {
            (p.row, p.number): language for p, language in zip(passages, languages, strict=True)
        }
        done = {
            (passage.row, passage.number, style.name): opened.judged(
                passage, style, answer, languages_of_rows[passage.row, passage.number]
            )
            for (passage, style), answer in zip(asked, answers, strict=True)
        }
        entries: list[list[dict[str, Any]]] = [[] for _ in texts]
        for passage in passages:
            for style in opened.styles:
                found = done.get((passage.row, passage.number, style.name))
                entries[passage.row].append(found or rows.too_short(passage, style))
        batch = with_column(
            batch, document.REPHRASINGS_FIELD, pa.array(entries, document.REPHRASINGS_FIELD.type)
        )
        mix = config.mixture
        ids: list[str] = batch.column("id").to_pylist()
        mixtures = [
            None if mix is None else mixture_of(doc_id, given, mix.real, mix.synthetic, mix.seed)
            for doc_id, given in zip(ids, entries, strict=True)
        ]
        batch = with_column(batch, document.MIXTURE_FIELD, pa.array(mixtures, document.MIXTURE_FIELD.type))
        errors = {row: told for row, given in enumerate(entries) if (told := rows.errors_of(given))}
        opened.recent.clear()
        return document.add_errors(batch, errors)

    def _languages(
        self, batch: pa.RecordBatch, passages: Sequence[Passage], opened: Opened
    ) -> Sequence[str | None]:
        """The language of each passage."""
        from stages.rephrase.languages import base_code, detected

        if self.config.language == "detect":
            return detected([passage.text for passage in passages], opened.detector)
        codes = codes_of(batch, self.config.language)
        return [base_code(code) if (code := codes[passage.row]) else None for passage in passages]
