"""What holds for every tree of Universal Dependencies, however odd: the same as for English."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stages.simplify.engine import Split, split
from stages.simplify.lexicon.french import FRENCH
from stages.simplify.realisation.french.conjugation import imperfect, indicative, present, without_agreement
from stages.simplify.relating import relate_french
from stages.simplify.rules.french.registry import french
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.syntax.ud import LABELS
from stages.simplify.syntax.ud_french import sentence
from tests.simplify.guarantees import (
    assert_bounds_hold,
    assert_links_lead_somewhere,
    assert_texts_have_spans_of_the_source,
)

FINITE = {"VerbForm": "Fin", "Mood": "Ind", "Number": "Sing", "Tense": "Pres"}
# word, part of speech, features
WORDS: list[tuple[str, str, dict[str, str]]] = [
    ("médecin", "NOUN", {"Number": "Sing"}),
    ("maisons", "NOUN", {"Number": "Plur"}),
    ("ami", "NOUN", {"Number": "Sing"}),
    ("Paris", "PROPN", {}),
    ("Anne", "PROPN", {}),
    ("il", "PRON", {}),
    ("elle", "PRON", {}),
    ("ce", "PRON", {}),
    ("qui", "PRON", {"PronType": "Rel"}),
    ("que", "PRON", {"PronType": "Rel"}),
    ("dont", "PRON", {"PronType": "Rel"}),
    ("où", "PRON", {"PronType": "Rel"}),
    ("lequel", "PRON", {"PronType": "Rel"}),
    ("le", "DET", {}),
    ("une", "DET", {}),
    ("tous", "DET", {}),
    ("deux", "NUM", {}),
    ("1990", "NUM", {}),
    ("grand", "ADJ", {}),
    ("ne", "ADV", {"Polarity": "Neg"}),
    ("pas", "ADV", {"Polarity": "Neg"}),
    ("souvent", "ADV", {}),
    ("de", "ADP", {}),
    ("au", "ADP", {}),
    ("pour", "ADP", {}),
    ("en", "ADP", {}),
    ("que", "SCONJ", {}),
    ("si", "SCONJ", {}),
    ("quand", "SCONJ", {}),
    ("et", "CCONJ", {}),
    ("mais", "CCONJ", {}),
    ("dit", "VERB", FINITE),
    ("arrive", "VERB", FINITE),
    ("mangeait", "VERB", {**FINITE, "Tense": "Imp"}),
    ("est", "AUX", FINITE),
    ("ont", "AUX", {**FINITE, "Number": "Plur"}),
    ("soit", "AUX", {**FINITE, "Mood": "Sub"}),
    ("achetées", "VERB", {"VerbForm": "Part", "Tense": "Past"}),
    ("né", "VERB", {"VerbForm": "Part", "Tense": "Past"}),
    ("arrivant", "VERB", {"VerbForm": "Part", "Tense": "Pres"}),
    ("ayant", "AUX", {"VerbForm": "Part", "Tense": "Pres"}),
    ("payer", "VERB", {"VerbForm": "Inf"}),
    (",", "PUNCT", {}),
    (";", "PUNCT", {}),
    ("«", "PUNCT", {}),
    ("»", "PUNCT", {}),
    ("(", "PUNCT", {}),
    (")", "PUNCT", {}),
    ("-", "PUNCT", {}),
]
INSERTED = {
    "ceci", "ce", "que", "qui", "là", "le", "les", "du", "des", "au", "aux", "de", "à", "été", "l", "d", "qu", "n", "j",
    "suis", "es", "est", "sommes", "êtes", "sont", "étais", "était", "étions", "étiez", "étaient",
    "ai", "as", "a", "avons", "avez", "ont", "avais", "avait", "avions", "aviez", "avaient", "il", "elle", "se", "s",
}  # fmt: skip
UD = sorted(set(LABELS) - {"ROOT"})


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Any UD tree over any words."""
    some = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=22))
    size = len(some)
    root = draw(st.integers(0, size - 1))
    heads = [0] * size
    placed = [root]
    heads[root] = root
    for token in draw(st.permutations([t for t in range(size) if t != root])):
        heads[token] = draw(st.sampled_from(placed))
        placed.append(token)
    labels = [
        "ROOT" if t == root else "punct" if some[t][1] == "PUNCT" else draw(st.sampled_from(UD))
        for t in range(size)
    ]
    words = [word for word, _, _ in some]
    starts = list(itertools.accumulate([0, *(len(word) + 1 for word in words[:-1])]))
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return sentence(
        words, [pos for _, pos, _ in some], [f for _, _, f in some], labels, heads, starts, ends, FRENCH
    )


def done(some: Sentence) -> Split:
    return split(some, french(), relate_french)


any_tree = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@any_tree
@given(sentences())
def test_reshaping_and_mending_keep_a_tree(some: Sentence) -> None:
    for token in range(len(some)):
        seen = set()
        while some.heads[token] != token:
            assert token not in seen
            seen.add(token)
            token = some.heads[token]
        assert token == some.root


@any_tree
@given(sentences())
def test_no_word_with_content_gets_lost(some: Sentence) -> None:
    found = done(some)
    if not found.propositions:
        return
    said = {at for one in found.propositions for start, end in one.spans for at in range(start, end)}
    cues = " ".join(link.cue or "" for one in found.propositions for link in one.links).lower().split()
    for token, tag in enumerate(some.tags):
        if tag[:2] in ("NN", "CD", "JJ") or (tag[:2] == "VB" and some.lowers[token] not in FRENCH.free_words):
            assert some.starts[token] in said or some.lowers[token] in cues, (some.words, some.words[token])


@any_tree
@given(sentences())
def test_links_lead_somewhere_and_contexts_hang_on_something(some: Sentence) -> None:
    assert_links_lead_somewhere(done(some).propositions)


@any_tree
@given(sentences())
def test_bounds_hold_and_texts_have_spans_of_the_source(some: Sentence) -> None:
    assert_bounds_hold(done(some).propositions)
    assert_texts_have_spans_of_the_source(some, done(some).propositions)


@any_tree
@given(sentences())
def test_what_is_put_in_is_of_a_closed_list(some: Sentence) -> None:
    """All else is of the source, or a form of a word of the source."""
    own = set(some.lowers)
    for word in some.lowers:
        forms = [indicative(word), without_agreement(word), present(word, False), present(word, True)]
        forms += [imperfect(word, who) for who in range(6)]
        own.update(form for form in forms if form)
    for one in done(some).propositions:
        cleaned = "".join(" " if c in "'’(),;.«»-" else c for c in one.text.lower())
        for word in cleaned.split():
            assert word in own or word in INSERTED, (some.words, one.text, word)


@any_tree
@given(sentences())
def test_the_same_tree_gives_the_same_result(some: Sentence) -> None:
    assert done(some) == done(some)
