"""What the parser attaches to the wrong head is attached to the one it agrees with."""

from __future__ import annotations

import pytest

from tests.simplify.parsing import drawn


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a verb without subject has the number and the form of the one it is joined to
        (
            "Some towns have a wall which protects the market, keeps a guard and holds a fair.",
            [
                "Some towns have a wall.",
                "  A wall protects the market.",
                "  A wall keeps a guard.",
                "  A wall holds a fair.",
            ],
        ),
        (
            "She likes using old tools and also works in the garden.",
            ["She likes using old tools.", "She also works in the garden."],
        ),
        (
            "The report states that the engines fail and adds a map.",
            ["The engines fail.", "  This is what the report states.", "The report adds a map."],
        ),
        # a passive goes on with a passive
        (
            "He was arrested after the strike failed and was later released.",
            ["He was arrested.", "  The strike failed.", "He was later released."],
        ),
        # "there" has no verb phrases beside it
        (
            "There are some birds that eat seeds but are able to catch fish.",
            ["There are some birds.", "  Some birds eat seeds.", "  Some birds are able to catch fish."],
        ),
        # a noun between two verbs is the subject of the second
        (
            "Ann has a dog and the cats of Bob are sleeping.",
            ["Ann has a dog.", "The cats of Bob are sleeping."],
        ),
        # every noun with its phrase
        (
            "It borders Kent on the west, Surrey on the east, and Sussex on the north.",
            [
                "It borders Kent on the west.",
                "It borders Surrey on the east.",
                "It borders Sussex on the north.",
            ],
        ),
        # bare nouns go on with the inner list
        (
            "Botany is the study of the soil and its plants, flowers, and trees.",
            [
                "Botany is the study of the soil.",
                "Botany is the study of its plants.",
                "Botany is the study of its flowers.",
                "Botany is the study of its trees.",
            ],
        ),
        # the only verb, if it has a tense, is no participle of the only noun
        (
            "Before 1980, a section of the railway line passed along the western side of the desert.",
            [
                "A section of the railway line passed along the western side of the desert.",
                "  This was before 1980.",
            ],
        ),
        # a noun before a participle is its subject, not a part of a name
        (
            "The moon appears as a disc, the long axis pointing towards the sun.",
            ["The moon appears as a disc.", "  The long axis points towards the sun."],
        ),
        # "as" with a noun is no clause
        (
            "He began his career in Leeds, and as a teenager wrote two plays.",
            [
                "He began his career.",
                "  This was in Leeds.",
                "He wrote two plays.",
                "  This was as a teenager.",
            ],
        ),
    ],
)
def test_an_attachment_that_cannot_be_is_mended(text: str, wanted: list[str]) -> None:
    assert drawn(text) == wanted
