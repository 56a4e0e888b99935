"""The stage ``shorten``: take words out of a text that carry little of it, and cut it to a budget.

Statuses (column ``short_status``):

- ``ok``: words were removed; all that is left is there.
- ``unchanged``: there was nothing to remove and the budget holds all: ``short_text`` is ``text``.
- ``cut``: the budget was reached; ``short_text`` is the head of what removal left.
- ``head``: removal would have left no word, so ``short_text`` is the head of the text itself.
- ``language_unknown``: the language is not known or has no list: ``short_text`` is the head of the text.
- ``empty``: the text is empty or white space; so is ``short_text``.

``short_spans`` are the parts of ``text`` that stay. ``stages.shorten.gaps.join(text, spans)`` puts them
together to exactly ``short_text``; between two spans stands a space, a line break, a blank line or nothing,
by the rule written there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline import document
from pipeline.stage import Resources, Stage, StageError
from stages.columns import with_column
from stages.language import columns_read
from stages.shorten import stop_lists
from stages.shorten.keys import word_key
from stages.shorten.languages import languages_of
from stages.shorten.negations import Negations, negations
from stages.shorten.options import ListFile, ListFiles, ShortenConfig, TokenBudget, WordBudget
from stages.shorten.pieces import pieces
from stages.shorten.removal import Removal, keep_all, remove
from stages.shorten.rules import WordRules
from stages.shorten.words import Flags, blocks, scan

if TYPE_CHECKING:
    from models.language_id.detector import LanguageDetector
    from stages.shorten.document_frequency import FrequentWords
    from stages.shorten.token_budget import TokenCutter

DETECTION_MODEL = "lid.176.ftz"
STATUSES = ("ok", "unchanged", "cut", "head", "language_unknown", "empty")
_OK, _UNCHANGED, _CUT, _HEAD, _LANGUAGE_UNKNOWN, _EMPTY = range(6)


class Shorten(Stage[ShortenConfig]):
    """Shorten each text; see the module for what comes out."""

    name: ClassVar[str] = "shorten"
    version: ClassVar[str] = "1"
    requires = pa.schema([document.TEXT])
    provides = pa.schema([document.SHORT_TEXT_FIELD, document.SHORT_SPANS_FIELD, document.SHORT_STATUS_FIELD])
    resources = Resources(cpus=1.0, memory=512 << 20)
    Config = ShortenConfig

    def __init__(self, config: ShortenConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        self.optional = columns_read(self.config.language)
        self._forget()

    def _forget(self) -> None:
        self._warm = False
        self._removals: dict[str | None, Removal | None] = {}
        self._words_of_file: dict[str, frozenset[str]] = {}
        self._detector: LanguageDetector | None = None
        self._frequent: FrequentWords | None = None
        self._cutter: TokenCutter | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config, "optional": self.optional}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    # -- what a job asks before it starts

    def check(self) -> None:
        """Raise StageError when a list, table, tokenizer or model is missing or unusable."""
        config = self.config
        for path in self._list_files().values():
            stop_lists.file_words(path)
        self._check_protected()
        if config.lists == "spacy":
            stop_lists.spacy_file("en")
        self._check_fixed_language()
        if self._detects():
            self._detection_path()
        if "rare" in config.remove and config.document_frequency is not None:
            from stages.shorten.document_frequency import check_table

            check_table(config.document_frequency, config.rare_below)
        if isinstance(config.budget, TokenBudget):
            self._open_tokenizer(config.budget)

    def models(self) -> Mapping[str, str]:
        """The detection model when the language is detected."""
        if not self._detects():
            return {}
        from models.catalog import entry

        return {DETECTION_MODEL: entry(DETECTION_MODEL).sha256}

    def dependencies(self) -> Mapping[str, str]:
        """Hashes of the files the options name and versions of the lists."""
        config = self.config
        found: dict[str, str] = {}
        files = {
            f"list of {language or 'all languages'}": path for language, path in self._list_files().items()
        }
        if config.document_frequency is not None and "rare" in config.remove:
            files["document_frequency"] = config.document_frequency
        if isinstance(config.budget, TokenBudget):
            files["tokenizer"] = config.budget.tokenizer
            found["tokenizers"] = stop_lists.package_version("tokenizers")
        for what, path in files.items():
            try:
                found[f"{what} sha256"] = stop_lists.sha256_of(path)
            except OSError as error:
                raise StageError(f"shorten: cannot read {path}: {error.strerror or error}") from error
        if "stopwords" in config.remove and config.lists == "stopwordsiso":
            found["stopwordsiso"] = stop_lists.package_version("stopwordsiso")
        if "stopwords" in config.remove and config.lists == "spacy":
            stop_lists.spacy_file("en")
            found["spacy"] = stop_lists.package_version("spacy")
        # Classes of characters and case folding come with Python's Unicode tables.
        found["unicode"] = stop_lists.unicode_version()
        return found

    # -- work

    def warm_up(self) -> None:
        """Load lists, model, table and tokenizer."""
        if self._warm:
            return
        # glibc hands freed memory back to the system, page by page, unless it has once seen a large block
        # come and go. The scanner's arrays come and go all the time: this saves a fifth of its time.
        del [np.empty(24 << 20, np.uint8)][:]
        config = self.config
        self._check_protected()
        self._check_fixed_language()
        self._words_of_file = {
            language: stop_lists.file_words(path) for language, path in self._list_files().items()
        }
        if self._detects():
            from models.language_id.detector import LanguageDetector

            self._detector = LanguageDetector(self._detection_path())
        if "rare" in config.remove and config.document_frequency is not None:
            from stages.shorten.document_frequency import FrequentWords

            self._frequent = FrequentWords.load(config.document_frequency, config.rare_below)
        if isinstance(config.budget, TokenBudget):
            self._cutter = self._open_tokenizer(config.budget)
        self._warm = True

    def close(self) -> None:
        """Release what ``warm_up`` loaded."""
        self._forget()

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Add ``short_text``, ``short_spans`` and ``short_status``."""
        self.warm_up()
        texts = batch.column("text")
        if texts.type != pa.string():
            texts = texts.cast(pa.string())
        rows_of: dict[str | None, list[int]] = {}
        if self._needs_language():
            languages = languages_of(batch, self.config.language, self._detector, self.config.min_confidence)
            for row, language in enumerate(languages):
                rows_of.setdefault(language, []).append(row)
        else:
            rows_of[None] = list(range(len(texts)))

        parts: list[pa.StructArray] = []
        order: list[int] = []
        for language, rows in rows_of.items():
            removal = self._removal(language)
            group = texts if len(rows) == len(texts) else texts.take(pa.array(rows, pa.int64()))
            for first, end in blocks(group):
                parts.append(self._shorten(group.slice(first, end - first), removal))
            order.extend(rows)
        result = _combined(parts, order, self.provides)
        for index, field in enumerate(self.provides):
            batch = with_column(batch, field, result[index])
        return batch

    def _shorten(self, texts: pa.StringArray, removal: Removal | None) -> pa.StructArray:
        config = self.config
        units = scan(texts)
        remaining = keep_all(units) if removal is None else remove(units, removal)
        made = pieces(
            units,
            remaining,
            keep_lines=config.line_breaks == "keep" or removal is None,
            characters=config.budget is not None,
        )
        cut: Flags = np.zeros(len(texts), np.bool_)
        if isinstance(config.budget, WordBudget):
            counts = made.up_to_words(config.budget.words)
            cut = counts < made.counts()
            made = made.head(counts)
        elif self._cutter is not None:
            made, cut = self._cutter.cut(made)

        short, spans = made.texts_and_spans()
        status = np.full(len(texts), _OK, np.int8)
        same = ~remaining.touched
        if config.line_breaks == "space":
            same &= pc.equal(short, texts).to_numpy(zero_copy_only=False)
        status[same] = _UNCHANGED
        status[cut] = _CUT
        status[remaining.emptied] = _HEAD
        if removal is None:
            status[:] = _LANGUAGE_UNKNOWN
        status[np.diff(units.first_units) == 0] = _EMPTY
        names = pa.array(STATUSES).take(pa.array(status))
        return pa.StructArray.from_arrays([short, spans, names], fields=list(self.provides))

    # -- parts

    def _detects(self) -> bool:
        return self.config.language == "detect" and self._needs_language()

    def _needs_language(self) -> bool:
        """Whether the result depends on the language at all."""
        if "stopwords" in self.config.remove and not isinstance(self.config.lists, ListFile):
            return True
        return (
            bool(self.config.remove)
            and set(self.config.remove) != {"punctuation"}
            and self.config.keep_negations
        )

    def _list_files(self) -> dict[str, Any]:
        """The user's lists by language; "" stands for all languages."""
        if "stopwords" not in self.config.remove:
            return {}
        lists = self.config.lists
        if isinstance(lists, ListFile):
            return {"": lists.file}
        if isinstance(lists, ListFiles):
            return {stop_lists.language_code(language): path for language, path in lists.files.items()}
        return {}

    def _stop_words(self, language: str | None) -> frozenset[str] | None:
        """The stop words of a language; None when there is no list."""
        lists = self.config.lists
        if isinstance(lists, ListFile):
            return self._words_of_file[""]
        if language is None:
            return None
        if isinstance(lists, ListFiles):
            return self._words_of_file.get(language)
        if lists == "spacy":
            return stop_lists.spacy_words(language) or None
        return stop_lists.stopwordsiso_words(language) if stop_lists.has_stopwordsiso(language) else None

    def _removal(self, language: str | None) -> Removal | None:
        """What to remove in a language; None: texts of it pass as they are."""
        if language not in self._removals:
            self._removals[language] = self._make_removal(language)
        return self._removals[language]

    def _make_removal(self, language: str | None) -> Removal | None:
        config = self.config
        removes = set(config.remove)
        stop_words = self._stop_words(language) if "stopwords" in removes else frozenset()
        if stop_words is None:
            return None
        frequent = self._frequent
        return Removal(
            rules=WordRules(
                language=language,
                stop_words=stop_words,
                protected=frozenset(word_key(word) for word in config.protect),
                negations=negations(language) if config.keep_negations else Negations(),
                ready_made=isinstance(config.lists, str),
            ),
            stop_words="stopwords" in removes,
            punctuation="punctuation" in removes,
            is_rare=frequent.is_rare if frequent is not None else None,
            recurring="recurring" in removes,
        )

    def _check_protected(self) -> None:
        for word in self.config.protect:
            if stop_lists.not_single_words([word_key(word.strip())]):
                raise StageError(f"shorten: protect: {word!r} is not one word, so no text can hold it as one")

    def _check_fixed_language(self) -> None:
        """A language that is given must have a list."""
        config = self.config
        if not isinstance(config.language, str) or config.language == "detect":
            return
        if "stopwords" not in config.remove:
            return
        language = stop_lists.language_code(config.language)
        if config.lists == "stopwordsiso" and not stop_lists.has_stopwordsiso(language):
            known = ", ".join(stop_lists.stopwordsiso_languages())
        elif config.lists == "spacy" and stop_lists.spacy_file(language) is None:
            known = ", ".join(stop_lists.spacy_languages())
        elif isinstance(config.lists, ListFiles) and language not in self._list_files():
            known = ", ".join(sorted(self._list_files()))
        else:
            return
        raise StageError(
            f"shorten: there is no stop list for language {config.language!r}; lists are there for: {known}"
        )

    def _detection_path(self) -> str:
        from models.catalog import CatalogError, path

        try:
            return str(path(DETECTION_MODEL))
        except CatalogError as error:
            raise StageError(f"shorten: language: detect: {error}", code="model") from error

    def _open_tokenizer(self, budget: TokenBudget) -> TokenCutter:
        from stages.shorten.token_budget import TokenCutter, open_tokenizer, tokens_for_text

        tokenizer = open_tokenizer(budget.tokenizer)
        tokens = tokens_for_text(tokenizer, budget.tokens, special_tokens=budget.special_tokens)
        return TokenCutter(tokenizer, tokens)


def _combined(parts: list[pa.StructArray], order: list[int], schema: pa.Schema) -> list[pa.Array]:
    """Return the columns of the parts in the order of the rows."""
    if not parts:
        return [pa.array([], field.type) for field in schema]
    columns = []
    place = np.argsort(np.array(order, np.int64))
    sorted_already = bool((np.diff(place) > 0).all())
    for index in range(len(schema)):
        column = pa.concat_arrays([part.field(index) for part in parts])
        columns.append(column if sorted_already else column.take(pa.array(place)))
    return columns
