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
    relations, tags = s.relations, s.tags
    for token in range(len(s)):
        relation = relations[token]
        if relation not in _MENDED and tags[token] not in _PRONOUNS:
            continue
        if tags[token] in _PRONOUNS:
            mend_pronoun(s, token)
        elif relation == rel.CONJUNCT:
            if s.is_verb(token):
                mend_verb(s, token)
            else:
                mend_noun(s, token)
        elif relation == rel.OBJECT:
            mend_second_object(s, token)
        elif relation == rel.ADVERBIAL_CLAUSE:
            mend_infinitive(s, token)
        elif relation == rel.SUBJECT:
            mend_second_subject(s, token)
        elif relation in (rel.NOUN_ADVERB, rel.APPOSITION):
            mend_gap(s, token)
            mend_name(s, token)
            mend_absolute(s, token)
        elif relation == rel.PREPOSITION:
            mend_with(s, token)


_PRONOUNS = frozenset({"WDT", "WP", "WRB"})
_MENDED = frozenset(
    {
        rel.CONJUNCT,
        rel.OBJECT,
        rel.ADVERBIAL_CLAUSE,
        rel.SUBJECT,
        rel.NOUN_ADVERB,
        rel.APPOSITION,
        rel.PREPOSITION,
    }
)
