"""Where a tree cannot be right: dependents that the form of words gives to another head.

Parsers of modest size attach a conjunct to the main verb when a clause stands between. Agreement tells better: verbs
without a subject share that of the verb they are joined to, so they have its number and its form (Quirk et al. 1985,
13.44-13.52).
"""

from __future__ import annotations

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.mending.nouns import mend_gap, mend_name, mend_noun, mend_second_object
from stages.simplify.syntax.mending.subjects import (
    mend_absolute,
    mend_name_after_time,
    mend_root,
    mend_second_subject,
    mend_with,
)
from stages.simplify.syntax.mending.verbs import mend_infinitive, mend_pronoun, mend_verb
from stages.simplify.syntax.sentence import Sentence


def mend(s: Sentence) -> None:
    """Attach anew, in place, what cannot hang where it does and can elsewhere. English only: tags tell agreement."""
    if s.lexicon.language != "en":
        return
    mend_root(s)
    mend_name_after_time(s)
    for token, relation in enumerate(s.relations):
        if s.tags[token] in _PRONOUNS:
            mend_pronoun(s, token)
            continue
        for mending in _MENDINGS.get(relation, ()):
            mending(s, token)


def _mend_conjunct(s: Sentence, token: int) -> None:
    if s.is_verb(token):
        mend_verb(s, token)
    else:
        mend_noun(s, token)


_PRONOUNS = frozenset({"WDT", "WP", "WRB"})
_MENDINGS = {
    rel.CONJUNCT: (_mend_conjunct,),
    rel.OBJECT: (mend_second_object,),
    rel.ADVERBIAL_CLAUSE: (mend_infinitive,),
    rel.SUBJECT: (mend_second_subject,),
    rel.NOUN_ADVERB: (mend_gap, mend_name, mend_absolute),
    rel.APPOSITION: (mend_gap, mend_name, mend_absolute),
    rel.PREPOSITION: (mend_with,),
}
