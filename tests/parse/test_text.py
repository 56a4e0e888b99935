"""What text comes out of a page: characters, words, divided words, paragraphs."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.parse.parsing import parse, printed
from tests.parse.pdfs import both, drawn, lines_at, one_page, simple, stream


def mapped(mapping: bytes, shown: bytes) -> bytes:
    """A page that shows codes whose meaning a ToUnicode map gives."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        + b"%d beginbfchar\n%s\nendbfchar endcmap end end"
        % (mapping.count(b"\n") + 1, mapping)
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    content = b"BT /F 12 Tf 14 TL 50 350 Td " + shown + b" ET"
    return one_page(content, font=font, more=[stream(cmap)])


def test_lines_and_paragraphs() -> None:
    page = both(
        lines_at(72, 750, ["A heading"], font="Helvetica-Bold", size=16),
        lines_at(72, 710, ["First line of a paragraph", "and its second line."]),
        lines_at(72, 660, ["Another paragraph."]),
    )
    (row,) = parse(drawn(page))
    assert row["text"] == (
        "A heading\n\nFirst line of a paragraph\nand its second line.\n\nAnother paragraph."
    )
    assert row["parse_status"] == "ok"
    assert row["errors"] == []


def test_an_indent_after_a_full_stop_begins_a_paragraph() -> None:
    page = both(
        lines_at(72, 700, ["The first paragraph runs", "to its end here."]),
        lines_at(90, 672, ["The second one is indented"]),
        lines_at(72, 658, ["and returns to the margin."]),
    )
    (row,) = parse(drawn(page))
    assert row["text"].split("\n\n") == [
        "The first paragraph runs\nto its end here.",
        "The second one is indented\nand returns to the margin.",
    ]


def test_pages_are_separated_by_a_blank_line() -> None:
    (row,) = parse(simple("One.", "", "Three."))
    assert row["text"] == "One.\n\nThree."
    spans = [(page["number"], page["start"], page["end"], page["status"]) for page in row["pages"]]
    assert spans == [(1, 0, 4, "ok"), (2, 4, 4, "empty"), (3, 6, 12, "ok")]


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [
        pytest.param("the infor-", "mation given", "the information given", id="divided"),
        pytest.param("numbers 3-", "4 and 5", "numbers 3-4 and 5", id="range"),
        pytest.param("cells HEK-", "293 grew", "cells HEK-293 grew", id="name"),
        pytest.param("by Smith-", "Jones again", "by Smith-Jones again", id="double name"),
        pytest.param("a state-of-", "the-art device", "a state-of-the-art device", id="compound"),
        pytest.param("a pause -", "and more", "a pause -\nand more", id="dash"),
        pytest.param("minus -", "3 degrees", "minus -\n3 degrees", id="sign"),
    ],
)
def test_words_across_lines(above: str, below: str, text: str) -> None:
    (row,) = parse(simple(f"{above}\n{below}"))
    assert row["text"] == text
    assert printed(row) == [above, below]


def test_the_document_decides_whether_a_hyphen_belongs_to_the_word() -> None:
    (row,) = parse(simple("It is well-\nknown, as is every well-known thing."))
    assert row["text"] == "It is well-known, as is every well-known thing."
    (row,) = parse(simple("They re-\nsign the contract.", "To resign is to go."))
    assert row["text"].startswith("They resign the")


def test_characters_are_what_they_mean() -> None:
    # e + combining acute, ligature, superscript two, no-break space, soft hyphen, zero width space.
    mapping = b"\n".join(
        [b"<41> <00650301>", b"<42> <FB01>", b"<43> <00B2>", b"<44> <00A0>", b"<45> <00AD>", b"<46> <200B>"]
    )
    (row,) = parse(mapped(mapping, b"(xAy Bn mC zDz sEs oFo) Tj"))
    assert row["text"] == "xéy fin m² z z ss oo"


def test_characters_beyond_the_basic_plane_keep_spans_right() -> None:
    mapping = b"<41> <D835DC65>"
    (row,) = parse(mapped(mapping, b"(A and A) Tj T* (second) Tj T* (third A) Tj"))
    assert printed(row) == ["𝑥 and 𝑥", "second", "third 𝑥"]
    assert row["lines"][1]["bbox"]["x0"] == pytest.approx(50, abs=2)


def test_control_characters_and_characters_without_meaning_are_left_out() -> None:
    mapping = b"<41> <0000>\n<42> <0007>\n<43> <FFFE>"
    (row,) = parse(mapped(mapping, b"(xAyB zC wv) Tj"))
    assert not set(row["text"]) & {"\x00", "\x07", "\ufffe"}
    assert row["text"].replace(" ", "") == "xyzwv"


def test_lone_surrogates_become_replacement_characters() -> None:
    (row,) = parse(mapped(b"<41> <D835>", b"(xA y) Tj T* (next) Tj"))
    row["text"].encode()  # would fail on a surrogate
    assert printed(row)[-1] == "next"


def test_a_font_without_tounicode_still_gives_its_standard_letters() -> None:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
    (row,) = parse(one_page(b"BT /F 12 Tf 50 350 Td (Caf\xe9 ol\xe9) Tj ET", font=font))
    assert row["text"] == "Café olé"


def test_superscripts_stay_on_their_line() -> None:
    def page(paper):  # type: ignore[no-untyped-def]
        at = 72.0
        for size, rise, words in [
            (12, 0, "The area is 10"),
            (7, 5, "3"),
            (12, 0, " mm of H"),
            (7, -3, "2"),
            (12, 0, "O."),
        ]:
            paper.setFont("Times-Roman", size)
            paper.drawString(at, 700 + rise, words)
            at += paper.stringWidth(words, "Times-Roman", size)
        lines_at(72, 680, ["The next line is by itself."], size=12, font="Times-Roman")(paper)

    (row,) = parse(drawn(page))
    assert row["text"] == "The area is 103 mm of H2O.\nThe next line is by itself."


def test_a_drop_cap_belongs_to_its_word() -> None:
    page = both(
        lines_at(72, 676, ["T"], size=36, font="Times-Roman"),
        lines_at(96, 690, ["he quick brown fox jumps over", "the lazy dog and is gone"], size=10),
        lines_at(72, 662, ["before anyone could see it."], size=10),
    )
    (row,) = parse(drawn(page))
    assert (
        row["text"] == "The quick brown fox jumps over\nthe lazy dog and is gone\nbefore anyone could see it."
    )


def test_words_keep_their_spaces_when_the_font_changes() -> None:
    def page(paper):  # type: ignore[no-untyped-def]
        text = paper.beginText(72, 700)
        for font, words in [
            ("Helvetica", "Some "),
            ("Helvetica-Bold", "bold"),
            ("Helvetica", " and "),
            ("Helvetica-Oblique", "slanted"),
            ("Helvetica", " words."),
        ]:
            text.setFont(font, 11)
            text.textOut(words)
        paper.drawText(text)

    (row,) = parse(drawn(page))
    assert row["text"] == "Some bold and slanted words."


def test_a_document_without_text_layer_says_so() -> None:
    (row,) = parse(drawn(lambda paper: paper.rect(100, 100, 200, 200)))
    assert row["text"] == ""
    assert row["lines"] == []
    assert row["parse_status"] == "empty"
    assert [page["status"] for page in row["pages"]] == ["empty"]
    (error,) = row["errors"]
    assert (error["stage"], error["kind"], error["code"]) == ("parse", "document", "empty")
    assert "text layer" in error["message"]


def form(*, with_looks: bool) -> bytes:
    """A form with two labels and what was filled in."""

    def page(paper):  # type: ignore[no-untyped-def]
        lines_at(72, 700, ["Name:"])(paper)
        lines_at(72, 650, ["Allergies:"])(paper)
        lines_at(72, 600, ["Signed by the physician."])(paper)
        for name, y, value in [("a", 645, "penicillin"), ("n", 695, "Marie Curie")]:
            paper.acroForm.textfield(name=name, value=value, x=150, y=y, width=200, height=18, fontSize=10)

    data = drawn(page)
    if with_looks:
        return data
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for field in pdf.pages[0].Annots:
            del field["/AP"]
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("with_looks", [True, False])
def test_what_was_filled_into_a_form_follows_its_label(with_looks: bool) -> None:
    (row,) = parse(form(with_looks=with_looks))
    assert printed(row) == ["Name: Marie Curie", "Allergies: penicillin", "Signed by the physician."]


def test_what_was_typed_onto_a_page_is_text() -> None:
    look = stream(
        b"BT /F 10 Tf 2 5 Td (typed later) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F 5 0 R >> >>",
    )
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [50 300 150 320] /F 4 /Contents (typed later) /AP << /N 7 0 R >> >>"
    content = b"BT /F 12 Tf 50 350 Td (Printed.) Tj 0 -100 Td (Also printed.) Tj ET"
    (row,) = parse(one_page(content, more=[note, look], page=b"/Annots [6 0 R]"))
    assert printed(row) == ["Printed.", "typed later", "Also printed."]
