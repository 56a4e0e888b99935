"""Trees of Universal Dependencies in our shape, and what French parsers mix up, by hand-written trees."""

from __future__ import annotations

from stages.simplify.lexicon.french import FRENCH
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.syntax.ud import reshape
from stages.simplify.syntax.ud_french import sentence
from stages.simplify.syntax.ud_french_mending import Tree, mend


def shaped(words: str, labels: str, heads: list[int], verbs: set[int]) -> dict[str, tuple[str, str]]:
    """Word to its relation and the word it hangs on."""
    names = words.split()
    size = len(names)
    found, relations = reshape(labels.split(), heads, [t in verbs for t in range(size)], [False] * size)
    return {names[t]: (relations[t], names[found[t]]) for t in range(size)}


def test_a_copula_heads_its_clause() -> None:
    found = shaped("Anne est médecin", "nsubj cop ROOT", [2, 2, 2], {1})
    assert found == {"Anne": ("subject", "est"), "est": ("root", "est"), "médecin": ("predicate", "est")}


def test_what_looks_like_a_copula_of_a_participle_is_an_auxiliary() -> None:
    found = shaped("Anne est partie", "nsubj cop ROOT", [2, 2, 2], {1, 2})
    assert found["est"] == ("passive_auxiliary", "partie")
    assert found["partie"] == ("root", "partie")


def test_a_preposition_heads_its_phrase() -> None:
    found = shaped("Anne habite à Lyon", "nsubj ROOT case obl:arg", [1, 1, 3, 1], {1})
    assert found["à"] == ("preposition", "habite")
    assert found["Lyon"] == ("preposition_object", "à")


def test_conjuncts_hang_on_each_other_and_coordinators_beside_them() -> None:
    words = "chante , danse et rit"
    found = shaped(words, "ROOT punct conj cc conj", [0, 2, 0, 4, 0], {0, 2, 4})
    assert found["danse"] == ("conjunct", "chante")
    assert found["rit"] == ("conjunct", "danse")
    assert found["et"] == ("coordinator", "danse")


def test_a_verb_under_the_clause_of_its_subject_becomes_the_root() -> None:
    tree = Tree(
        ["le", "village", "où", "elle", "vit", "brûle"],
        ["DT", "NN", "WRB", "PRP", "VBZ", "VBZ"],
        ["det", "ROOT", "obl", "nsubj", "acl:relcl", "xcomp"],
        [1, 1, 4, 4, 1, 4],
    )
    mend(tree, set())
    assert (tree.heads[5], tree.labels[5]) == (5, "ROOT")
    assert (tree.heads[1], tree.labels[1]) == (5, "nsubj")


def test_the_clause_with_the_subordinator_is_not_the_main_one() -> None:
    tree = Tree(
        ["quand", "il", "vint", ",", "elle", "partit"],
        ["IN", "PRP", "VBD", ",", "PRP", "VBD"],
        ["mark", "nsubj", "ROOT", "punct", "nsubj", "advcl"],
        [2, 2, 2, 2, 5, 2],
    )
    mend(tree, set())
    assert (tree.heads[5], tree.labels[5]) == (5, "ROOT")
    assert (tree.heads[2], tree.labels[2]) == (5, "advcl")


def test_a_relative_clause_belongs_to_the_noun_before_it() -> None:
    tree = Tree(
        ["il", "sort", "du", "musée", ",", "qui", "ferme"],
        ["PRP", "VBZ", "IN", "NN", ",", "WP", "VBZ"],
        ["nsubj", "ROOT", "case", "obl", "punct", "nsubj", "ccomp"],
        [1, 1, 3, 1, 6, 6, 1],
    )
    mend(tree, set())
    assert (tree.heads[6], tree.labels[6]) == (3, "acl:relcl")


def test_what_follows_a_verb_of_saying_after_a_quotation_is_its_subject() -> None:
    tree = Tree(
        ["nous", "partons", ",", "annonce", "le", "capitaine"],
        ["PRP", "VBP", ",", "VBZ", "DT", "NN"],
        ["nsubj", "ROOT", "punct", "parataxis", "det", "obj"],
        [1, 1, 3, 1, 5, 3],
    )
    mend(tree, {"annonce"})
    assert tree.labels[5] == "nsubj"


def french(
    words: str, pos: str, labels: str, heads: list[int], features: dict[int, dict[str, str]]
) -> Sentence:
    names = words.split()
    starts = [sum(len(w) + 1 for w in names[:t]) for t in range(len(names))]
    return sentence(
        names,
        pos.split(),
        [features.get(t, {}) for t in range(len(names))],
        labels.split(),
        heads,
        starts,
        [start + len(word) for start, word in zip(starts, names, strict=True)],
        FRENCH,
    )


def test_tags_are_those_of_penn_by_forms_and_features() -> None:
    found = french(
        "Elles mangeaient et parties chantent pour rire en dansant",
        "PRON VERB CCONJ VERB VERB ADP VERB ADP VERB",
        "nsubj ROOT cc conj conj mark advcl mark advcl",
        [1, 1, 3, 1, 1, 6, 1, 8, 1],
        {
            1: {"VerbForm": "Fin", "Tense": "Imp", "Number": "Plur"},
            3: {"VerbForm": "Part", "Tense": "Past"},
            4: {"VerbForm": "Fin", "Tense": "Pres", "Number": "Plur"},
            6: {"VerbForm": "Inf"},
            8: {"VerbForm": "Part", "Tense": "Pres"},
        },
    )
    assert found.tags == ["PRP", "VBD", "CC", "VBN", "VBP", "IN", "VB", "IN", "VBG"]


def test_a_pronoun_that_means_nobody_is_no_subject() -> None:
    rain = french(
        "Il pleut", "PRON VERB", "expl:subj ROOT", [1, 1], {1: {"VerbForm": "Fin", "Tense": "Pres"}}
    )
    work = french(
        "Il chante", "PRON VERB", "expl:subj ROOT", [1, 1], {1: {"VerbForm": "Fin", "Tense": "Pres"}}
    )
    assert rain.relations[0] == "expletive"
    assert work.relations[0] == "subject"


def test_two_noun_phrases_before_a_verb_are_a_subject_and_its_apposition() -> None:
    found = french(
        "Jean , le directeur , dort",
        "PROPN PUNCT DET NOUN PUNCT VERB",
        "obl punct det nsubj punct ROOT",
        [5, 5, 3, 5, 5, 5],
        {5: {"VerbForm": "Fin", "Tense": "Pres"}},
    )
    assert found.relations[0] == "subject"
    assert (found.heads[3], found.relations[3]) == (0, "apposition")
