"""What holds for every tree, however odd: parsers err, and rules must not make it worse."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stages.simplify.engine import Split, split
from stages.simplify.lexicon.english import ENGLISH
from stages.simplify.relating import open_equality, open_relate
from stages.simplify.rules.registry import english
from stages.simplify.syntax.relations import CLEAR, ROOT
from stages.simplify.syntax.sentence import Sentence
from tests.simplify.guarantees import (
    assert_bounds_hold,
    assert_links_lead_somewhere,
    assert_texts_have_spans_of_the_source,
)

# words of each tag that rules ask for, and words they do not know
WORDS = {
    "NN": ["doctor", "house", "king", "order"],
    "NNS": ["doctors", "moons"],
    "NNP": ["Paris", "Ann", "May"],
    "PRP": ["he", "it", "them"],
    "CD": ["two", "1990"],
    "DT": ["the", "a", "no", "all"],
    "JJ": ["happy", "first", "only"],
    "RB": ["not", "however", "slowly", "so"],
    "IN": ["in", "of", "because", "if", "after", "that", "by"],
    "TO": ["to"],
    "WDT": ["which", "that"],
    "WP": ["who", "whom"],
    "WP$": ["whose"],
    "WRB": ["where", "when"],
    "CC": ["and", "but", "or"],
    "VBD": ["said", "went", "was", "had"],
    "VBZ": ["says", "is", "has", "goes"],
    "VBP": ["are", "say"],
    "VBG": ["going", "using", "having"],
    "VBN": ["built", "said", "been"],
    "VB": ["go", "be", "say"],
    "MD": ["will"],
    ",": [","],
    "``": ['"'],
    "''": ['"'],
    "-LRB-": ["("],
    "-RRB-": [")"],
    ":": [";", "-"],
}
MARKS = {",", "``", "''", "-LRB-", "-RRB-", ":"}
LABELS = sorted(set(CLEAR.values()) - {ROOT})
FREE = {
    "that",
    "it",
    "being",
    "been",
    "be",
    "having",
    "as",
    "both",
    "either",
    "neither",
    "also",
    "a",
    "an",
    "the",
}
CONTENT = {"NN", "NNS", "NNP", "PRP", "CD", "JJ", "RB", "VBD", "VBZ", "VBP", "VBG", "VBN", "VB", "MD"}
INSERTED = {
    "this", "what", "'s", "'", "a", "an", "there", ".", ",",
    "is", "was", "are", "were", "am", "has", "have", "had",
}  # fmt: skip


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Any tree over any words."""
    size = draw(st.integers(1, 24))
    tags = draw(st.lists(st.sampled_from(sorted(WORDS)), min_size=size, max_size=size))
    words = [draw(st.sampled_from(WORDS[tag])) for tag in tags]
    root = draw(st.integers(0, size - 1))
    heads = [0] * size
    placed = [root]
    heads[root] = root
    for token in draw(st.permutations([t for t in range(size) if t != root])):
        heads[token] = draw(st.sampled_from(placed))
        placed.append(token)
    relations = [
        ROOT if t == root else "punctuation" if tags[t] in MARKS else draw(st.sampled_from(LABELS))
        for t in range(size)
    ]
    starts = list(itertools.accumulate([0, *(len(w) + 1 for w in words[:-1])]))
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return Sentence(words, tags, heads, relations, starts, ends, ENGLISH)


def done(sentence: Sentence) -> Split:
    return split(sentence, english(), open_relate(), (), open_equality())


any_tree = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@any_tree
@given(sentences())
def test_no_word_with_content_gets_lost(sentence: Sentence) -> None:
    found = done(sentence)
    if not found.propositions:
        return
    said = {at for one in found.propositions for start, end in one.spans for at in range(start, end)}
    cues = " ".join(link.cue or "" for one in found.propositions for link in one.links).lower().split()
    for token, tag in enumerate(sentence.tags):
        word = sentence.lowers[token]
        if tag in CONTENT and word not in FREE:
            assert sentence.starts[token] in said or word in cues, (sentence.words, word)


@any_tree
@given(sentences())
def test_links_lead_somewhere_and_contexts_hang_on_something(sentence: Sentence) -> None:
    assert_links_lead_somewhere(done(sentence).propositions)


@any_tree
@given(sentences())
def test_bounds_hold(sentence: Sentence) -> None:
    assert_bounds_hold(done(sentence).propositions)


def test_marks_alone_are_no_proposition() -> None:
    words = ['"', '"', '"', "said"]
    relations = [ROOT, "punctuation", "punctuation", "parataxis"]
    sentence = Sentence(
        words, ["''", "''", "''", "VBD"], [0, 0, 0, 0], relations, [0, 2, 4, 6], [1, 3, 5, 10], ENGLISH
    )
    assert done(sentence).propositions == ()


def test_a_title_that_hangs_on_the_first_part_of_a_name_is_no_error() -> None:
    words = ["The", "singer", "Ann", "Lee", "left"]
    relations = ["determiner", "compound", "compound", "subject", ROOT]
    tags, heads, starts = ["DT", "NN", "NNP", "NNP", "VBD"], [3, 2, 3, 4, 4], [0, 4, 11, 15, 19]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    sentence = Sentence(words, tags, heads, relations, starts, ends, ENGLISH)
    assert [one.text for one in done(sentence).propositions] == ["Ann Lee left", "Ann Lee was the singer"]


@any_tree
@given(sentences())
def test_every_proposition_has_text_and_ordered_spans_of_the_source(sentence: Sentence) -> None:
    assert_texts_have_spans_of_the_source(sentence, done(sentence).propositions)


@any_tree
@given(sentences())
def test_what_is_put_in_is_of_a_closed_list(sentence: Sentence) -> None:
    """All else is of the source, or a form of a word of the source."""
    from stages.simplify.realisation.morphology import SUBJECT_CASE, lemma

    own = {*sentence.lowers, *(SUBJECT_CASE.get(word, word).lower() for word in sentence.lowers)}
    own |= {"not", "will", "can", "shall"}  # what clitics of the source stand for
    lemmas = {lemma(word) for word in sentence.lowers}
    for one in done(sentence).propositions:
        for word in one.text.lower().replace("(", "( ").replace(")", " )").replace('"', ' " ').split():
            bare = word.strip(".,;:")
            plain = bare.removesuffix("'s").removesuffix("'")
            assert (
                not bare
                or {bare, plain} & own
                or bare in INSERTED
                or lemma(bare) in lemmas
                or not bare.isalpha()
            ), (sentence.words, one.text, word)


@any_tree
@given(sentences())
def test_the_same_tree_gives_the_same_result(sentence: Sentence) -> None:
    assert done(sentence) == done(sentence)
