"""What a line can be.

- ``body``: all clinical content that is none of the others, bullets included. Of a paper also authors and
  affiliations, unless they are running matter.
- ``section``: the heading of a section.
- ``title``: the title of the document, such as "Compte rendu d'hospitalisation" or "Discharge summary".
- ``header``, ``footer``: running matter at the edge of a page: letterhead (hospital, department, service,
  phone of the hospital), lines that every page repeats, legal lines, who printed it and when.
- ``page_number``: a line that holds nothing but the number of the page, in any style; a line that holds a
  footer's text and a number is ``footer``.
- ``left_note``: a column in the margin, left or right: staff, units, phone lists.
- ``address``: the postal block of addressee or sender within the page, the box that identifies the patient
  (name, birth date, number), the line of place and date, "Re:". A salutation is ``body``.
- ``table``: lines of tables (laboratory values, medication grids), their header row and caption included.
- ``signature``: the closing block: the closing formula ("Yours sincerely", "Bien confraternellement"), name,
  function, "electronically signed by", stamps.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Label = Literal[
    "body",
    "section",
    "title",
    "header",
    "footer",
    "page_number",
    "left_note",
    "address",
    "table",
    "signature",
]
LABELS: Final[tuple[str, ...]] = get_args(Label)
NUMBER_OF: Final[dict[str, int]] = {label: number for number, label in enumerate(LABELS)}
RUNNING: Final[tuple[str, ...]] = ("header", "footer", "page_number")  # what is dropped from any document
