"""French sentences through spaCy, and its UD trees as our rules see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stages.simplify.lexicon.lexicon import Lexicon
from stages.simplify.parsing import Parser
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.syntax.ud_french import sentence

UNUSED = ("ner", "attribute_ruler", "lemmatizer", "senter")


class FrenchParser(Parser):
    """As ``Parser``, with parts of speech and features, which French models tell instead of Penn tags."""

    def __init__(self, package: str, lexicon: Lexicon) -> None:
        """Load the model. Raises OSError when the package is not installed."""
        import spacy

        super().__init__(spacy.load(package, exclude=list(UNUSED)), lexicon, {})

    def view(self, doc: Any, shift: Sequence[int] | int = 0, text: str | None = None) -> Sentence | None:
        """A parsed spaCy document as rules see it; None when it is not one tree."""
        if isinstance(shift, int):
            starts = [token.idx + shift for token in doc]
            ends = [token.idx + len(token) + shift for token in doc]
        else:
            starts = [shift[token.idx] for token in doc]
            ends = [shift[token.idx + len(token) - 1] + 1 for token in doc]
        try:
            found = sentence(
                [token.text for token in doc],
                [token.pos_ for token in doc],
                [token.morph.to_dict() for token in doc],
                [token.dep_ for token in doc],
                [token.head.i for token in doc],
                starts,
                ends,
                self._lexicon,
            )
            return None if _is_headless(found) else found
        except ValueError:
            return None


def _is_headless(s: Sentence) -> bool:
    """Whether the main verb has a tense and no subject, or a subordinator: then the parse went wrong, or it is an
    order."""
    if s.find(s.root, rel.MARKER) is not None:
        return True
    return s.finite(s.root) is not None and s.subject(s.root) is None
