"""The vectorised stage does what the plain reference does, on any Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.shorten.gaps import join
from stages.shorten.keys import word_key
from stages.shorten.negations import negations
from stages.shorten.rules import WordRules
from stages.shorten.stage import Shorten
from stages.shorten.stop_lists import stopwordsiso_words
from tests.shorten import reference
from tests.shorten.shortening import batch_of, rows, shorten_all
from tests.shorten.texts import texts

LANGUAGES = ("en", "fr", "ru", "zh", "tr")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@given(documents=st.lists(texts, max_size=4), punctuation=st.booleans(), recurring=st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_stage_equals_the_reference(
    language: str, documents: list[str], punctuation: bool, recurring: bool
) -> None:
    remove = ["stopwords"] + ["punctuation"] * punctuation + ["recurring"] * recurring
    rules = WordRules(language, stopwordsiso_words(language), negations=negations(language))
    made = shorten_all(documents, language=language, remove=remove)
    expected = [
        reference.shorten(text, rules, punctuation=punctuation, recurring=recurring) for text in documents
    ]
    assert [(one.text, one.spans) for one in made] == expected


OPTIONS = st.fixed_dictionaries(
    {
        "language": st.sampled_from(LANGUAGES),
        "remove": st.lists(
            st.sampled_from(["stopwords", "punctuation", "recurring"]), unique=True, max_size=3
        ),
        "line_breaks": st.sampled_from(["keep", "space"]),
        "budget": st.one_of(st.none(), st.integers(1, 12).map(lambda n: {"words": n})),
    }
)


@given(text=texts, options=OPTIONS)
@settings(max_examples=200, deadline=None)
def test_spans_and_joiner_reproduce_the_short_text(text: str, options: dict) -> None:
    (made,) = shorten_all([text], **options)
    assert join(text, made.spans, line_breaks=options["line_breaks"]) == made.text
    edges = [edge for span in made.spans for edge in span]
    assert edges == sorted(edges), "spans are ascending and disjoint"
    assert all(start < end for start, end in made.spans)


@given(text=texts, options=OPTIONS)
@settings(max_examples=200, deadline=None)
def test_shortening_twice_changes_nothing(text: str, options: dict) -> None:
    (once,) = shorten_all([text], **options)
    (twice,) = shorten_all([once.text], **options)
    assert twice.text == once.text


@given(text=texts, options=OPTIONS)
@settings(max_examples=100, deadline=None)
def test_never_empty_and_never_longer(text: str, options: dict) -> None:
    (made,) = shorten_all([text], **options)
    assert bool(made.text) == bool(text.strip())
    assert len(made.text) <= len(text)
    assert (made.status == "empty") == (not text.strip())


@given(documents=st.lists(texts, min_size=1, max_size=9), options=OPTIONS)
@settings(max_examples=60, deadline=None)
def test_company_in_a_batch_does_not_matter(documents: list[str], options: dict) -> None:
    stage = Shorten(**options)
    whole = rows(stage.process(batch_of(documents)))
    for size in (1, 7):
        parts = [
            short
            for first in range(0, len(documents), size)
            for short in rows(stage.process(batch_of(documents).slice(first, size)))
        ]
        assert parts == whole


@given(word=st.text(max_size=8))
def test_the_key_of_a_key_is_itself(word: str) -> None:
    assert word_key(word_key(word)) == word_key(word)
