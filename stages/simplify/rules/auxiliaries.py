"""Auxiliaries that coordinated verb phrases share (Quirk et al. 1985, 13.2-13.55; Huddleston and Pullum 2002, ch. 15)."""

from __future__ import annotations

from stages.simplify.realisation.frames import SharedSubject
from stages.simplify.realisation.items import Item
from stages.simplify.realisation.morphology import inflect, lemma
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit


def shared_auxiliaries(s: Sentence, unit: Unit, token: int, cue: list[str]) -> tuple[Item, ...] | None:
    """Auxiliaries that a conjunct takes from the head of its unit: "has been seen and [has been] heard".

    None when its form does not fit, so that it is no conjunct of the verb phrase.
    """
    tag = s.tags[token]
    own = s.auxiliaries(token)
    if any(s.tags[t] in ("VBD", "VBP", "VBZ", "MD") for t in own):
        return ()
    if own and s.tags[own[0]] == "TO":
        return None
    head = unit.head
    if (
        tag == "VBD"
        and s.find(token, rel.AGENT) is not None
        and s.find(head, rel.PASSIVE_AUXILIARY) is not None
    ):
        tag = "VBN"  # "was read, and used by all"
    if not own and tag in ("VBD", "VBP", "VBZ", "MD"):
        return ()
    lent: list[Item] = []
    given = s.auxiliaries(head)
    if "be" in _KINDS.get(s.lowers[head], ()) and tag in ("VBN", "VBG"):
        given = [*given, head]  # "is warm and [is] heated by the sea"
    if not given and isinstance(unit.frame, SharedSubject):
        lent = list(unit.frame.auxiliaries)
        given = [t for t in lent if isinstance(t, int)]
    kinds = {s.tags[t] for t in given} | {kind for t in given for kind in _KINDS.get(s.lowers[t], ())}
    form = s.tags[own[0]] if own else tag
    if not own and form == "VB" and s.tags[head] in ("VBD", "VBN") and _is_past_too(s, token):
        return ()
    if not own and form == "VB" and kinds == {"be", "VBP"}:
        return ()  # "they are read and require care"
    if form == "VB" and not kinds & {"MD", "TO", "do"}:
        # a finite verb that was tagged as a base form, if its subject lets it look so
        return () if not given and s.tags[head] in ("VBP", "VB") else None
    if form == "VBN" and not kinds & {"have", "be"}:
        return () if not given and s.tags[head] in ("VBD", "VBN") else None
    if form == "VBG" and "be" not in kinds:
        return None
    copied: list[Item] = []
    for t in lent or given:
        kind = _KINDS.get(s.lowers[t], ()) if isinstance(t, int) else ()
        if (
            form == "VB"
            and ("have" in kind or "be" in kind)
            and kinds & {"MD", "TO"}
            and t != (lent or given)[0]
        ):
            continue
        copied.append(_full_form(s, t) if isinstance(t, int) else t)
    if "but" not in cue:
        negation = s.find(head, rel.NEGATION)
        if negation is not None and negation < head:
            copied.insert(1, (negation, "not") if s.lowers[negation] in ("n't", "n’t") else negation)
    return tuple(copied)


def _is_past_too(s: Sentence, token: int) -> bool:
    """ "quit", "put": the past looks like the base form."""
    word = s.lowers[token]
    return lemma(word) == word and inflect(word, "VBD", (word,)) == word


_KINDS = {
    **dict.fromkeys(("have", "has", "had", "having", "'ve", "’ve"), ("have",)),
    **dict.fromkeys(
        ("am", "is", "are", "was", "were", "be", "been", "being", "'m", "'re", "’m", "’re"), ("be",)
    ),
    **dict.fromkeys(("do", "does", "did"), ("do",)),
    **dict.fromkeys(("'s", "’s"), ("be", "have")),
    **dict.fromkeys(("to",), ("TO",)),
}


_FULL = {
    "'ll": "will",
    "’ll": "will",
    "'ve": "have",
    "’ve": "have",
    "'re": "are",
    "’re": "are",
    "'m": "am",
    "’m": "am",
    "wo": "will",
    "ca": "can",
    "sha": "shall",
}


def _full_form(s: Sentence, token: int) -> Item:
    full = _FULL.get(s.lowers[token])
    return (token, full) if full else token
