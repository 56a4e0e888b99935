"""The column sections."""

from __future__ import annotations

import pytest

from stages.layout.kinds import kind_of
from tests.layout.labelled import labelled
from tests.parse.pdfs import both, drawn, lines_at


def letter(*parts: tuple[str, float, str]) -> bytes:
    """Headings and paragraphs below each other: text, font size, font."""
    return drawn(
        both(
            *(
                lines_at(72, 780 - 30 * number, [text], size=size, font=font)
                for number, (text, size, font) in enumerate(parts)
            )
        )
    )


BOLD, PLAIN = "Helvetica-Bold", "Helvetica"
HEADINGS = {
    "Anamn": "section",
    "Plan": "section",
    "Labor": "section",
    "Imag": "section",
    "1": "section",
    "2": "section",
}


def test_a_section_is_a_heading_and_what_stands_below_it():
    pdf = letter(
        ("Dear colleague,", 10, PLAIN),
        ("Anamn\u00e8se", 12, BOLD),
        ("Fever for eleven days.", 10, PLAIN),
        ("Plan:", 12, BOLD),
        ("Rest.", 10, PLAIN),
        ("Home.", 10, PLAIN),
    )
    row = labelled(pdf, HEADINGS)
    text = row["text"]
    assert [s["heading"] for s in row["sections"]] == [None, "Anamn\u00e8se", "Plan:"]
    assert [text[s["start"] : s["end"]] for s in row["sections"]] == [
        "Dear colleague,",
        "Anamn\u00e8se\n\nFever for eleven days.",
        "Plan:\n\nRest.\n\nHome.",
    ]
    assert [text[s["content"] : s["end"]] for s in row["sections"]] == [
        "Dear colleague,",
        "Fever for eleven days.",
        "Rest.\n\nHome.",
    ]
    assert [(s["first_line"], s["last_line"]) for s in row["sections"]] == [(0, 0), (1, 2), (3, 5)]
    assert [s["kind"] for s in row["sections"]] == [None, "history_of_present_illness", "plan"]
    assert [s["level"] for s in row["sections"]] == [0, 1, 1]


def test_larger_headings_are_above_smaller_ones():
    pdf = letter(
        ("Plan", 14, BOLD),
        ("Laboratory", 11, BOLD),
        ("Sodium 139.", 10, PLAIN),
        ("Imaging", 11, PLAIN),
        ("Normal.", 10, PLAIN),
    )
    row = labelled(pdf, HEADINGS)
    assert [(s["heading"], s["level"]) for s in row["sections"]] == [
        ("Plan", 1),
        ("Laboratory", 2),
        ("Imaging", 3),
    ]
    assert row["sections"][0]["content"] == row["sections"][0]["end"]


def test_numbers_tell_the_level_where_headings_have_them():
    pdf = letter(
        ("1 Methods", 12, BOLD),
        ("1.1 Patients", 12, BOLD),
        ("Ten.", 10, PLAIN),
        ("2. Results", 12, BOLD),
        ("None.", 10, PLAIN),
    )
    row = labelled(pdf, HEADINGS)
    assert [(s["level"], s["kind"]) for s in row["sections"]] == [(1, "methods"), (2, None), (1, "results")]


def test_headings_that_are_not_kept_still_part_the_text():
    pdf = letter(("Plan", 12, BOLD), ("Rest.", 10, PLAIN), ("Imaging", 12, BOLD), ("Normal.", 10, PLAIN))
    row = labelled(pdf, HEADINGS, keep=["body"])
    text = row["text"]
    assert text == "Rest.\n\nNormal."
    assert [
        (s["heading"], text[s["start"] : s["end"]], s["content"] - s["start"]) for s in row["sections"]
    ] == [
        ("Plan", "Rest.", 0),
        ("Imaging", "Normal.", 0),
    ]


def test_sections_tell_their_page():
    pdf = drawn(lines_at(72, 700, ["Plan", "Rest."]), lines_at(72, 700, ["Imaging", "Normal."]))
    assert [s["page"] for s in labelled(pdf, HEADINGS)["sections"]] == [1, 2]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Motif d'hospitalisation :", "reason"),
        ("ANT\u00c9C\u00c9DENTS", "past_medical_history"),
        ("ANTECEDENTS FAMILIAUX", "family_history"),
        ("III. Traitement de sortie", "discharge_medications"),
        ("2.1 Physical Examination", "physical_exam"),
        ("Assessment & Plan", "plan"),
        ("Medications on admission", "medications"),
        ("Hospital Course:", "hospital_course"),
        ("Materials and Methods", "methods"),
        ("Examens compl\u00e9mentaires", "tests"),
        ("Civil status", None),
        ("Planning committee", None),
        ("", None),
    ],
)
def test_a_plain_heading_has_a_kind(heading, kind):
    assert kind_of(heading) == kind
