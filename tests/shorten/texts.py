"""Texts that hypothesis makes: whatever Unicode holds, with much of what the scanner looks at."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.document import normalise

WORDS = """
    the a of to is not no and patient fever mg 5 -5 3.5 1,000 10^9 12:30 % °C $5 x-ray don't it's
    l'eau d'un qu'il n'est Zürich STRASSE straße İçin ΣΊΣΥΦΟΣ σίσυφος не и врач ﬁ é ’ ' " ( ) « » , . ; :
    (the the), (of) is. "a" … ! ? - – — / he/she mg/l and/or C++ #x @y &
    我们 的 猫 。 ， ไทย การ กับ の ねこ 한국어 가 नहीं है
"""
PIECES = [
    *WORDS.split(),
    "\u200d", "\ufe0f", "❤\ufe0f", "\u00ad", "\u200b", "😀", "\x00", "\ufeff", "\u0301",
    " ", " ", " ", "  ", "\n", "\n\n", " \n \n", "\t", "\u00a0", "\u3000", "\u2028", "\x85",
]  # fmt: skip

mixed = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map(
    lambda pieces: normalise("".join(pieces))
)
running = st.lists(st.sampled_from(PIECES), max_size=60).map(lambda pieces: normalise(" ".join(pieces)))
texts = st.one_of(mixed, running, st.text(max_size=60).map(normalise))
