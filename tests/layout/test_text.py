"""The text that layout makes of labelled lines."""

from __future__ import annotations

from stages.layout.marks import marks
from tests.layout.labelled import labelled
from tests.parse.pdfs import both, drawn, lines_at

WIDE = "The patient was admitted with fever and a productive cough that had lasted for"
NEXT = "eleven days in spite of treatment. She had been well before and took no drugs."


def test_the_lines_of_a_paragraph_become_one():
    row = labelled(drawn(lines_at(72, 700, [WIDE, NEXT, "She smokes."])))
    assert row["text"] == f"{WIDE} {NEXT} She smokes."


def test_they_keep_their_lines_if_one_likes():
    row = labelled(drawn(lines_at(72, 700, [WIDE, NEXT])), join={"lines": "newline"})
    assert row["text"] == f"{WIDE}\n{NEXT}"


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose():
    row = labelled(
        drawn(lines_at(72, 700, [WIDE, NEXT, "Weight: 71 kg", "Height: 174 cm", "Temperature: 38.4"]))
    )
    assert row["text"] == f"{WIDE} {NEXT} Weight: 71 kg\nHeight: 174 cm\nTemperature: 38.4"


def test_items_of_a_list_have_lines_of_their_own_and_what_hangs_below_them_belongs_to_them():
    lines = [
        "- a first item that is so long that it has to go on, once more, upon the next",
        "line of the print",
        "- a second one",
        "1. a third",
        "\u2022 a fourth",
    ]
    row = labelled(drawn(lines_at(72, 700, [WIDE, NEXT, *lines])))
    assert row["text"].split("\n") == [f"{WIDE} {NEXT}", f"{lines[0]} {lines[1]}", *lines[2:]]


def test_headings_stand_alone_between_blank_lines():
    row = labelled(
        drawn(lines_at(72, 700, ["History", WIDE, NEXT, "Plan", "Rest."])),
        {"History": "section", "Plan": "section"},
    )
    assert row["text"] == f"History\n\n{WIDE} {NEXT}\n\nPlan\n\nRest."


def test_a_heading_of_two_full_lines_is_one_line():
    long = "3.1 Association of the long term use of inhaled steroids with pneumonia in the very"
    row = labelled(
        drawn(lines_at(72, 700, [long, "old and the frail", WIDE, NEXT])),
        {"3.1": "section", "old": "section"},
    )
    assert row["text"].split("\n\n")[0] == f"{long} old and the frail"


FOOT = "Saint Elsewhere Hospital, 1 Long Road - printed on 3 May - page 1 of 2"


def two_pages(last: str, first: str) -> bytes:
    return drawn(
        both(lines_at(72, 200, [WIDE, last]), lines_at(72, 40, [FOOT], size=7)),
        both(
            lines_at(72, 800, ["Saint Elsewhere Hospital"], size=8),
            lines_at(72, 740, [first, "Then she left."]),
        ),
    )


def running(line: str) -> str:
    return "footer" if "printed" in line else "header" if line.startswith("Saint") else "body"


def test_a_sentence_goes_on_over_the_page_and_what_interrupts_it_is_gone():
    row = labelled(
        two_pages(
            "eleven days in spite of treatment, and her husband who came with her to the", "ward had it too."
        ),
        running,
    )
    assert "who came with her to the ward had it too." in row["text"]
    assert "Saint" not in row["text"]
    assert "\n\n" not in row["text"]


def test_a_name_at_the_head_of_the_next_page_goes_on_too():
    row = labelled(
        two_pages(
            "eleven days in spite of treatment, and she was seen by her own doctor, the young",
            "Hilary Mantel of the Red House Surgery in the old town, who had",
        ),
        running,
    )
    assert "the young Hilary Mantel" in row["text"]


def test_what_ended_on_one_page_is_another_paragraph_on_the_next():
    row = labelled(
        two_pages("eleven days in spite of treatment.", "She was given penicillin."),
        running,
    )
    assert "of treatment.\n\nShe was given" in row["text"]


def test_paragraphs_end_with_the_page_if_one_likes():
    row = labelled(
        two_pages(
            "eleven days in spite of treatment, and her husband who came with her to the", "ward had it too."
        ),
        running,
        join={"across": False},
    )
    assert "with her to the\n\nward had it too." in row["text"]


def test_a_word_divided_at_the_end_of_a_page_becomes_one_and_the_hyphen_is_told():
    row = labelled(
        two_pages(
            "eleven days in spite of treatment, and her husband who came along had pneu-", "monia too."
        ),
        running,
    )
    assert "had pneumonia too." in row["text"]
    (line,) = [line for line in row["lines"] if line["hyphen"]]
    assert row["text"][: line["end"]].endswith("had pneu")
    assert line["hyphen"] == "-"


def test_a_word_that_has_its_hyphen_elsewhere_in_the_document_keeps_it():
    row = labelled(
        two_pages(
            "eleven days in spite of a well-known remedy, and her husband had taken a well-", "known one too."
        ),
        running,
    )
    assert "had taken a well-known one too." in row["text"]


def test_a_word_that_parse_joined_to_a_dropped_line_gets_its_hyphen_back():
    pdf = drawn(
        lines_at(
            72,
            700,
            [
                WIDE,
                "eleven days in spite of treatment, and her husband who came along had pneu-",
                "matic confidential",
            ],
        )
    )
    row = labelled(pdf, {"matic": "footer"})
    assert row["text"].endswith("had pneu-")
    assert {entry["label"]: entry["text"] for entry in row["label_texts"]}["footer"] == "matic confidential"


def test_a_side_note_between_two_lines_of_a_sentence_is_gone_and_the_sentence_whole():
    pdf = drawn(
        both(
            lines_at(200, 700, ["The patient was admitted with fever and a cough that had lasted"]),
            lines_at(40, 691, ["Dr A. Fever"], size=5),
            lines_at(200, 682, ["for eleven days in spite of treatment at home by her doctor."]),
        )
    )
    row = labelled(pdf, {"Dr A.": "left_note"})
    assert row["text"] == (
        "The patient was admitted with fever and a cough that had lasted "
        "for eleven days in spite of treatment at home by her doctor."
    )


def table(*rows: tuple[str, ...]) -> bytes:
    cells = [(72 + 130 * i, 700 - 14 * n, cell) for n, row in enumerate(rows) for i, cell in enumerate(row)]
    return drawn(both(*(lines_at(x, y, [cell]) for x, y, cell in cells)))


def test_rows_of_a_table_have_lines_of_their_own_and_cells_a_tab_between_them():
    rows = [("Sodium", "139", "136 - 145"), ("Potassium", "4.1", "3.5 - 5.0"), ("Urea", "12.9", "2.5 - 7.8")]
    batch_text = labelled(table(*rows), lambda line: "table")["text"]
    cells = [line.replace("\t", " ") for line in batch_text.split("\n")]
    assert cells == [" ".join(row) for row in rows]


def test_an_address_keeps_its_lines():
    lines = ["Dr Ann Summers", "12 Long Road", "Oldtown"]
    row = labelled(drawn(lines_at(300, 700, lines)), lambda line: "address")
    assert row["text"].split("\n") == lines


def test_chinese_lines_are_joined_without_a_space():
    found = marks(["\u60a3\u8005\u53d1\u70ed", "\u54b3\u55fd\u4e09\u5929\u3002", "A\u75c5"])
    assert found.unspaced_end.tolist() == [True, True, True]
    assert found.unspaced_start.tolist() == [True, True, False]


def test_nothing_is_lost_each_label_has_its_text():
    row = labelled(
        two_pages("eleven days in spite of treatment.", "She was given penicillin."),
        running,
    )
    texts = {entry["label"]: entry for entry in row["label_texts"]}
    assert list(texts) == ["body", "header", "footer"]
    assert texts["body"]["text"] == row["text"]
    assert texts["footer"]["text"] == FOOT
    assert (texts["footer"]["kept"], texts["footer"]["lines"]) == (False, 1)
    assert (texts["header"]["first_page"], texts["header"]["last_page"]) == (2, 2)


def test_lines_and_pages_point_into_the_new_text():
    row = labelled(
        two_pages("eleven days in spite of treatment.", "She was given penicillin."),
        running,
    )
    text = row["text"]
    assert [text[page["start"] : page["end"]] for page in row["pages"]] == [
        f"{WIDE} eleven days in spite of treatment.",
        "She was given penicillin.\nThen she left.",
    ]
    assert [line["start"] is None for line in row["lines"]] == [
        line["label"] in ("header", "footer") for line in row["lines"]
    ]
    assert all(0.9 < line["label_probability"] < 0.92 for line in row["lines"])


def test_a_page_of_which_nothing_is_kept_has_an_empty_span_where_the_one_before_it_ends():
    pdf = drawn(
        lines_at(72, 700, [WIDE]), lines_at(72, 700, ["Legal notice"]), lines_at(72, 700, ["The end."])
    )
    row = labelled(pdf, {"Legal": "footer"})
    spans = [(page["start"], page["end"]) for page in row["pages"]]
    assert spans == [(0, len(WIDE)), (len(WIDE), len(WIDE)), (len(row["text"]) - 8, len(row["text"]))]


def test_a_document_of_which_nothing_is_kept_has_an_empty_text():
    row = labelled(drawn(lines_at(72, 700, ["Legal notice"])), {"Legal": "footer"})
    assert (row["text"], row["sections"]) == ("", [])
    assert [entry["text"] for entry in row["label_texts"]] == ["Legal notice"]


def test_a_document_without_lines_stays_as_it_is():
    row = labelled(drawn(lambda paper: None))
    assert (row["text"], row["lines"], row["sections"], row["label_texts"]) == ("", [], [], [])


def test_bullets_that_the_file_draws_before_all_items_find_their_items():
    items = ["Rest for a week.", "Amoxicillin 1 g.", "Fluids."]
    pdf = drawn(
        both(
            lines_at(72, 750, [WIDE, NEXT]),
            *(lines_at(72, 690 - 20 * n, ["\u2022"]) for n in range(3)),
            *(lines_at(84, 690 - 20 * n, [item]) for n, item in enumerate(items)),
            lines_at(72, 600, ["She went home."]),
        )
    )
    row = labelled(pdf)
    text = row["text"]
    assert text == f"{WIDE} {NEXT}\n\n" + "\n".join(f"\u2022 {item}" for item in items) + "\n\nShe went home."
    spans = {text[line["start"] : line["end"]] for line in row["lines"]}
    assert {"\u2022", *items} <= spans
