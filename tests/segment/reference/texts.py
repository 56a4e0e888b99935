"""Texts on which docmill and wtpsplit are compared. Written for this purpose."""

from __future__ import annotations

TEXTS = [
    "The kettle sang. Nobody moved, not even the cat!  Then Mr. Bell got up (slowly) and poured the tea.",
    "no capitals no marks just words that go on and on until somebody stops them or the page ends here",
    "One line\nanother line\n\nA paragraph after a blank line.\tTabs, too. ½ cup — “quoted” … end",
    "今天下雨。我们在家喝茶，看书。你呢？",
    "Die Brücke war gesperrt. Wir nahmen die Fähre; sie kostete 2,50 €. Naïve café, ﬁnally ﬂat!",
    "  leading and trailing spaces   ",
    "x",
    "Long: " + " ".join(f"sentence number {i} speaks of item {i * 7 % 13}." for i in range(60)),
]
