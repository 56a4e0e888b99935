"""Clinical letters as a parser would give their lines, with their labels; written for these tests."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from models.line_labeller.lines import DocumentLines

_WIDTH, _HEIGHT = 595.0, 842.0
_PROSE = (
    "The patient was admitted because of fever and a productive cough that had lasted for a week before",
    "she called her doctor. On arrival she was breathless at rest and the oxygen saturation was low on",
    "room air. The chest was dull on the right side and the radiograph showed a consolidation of the lobe.",
    "She was treated with intravenous antibiotics for three days and then with tablets, and she improved",
    "quickly. There was no sign of heart failure and the blood cultures were negative after five days.",
    "She walked up the stairs without help before she left and was able to manage the tablets by herself.",
)
_FRENCH = (
    "Le patient a été hospitalisé pour une dyspnée d'aggravation progressive depuis une dizaine de jours,",
    "sans douleur thoracique ni palpitation. L'examen retrouve des râles crépitants aux deux bases et des",
    "œdèmes des membres inférieurs. Le traitement par diurétique a permis une perte de poids de six kilos",
    "en une semaine, et la fonction rénale est restée stable. Il a pu marcher dans le couloir sans aide.",
)


@dataclass
class Page:
    """Collects the lines of a page."""

    lines: list[tuple[str, float, float, float, bool, str]] = field(default_factory=list)

    def add(self, text: str, x: float, y: float, label: str, size: float = 10.0, bold: bool = False) -> None:
        self.lines.append((text, x, y, size, bold, label))


def document(
    pages: list[Page], size: tuple[float, float] = (_WIDTH, _HEIGHT)
) -> tuple[DocumentLines, list[str]]:
    """Return the lines of pages, each as wide as its text, and their labels."""
    rows = [(number, *line) for number, page in enumerate(pages) for line in page.lines]
    box = [
        (x, y, x + 0.48 * one_size * max(len(text), 1), y + 0.9 * one_size)
        for _, text, x, y, one_size, _, _ in rows
    ]
    lines = DocumentLines(
        [row[1] for row in rows],
        np.array([row[0] for row in rows], np.int32),
        np.array(box, np.float32).reshape(-1, 4),
        np.array([row[4] for row in rows], np.float32),
        np.array([row[5] for row in rows], bool),
        np.zeros(len(rows), bool),
        np.array([size] * len(pages), np.float32).reshape(-1, 2),
    )
    return lines, [row[6] for row in rows]


def letter(number: int = 1, pages: int = 2, french: bool = False) -> tuple[DocumentLines, list[str]]:
    """Return an ordinary letter: letterhead, address, title, sections, signature, running lines."""
    prose = _FRENCH if french else _PROSE
    made = []
    for place in range(pages):
        page = Page()
        page.add(
            "Hôpital de la Vallée" if french else "Riverside General Hospital", 60, 30, "header", 14, True
        )
        page.add(
            "Service de pneumologie" if french else "Department of Respiratory Medicine", 60, 50, "header"
        )
        y = 90.0
        if not place:
            page.add("Docteur Anne Lebrun" if french else "Dr Anne Oakley", 360, y, "address")
            page.add("12, rue des Lilas" if french else "12 Garden Lane", 360, y + 13, "address")
            page.add("75012 Paris" if french else "Northwick NW7 2AB", 360, y + 26, "address")
            title = "COMPTE RENDU D'HOSPITALISATION" if french else "DISCHARGE SUMMARY"
            page.add(title, 200, y + 60, "title", 14, True)
            y += 100
        for heading in (
            ("Motif d'hospitalisation", "Examen clinique") if french else ("History", "Assessment and plan")
        ):
            page.add(heading, 60, y, "section", 11, True)
            y += 18
            for turn in range(8):
                page.add(prose[(turn + number + place) % len(prose)], 60, y, "body")
                y += 13
            y += 10
        if place == pages - 1:
            closing = "Bien confraternellement," if french else "Yours sincerely,"
            page.add(closing, 60, y + 10, "signature")
            page.add(f"Dr {'Paul Garrec' if french else 'Paul Hartley'}", 60, y + 40, "signature")
        note = "Document confidentiel" if french else "Confidential - for the addressee only"
        page.add(f"{note} - imprimé le 0{number % 9 + 1}/03/2025" if french else note, 60, 800, "footer", 8)
        page.add(f"Page {place + 1}/{pages}", 500, 815, "page_number", 8)
        made.append(page)
    return document(made)


def odd_letter(number: int) -> tuple[DocumentLines, list[str]]:
    """Return a letter of a house whose letterhead looks like prose and whose body is a column on the right."""
    page = Page()
    page.add(
        "We are a house of many trades and have looked after the valley since the year of the flood",
        40,
        420,
        "header",
        9,
    )
    page.add(
        "and our doors by the old bridge are open to all who need us, on every day of the week",
        40,
        433,
        "header",
        9,
    )
    for turn in range(10):
        page.add(_PROSE[(turn + number) % len(_PROSE)][:60], 260, 60 + 14 * turn, "left_note", 9)
    for turn in range(12):
        page.add(_PROSE[(turn * 5 + number) % len(_PROSE)], 40, 480 + 14 * turn, "body", 9)
    page.add(f"sheet of the day {number}", 40, 700, "footer", 9)
    return document([page])
