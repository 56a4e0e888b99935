"""Colours can be told apart, in light and in dark."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = (resources.files("pipeline.report") / "report.css").read_text(encoding="utf-8")


LABELS = (resources.files("pipeline.inspection") / "labels.css").read_text(encoding="utf-8")


def colours(scheme: str) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    assert len(blocks) == 2
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[0]))
    if scheme == "dark":
        dark = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1]))
        assert dark.keys() == found.keys()
        return dark
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("words", ["ink", "soft", "link", "good", "bad"])
@pytest.mark.parametrize("ground", ["page", "surface"])
def test_words_have_a_contrast_of_four_and_a_half(scheme: str, words: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[words], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_banner_can_be_read(scheme: str) -> None:
    found = colours(scheme)
    assert contrast(found["ink"], found["bad-surface"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shape", ["bar", "warn", "soft", *(f"k{i}" for i in range(6))])
def test_shapes_stand_out_from_what_is_behind_them(scheme: str, shape: str) -> None:
    found = colours(scheme)
    assert contrast(found[shape], found["surface"]) >= 3
    assert contrast(found[shape], found["track"]) >= 3


def test_every_colour_used_is_defined_in_both_schemes() -> None:
    # the colour of an element's parser, a number that the element gives, the colour of a label (labels.css)
    own = {"own", "v", "out"}
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= colours("light").keys() | own
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", CSS)) <= {
        *colours("light").values(),
        *colours("dark").values(),
        "#fff",
    }


@pytest.mark.parametrize(("scheme", "letter"), [("light", "l"), ("dark", "d")])
def test_names_of_labels_can_be_read_in_their_colours(scheme: str, letter: str) -> None:
    found = dict(re.findall(rf"--({letter}[0-9x]): (#[0-9a-f]{{6}});", LABELS))
    assert len(found) == 11
    assert len(set(found.values())) == 11
    for ground in ("page", "surface"):
        assert min(contrast(colour, colours(scheme)[ground]) for colour in found.values()) >= 4.5


def test_labels_differ_by_more_than_colour() -> None:
    outlines = re.findall(r"\.l[0-9] \{.*?--dash: ([^;]+);(?: --heavy: ([^;]+);)? \}", LABELS)
    assert len(outlines) == 10
    assert len(set(outlines)) == 10
