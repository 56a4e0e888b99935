"""Mends what French parsers mix up, where forms and marks leave no doubt.

A tree is a list of UD labels and heads; the root hangs on itself. Each step looks at one confusion.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

_FINITE: Final = frozenset({"VBZ", "VBP", "VBD"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP"})
_OPENINGS: Final = {"afin": ("de", "d'"), "avant": ("de", "d'"), "pour": (), "sans": ()}
_CLITICS: Final = frozenset(
    {"se", "s'", "me", "te", "le", "la", "les", "l'", "lui", "leur", "y", "en", "ne", "pas"}
)


class Tree:
    """A UD tree while it is mended."""

    def __init__(
        self, words: Sequence[str], tags: Sequence[str], labels: Sequence[str], heads: Sequence[int]
    ) -> None:
        """Take parallel sequences; ``words`` in lower case."""
        self.words = words
        self.tags = tags
        self.labels = list(labels)
        self.heads = list(heads)

    def below(self, token: int) -> list[int]:
        """The dependents of a token, in order."""
        return [t for t, head in enumerate(self.heads) if head == token and t != token]

    def child(self, token: int, label: str) -> int | None:
        """The first dependent whose label begins so."""
        return next((t for t in self.below(token) if self.labels[t].startswith(label)), None)

    def subtree(self, token: int) -> set[int]:
        """The token and all below it."""
        found = {token}
        waiting = [token]
        while waiting:
            for below in self.below(waiting.pop()):
                if below not in found:
                    found.add(below)
                    waiting.append(below)
        return found

    def is_finite(self, token: int) -> bool:
        """Whether a verb, or an auxiliary of it, has a tense."""
        return self.tags[token] in _FINITE or any(
            self.tags[t] in _FINITE and self.labels[t].startswith(("aux", "cop")) for t in self.below(token)
        )

    def has_subject(self, token: int) -> bool:
        """Whether a verb has a subject of its own."""
        return self.child(token, "nsubj") is not None or self.child(token, "expl:subj") is not None

    def hang(self, token: int, head: int, label: str) -> None:
        """Give a token another place, unless that is below itself."""
        if token != head and head in self.subtree(token):
            return
        self.heads[token], self.labels[token] = head, label

    def crown(self, token: int, old_label: str) -> None:
        """Make a token the root, and the old root its dependent."""
        root = next(t for t, head in enumerate(self.heads) if head == t)
        self.hang(token, token, "ROOT")
        self.hang(root, token, old_label)


def mend(tree: Tree, saying: Collection[str]) -> None:
    """Apply all steps. ``saying`` are forms of verbs of saying."""
    _marks(tree)
    _noun_for_root(tree)
    _participle_for_root(tree)
    _participles_of_clauses(tree)
    _subordinate_for_root(tree)
    _infinitives(tree)
    _verbs_without_coordinator(tree)
    _inverted_subjects(tree, saying)
    _relatives_astray(tree)


def _marks(tree: Tree) -> None:
    for token, label in enumerate(tree.labels):
        if tree.tags[token] in ("``", "''", ",", ":", ".", "-LRB-", "-RRB-"):
            if tree.heads[token] != token and label != "punct":
                tree.labels[token] = "punct"
        elif tree.words[token] in ("se", "s'") and label in ("obj", "iobj", "expl:pass"):
            tree.labels[token] = "expl:comp"


def _noun_for_root(tree: Tree) -> None:
    """ "Le village où elle est née se trouve ...": the verb hung under the clause that modifies its subject."""
    root = next((t for t, head in enumerate(tree.heads) if head == t), 0)
    if tree.tags[root] not in _NOUNS or tree.child(root, "cop") is not None:
        return
    for clause in tree.below(root):
        if clause < root or not tree.labels[clause].startswith("acl"):
            continue
        for verb in tree.below(clause):
            loose = tree.labels[verb] in ("xcomp", "ccomp", "advcl", "conj", "parataxis", "dep")
            if verb > clause and loose and tree.is_finite(verb) and not tree.has_subject(verb):
                if tree.child(verb, "mark") is not None or tree.child(verb, "cc") is not None:
                    continue
                tree.crown(verb, "nsubj")
                for mark in tree.below(root):
                    if tree.labels[mark] == "punct" and mark > verb:
                        tree.heads[mark] = verb
                return


def _participle_for_root(tree: Tree) -> None:
    """ "Marie, née à Nancy, est médecin.": a participle without auxiliary is not the main verb beside one with tense."""
    root = next((t for t, head in enumerate(tree.heads) if head == t), 0)
    noun = tree.child(root, "nsubj")
    if tree.tags[root] != "VBN" or tree.is_finite(root) or noun is None or noun > root:
        return
    for verb in tree.below(root):
        loose = tree.labels[verb] in ("xcomp", "ccomp", "advcl", "conj", "parataxis", "acl", "dep")
        free = verb > root and loose and tree.is_finite(verb) and not tree.has_subject(verb)
        if free and tree.child(verb, "mark") is None and tree.child(verb, "cc") is None:
            tree.crown(verb, "acl")
            tree.hang(noun, verb, "nsubj")
            tree.hang(root, noun, "acl")
            return


def _participles_of_clauses(tree: Tree) -> None:
    """ "Licencié en droit, il ...", "Après avoir examiné le dossier, les juges ...": of the clause, not of a noun."""
    for token, label in enumerate(tree.labels):
        head = tree.heads[token]
        if tree.tags[token] not in ("VBN", "VBG", "VB") or token > head or tree.is_finite(token):
            continue
        if label.startswith("obl") and tree.tags[token] != "VB" and tree.child(token, "case") is None:
            tree.labels[token] = "advcl"
        elif label == "advcl" and tree.labels[head].startswith("nsubj") and tree.heads[head] > head:
            tree.heads[token] = tree.heads[head]


def _subordinate_for_root(tree: Tree) -> None:
    """ "Lorsqu'elle est arrivée, le musée fermait.": the clause with the subordinator is not the main one."""
    root = next((t for t, head in enumerate(tree.heads) if head == t), 0)
    mark = tree.child(root, "mark")
    if mark is None or any(tree.tags[t][:1].isalpha() for t in range(mark)):
        return
    for clause in tree.below(root):
        free = tree.labels[clause] in ("advcl", "conj", "parataxis", "ccomp")
        if clause < root or not free or not tree.has_subject(clause) or not tree.is_finite(clause):
            continue
        if tree.child(clause, "mark") is None and "," in tree.words[root:clause]:
            tree.crown(clause, "advcl")
            return


def _infinitives(tree: Tree) -> None:
    """ "afin de réduire", "avant d'arriver", "pour payer": the opening words belong to the infinitive."""
    for token, word in enumerate(tree.words):
        if word not in _OPENINGS:
            continue
        following = _OPENINGS[word]
        at = token + 1
        if following and (at >= len(tree.words) or tree.words[at] not in following):
            continue
        at += bool(following)
        while at < len(tree.words) and tree.words[at] in _CLITICS:
            at += 1
        if at >= len(tree.words) or tree.tags[at] != "VB" or tree.heads[at] == at:
            continue
        top = tree.heads[token] if tree.heads[at] in (token, token + 1) else tree.heads[at]
        if top in (at, token) or tree.heads[token] == token or not tree.tags[top].startswith("VB"):
            continue
        tree.hang(at, top, "advcl")
        for opening in range(token, token + 1 + bool(following)):
            tree.hang(opening, at, "mark")


def _verbs_without_coordinator(tree: Tree) -> None:
    """ "La route monte, traverse la forêt et descend": a finite verb is no complement of another without "que"."""
    for token, label in enumerate(tree.labels):
        head = tree.heads[token]
        if label != "xcomp" or tree.tags[token] not in _FINITE or head > token or not tree.is_finite(head):
            continue
        if tree.words[token - 1] == "," and not tree.has_subject(token) and tree.child(token, "mark") is None:
            tree.labels[token] = "conj"


def _inverted_subjects(tree: Tree, saying: Collection[str]) -> None:
    """ "« Nous partons », a annoncé le capitaine.": what follows a verb of saying after a quotation is its subject."""
    for token, label in enumerate(tree.labels):
        if label not in ("parataxis", "conj", "ROOT", "advcl") or tree.words[token] not in saying:
            continue
        first = min([token, *(t for t in tree.below(token) if tree.labels[t].startswith("aux"))])
        if first < 2 or tree.words[first - 1] != "," or tree.has_subject(token):
            continue
        noun = tree.child(token, "obj")
        if noun is not None and noun > token and tree.tags[noun] in _NOUNS:
            tree.labels[noun] = "nsubj"


def _relatives_astray(tree: Tree) -> None:
    """ "Il sort du musée, qui est fermé.": a clause with a relative pronoun belongs to the noun before it."""
    for pronoun, word in enumerate(tree.words):
        if word not in ("qui", "dont") or tree.tags[pronoun] != "WP" or tree.heads[pronoun] == pronoun:
            continue
        noun = pronoun - 2 if tree.words[pronoun - 1] == "," else pronoun - 1
        if noun < 1 or tree.tags[noun] not in _NOUNS:
            continue
        clause = tree.heads[pronoun]
        while not tree.is_finite(clause) and tree.heads[clause] not in (clause, noun) and clause > pronoun:
            clause = tree.heads[clause]
        if (
            tree.heads[clause] == clause
            or tree.labels[clause].startswith("acl")
            or not tree.is_finite(clause)
        ):
            continue
        inside = tree.subtree(clause)
        if noun not in inside and min(t for t in inside if tree.labels[t] != "punct") == pronoun:
            tree.hang(clause, noun, "acl:relcl")
