"""The held-out documents of benchmarks/clinical_pages: what they say, and labels read back from their colours."""

from __future__ import annotations

import io
import random
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from benchmarks.clinical_pages import office, pages
from benchmarks.clinical_pages.case import KINDS, Case, Writer
from benchmarks.clinical_pages.ink import LABELS, ink, label_of
from benchmarks.clinical_pages.regions import regions
from benchmarks.clinical_pages.sources import Sources
from models.line_labeller import labels

_SENTENCES = [f"Sentence number {number} of a quiet case." for number in range(40)]
_SOURCES = Sources(
    {"fr": [_SENTENCES] * 3, "en": [_SENTENCES] * 3},
    [[("EXAM", ["Quiet."]), ("PLAN", ["• Rest."]), ("RESULTS", ["None."]), ("REVIEW", ["Well."])]],
)


def _pdf(*texts: tuple[float, float, str, str]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800))
    for x, y, label, text in texts:
        canvas.setFillColor(HexColor(ink(label, "#205080")))
        canvas.drawString(x, 800 - y, text)
    canvas.save()
    return out.getvalue()


def _case(half: str, language: str, kind: str, seed: int = 0) -> Case:
    return Writer(random.Random(seed), _SOURCES, half).case(language, kind, 1.0)


def _label_at(found: dict, x: float, y: float) -> str:
    holding = [
        region
        for region in found["regions"]
        if region["bbox"][0] <= x <= region["bbox"][2] and region["bbox"][1] <= y <= region["bbox"][3]
    ]
    return min(holding, key=lambda r: (r["bbox"][2] - r["bbox"][0]) * (r["bbox"][3] - r["bbox"][1]))["label"]


def test_the_labels_are_those_of_the_labeller() -> None:
    assert LABELS == labels.LABELS


@given(st.sampled_from(LABELS), st.integers(0, 0xFFFFFF))
def test_any_colour_can_carry_any_label(label: str, colour: int) -> None:
    carried = ink(label, f"#{colour:06x}")

    assert label_of(int(carried[5:7], 16)) == label


def test_each_label_has_its_region_on_a_line_with_others() -> None:
    found = regions(_pdf((40, 100, "left_note", "Dr Quiet"), (200, 100, "body", "The patient is well.")))

    assert [region["label"] for region in found["regions"]] == ["left_note", "body"]
    assert _label_at(found, 60, 97) == "left_note"
    assert _label_at(found, 240, 97) == "body"


def test_cells_of_a_row_are_one_region_whatever_a_parser_joins() -> None:
    found = regions(_pdf((40, 100, "table", "Sodium"), (300, 100, "table", "140")))

    assert len(found["regions"]) == 1
    assert _label_at(found, 180, 97) == "table"


def test_a_page_number_is_footer_where_it_is_read_with_the_footer_and_itself_where_it_stands_alone() -> None:
    found = regions(_pdf((40, 780, "footer", "Printed on Monday"), (500, 780, "page_number", "2/3")))

    assert _label_at(found, 508, 777) == "page_number"
    assert _label_at(found, 270, 777) == "footer"


def test_a_colour_without_a_label_is_refused() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFillColor(HexColor("#000000"))
    canvas.drawString(40, 40, "nobody's")
    canvas.save()

    with pytest.raises(ValueError, match="no label"):
        regions(out.getvalue())


@pytest.mark.parametrize("half", ["dev", "test"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_document_names_the_infections_of_its_truth_and_no_other(half: str, language: str) -> None:
    from benchmarks.clinical_pages.words.medicine import INFECTIONS

    for seed in range(60):
        case = _case(half, language, KINDS[seed % len(KINDS)], seed)
        said = " ".join(
            " ".join([block.text, *block.items]).casefold()
            for section in case.sections
            for block in section.blocks
        )
        for term in INFECTIONS[language]:
            mentioned = any(term in mention.term for mention in case.mentions)
            assert (term in said) == mentioned
        assert case.acute == any(mention.status == "yes" for mention in case.mentions)


def test_the_halves_share_no_name_and_no_set_phrase() -> None:
    from benchmarks.clinical_pages.words import dev, test

    for language in ("fr", "en"):
        one, other = dev.WORDS[language], test.WORDS[language]
        for part in (
            "surnames",
            "first",
            "services",
            "trap_services",
            "salutations",
            "closings",
            "legal",
            "printed",
        ):
            assert not set(one[part]) & set(other[part]), part
        for part in ("titles", "headings"):
            mine = {phrase for phrases in one[part].values() for phrase in phrases}
            theirs = {phrase for phrases in other[part].values() for phrase in phrases}
            assert not mine & theirs, part


@pytest.mark.parametrize("half", ["dev", "test"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_template_can_show_every_kind(half: str, kind: str) -> None:
    case = _case(half, "fr", kind)
    option = pages.options(random.Random(1), half, "fr")

    for template in pages.TEMPLATES[half]:
        page = pages.html(case, template, option)
        assert case.hospital["name"].split()[0] in page
        assert "{{" not in page
    for template in office.TEMPLATES:
        ElementTree.fromstring(office.fodt(case, template, option))


def test_the_same_seed_says_the_same() -> None:
    assert _case("test", "en", "stay", 5) == _case("test", "en", "stay", 5)
