"""Documents of hospitals and practices."""

from __future__ import annotations

from models.line_labeller.generator.blocks import (
    Beside,
    Block,
    Grid,
    Hang,
    Head,
    Lines,
    Pairs,
    Points,
    Prose,
    Space,
)
from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.furniture.piece import Habits
from models.line_labeller.generator.kinds import parts
from models.line_labeller.generator.kinds.plan import Plan
from models.line_labeller.generator.kinds.voice import Voice
from models.line_labeller.generator.look import Look

_STAY = ("reason", "history", "drugs", "story", "exam", "tests", "course", "end", "drugs")
_VISIT = ("reason", "history", "story", "exam", "tests", "course", "end")


def stay(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A letter or report at the end of a stay."""
    letter = chance.maybe(0.55)
    front = parts.opening(
        facts, chance, "stay", letter=0.85 if letter else 0.2, titled=0.45 if letter else 0.95
    )
    body = [*_greeting(facts, chance, letter), *_sections(_themes(_STAY, chance), facts, voice, look, chance)]
    body += parts.signature(facts, chance, letter=letter)
    return Plan(front, body, Habits(staff=0.42), most_pages=8)


def visit(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A letter or note after a consultation, often short."""
    letter = chance.maybe(0.65)
    front = parts.opening(
        facts, chance, "visit", letter=0.9 if letter else 0.15, titled=0.3 if letter else 0.95
    )
    body = _greeting(facts, chance, letter)
    note = voice.note() if facts.words.code == "en" and chance.maybe(0.6) else None
    if note:
        for heading, paragraphs in note:
            heading = heading if chance.maybe(0.5) else heading.capitalize()
            body += _section(heading, _paragraphs(paragraphs), look, chance)
    elif chance.maybe(0.4):  # prose alone
        for _ in range(chance.few(3, 1, 9)):
            body.append(Prose(" ".join(voice.told(chance.number(1, 5))) or voice.passage("story", 3)))
    else:
        body += _sections(_themes(_VISIT, chance), facts, voice, look, chance)
    body += parts.signature(facts, chance, letter=letter)
    return Plan(front, body, Habits(staff=0.4), most_pages=6)


def operation(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """The report of an operation or procedure."""
    front = parts.opening(facts, chance, "operation", letter=0.2, titled=0.96)
    body: list[Block] = []
    if chance.maybe(0.6):
        items = [(head, facts.doctor()) for head in chance.some(_team(facts), chance.number(2, 4))]
        label = "body"
        body.append(Pairs(items, columns=chance.number(1, 2), label=label, boxed=chance.maybe(0.2)))
        body.append(Space(0.5))
    body += _sections(
        ("reason", "technique", *(("technique",) * chance.number(0, 2)), "result", "end"),
        facts,
        voice,
        look,
        chance,
    )
    if chance.maybe(0.3):  # one long account
        body.append(Prose(" ".join([*voice.own("technique", 6), *voice.told(chance.number(2, 8))])))
    body += parts.signature(facts, chance, letter=False)
    return Plan(front, body, Habits(staff=0.3), most_pages=4)


def imaging(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """The report of an examination: imaging, pathology, tracings."""
    front = parts.opening(facts, chance, "imaging", letter=0.4, titled=0.95)
    body = _greeting(facts, chance, chance.maybe(0.3))
    themes = ["reason", "technique", *(["result"] * chance.number(1, 3)), "end"]
    body += _sections(themes, facts, voice, look, chance)
    if chance.maybe(0.2):
        body.append(parts.other_grid(facts, chance))
    body += parts.signature(facts, chance, letter=chance.maybe(0.3))
    return Plan(front, body, Habits(staff=0.34), most_pages=3)


def laboratory(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """Results of a laboratory."""
    front = parts.opening(facts, chance, "laboratory", letter=0.35, titled=0.8)
    body: list[Block] = []
    for _ in range(chance.few(2, 1, 5)):
        if chance.maybe(0.6):
            body.append(
                Head(
                    chance.of(facts.words.analytes)[2].upper()
                    if chance.maybe(0.5)
                    else facts.heading("tests")
                )
            )
        body.append(parts.laboratory(facts, chance, chance.few(10, 3, 40)))
        if chance.maybe(0.3):
            body.append(
                Prose(" ".join(voice.own("tests", chance.number(1, 2))), factor=chance.of((1.0, 0.9)))
            )
        if chance.maybe(0.2):
            body.append(parts.other_grid(facts, chance))
    body += parts.signature(facts, chance, letter=False)
    return Plan(front, body, Habits(staff=0.22), most_pages=5)


def prescription(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A prescription: short, much empty paper."""
    front = parts.opening(facts, chance, "prescription", letter=0.05, titled=0.7)
    body: list[Block] = []
    if chance.maybe(0.25):
        body.append(parts.medication(facts, chance))
    else:
        lines = parts.prescribed(facts, chance, chance.few(4, 1, 12))
        if chance.maybe(0.4):
            body.append(Points(lines))
        else:
            led, apart = chance.maybe(0.35), chance.between(0, 1.2)
            for line in lines:
                first, _, rest = line.partition(" ")
                body += [
                    Prose(rest, lead=first) if led and rest else Prose(line, bold=chance.maybe(0.1)),
                    Space(apart),
                ]
    if chance.maybe(0.3):
        body.append(Prose(" ".join(voice.own("end", chance.number(1, 2)))))
    body += [Space(chance.between(0.5, 6)), *parts.signature(facts, chance, letter=False)]
    return Plan(front, body, Habits(staff=0.35, number=0.4), most_pages=2)


def nursing(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """Sheets of nurses: headings, short lines, charts."""
    front = parts.opening(facts, chance, "nursing", letter=0.05, titled=0.95)
    body: list[Block] = []
    for _ in range(chance.few(5, 2, 12)):
        kind = chance.number(0, 9)
        if kind < 5:
            body += _section(facts.heading("care"), [voice.own("care", chance.number(1, 3))], look, chance)
        elif kind < 7:
            body.append(parts.trend(facts, chance))
        elif kind < 8:
            body.append(parts.other_grid(facts, chance))
        elif kind < 9:
            body.append(Points(voice.own("care", chance.number(2, 5))))
        else:
            body += [
                Prose(f"{facts['any_date']} {facts['time']} - {line}", tight=True)
                for line in voice.own("care", chance.number(2, 6))
            ]
    if chance.maybe(0.6):
        body += parts.signature(facts, chance, letter=False)
    return Plan(front, body, Habits(staff=0.06), most_pages=4)


def form(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """Forms, consents, certificates, leaflets."""
    words = facts.words
    front = parts.opening(facts, chance, "form", letter=0.08, titled=0.97)
    body: list[Block] = []
    for _ in range(chance.few(4, 1, 10)):
        kind = chance.number(0, 9)
        if kind < 3:
            body += [Prose(facts.fill(text)) for text in chance.some(words.consent, chance.number(1, 4))]
        elif kind < 5:
            rows = [
                [facts.fill(question), chance.of(words.choices)]
                for question in chance.some(words.questions, chance.number(3, 9))
            ]
            if chance.maybe(0.5):
                body.append(Grid(rows, weights=(2.2, 1)))
            else:
                body += [Prose(f"{row[0]} {row[1]}", tight=True) for row in rows]
        elif kind < 7:
            body.append(
                Head(
                    facts.of(
                        words.headings[chance.of(("reason", "history", "end", "technique", "care", "course"))]
                    )
                )
            )
            body.append(
                Points([facts.fill(text) for text in chance.some(words.instructions, chance.number(2, 7))])
            )
        elif kind < 8:
            body += _section(facts.of(words.headings["history"]), [voice.own("history", 2)], look, chance)
        else:
            body += [
                Prose(facts.fill(question) + " " + "." * chance.number(10, 60), tight=True)
                for question in chance.some(words.questions, chance.number(2, 6))
            ]
    body += parts.signature(facts, chance, letter=chance.maybe(0.2))
    return Plan(front, body, Habits(staff=0.1), most_pages=4)


def dense(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A long record: many sections, tables of values by day, nothing left out."""
    front = parts.opening(facts, chance, "stay", letter=0.3, titled=0.85)
    body: list[Block] = []
    for _ in range(chance.few(2, 1, 3)):
        body += _sections(_themes(_STAY, chance), facts, voice, look, chance, longer=1.8)
        body.append(parts.trend(facts, chance))
    body += parts.signature(facts, chance, letter=False)
    return Plan(front, body, Habits(staff=0.2), most_pages=10)


def brief(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A few lines: a certificate, an answer, a message."""
    front = parts.opening(facts, chance, chance.of(("form", "visit", "prescription")), letter=0.5, titled=0.5)
    body = _greeting(facts, chance, True)
    body += [
        Prose(voice.passage(chance.of(("end", "reason", "course")), chance.number(1, 2)))
        for _ in range(chance.number(1, 2))
    ]
    body += parts.signature(facts, chance, letter=True)
    return Plan(front, body, Habits(staff=0.35), most_pages=2)


def _team(facts: Facts) -> tuple[str, ...]:
    if facts.words.code == "fr":
        return (
            "Opérateur",
            "Chirurgien",
            "Aide opératoire",
            "Anesthésiste",
            "IBODE",
            "Instrumentiste",
            "Assistant",
        )
    return (
        "Surgeon",
        "Assistant",
        "Anesthetist",
        "Anesthesiologist",
        "Scrub nurse",
        "Operator",
        "First assistant",
    )


def _themes(themes: tuple[str, ...], chance: Chance) -> list[str]:
    left_out = chance.between(0.0, 0.5)
    kept = [theme for theme in themes if not chance.maybe(left_out)]
    return kept or ["course"]


def _greeting(facts: Facts, chance: Chance, letter: bool) -> list[Block]:
    out: list[Block] = []
    if letter and chance.maybe(0.92):
        out.append(Prose(facts.of(facts.words.salutations)))
    if letter or chance.maybe(0.35):
        out.append(Prose(facts.of(facts.words.openings)))
    return out


def _paragraphs(lines: list[str]) -> list[list[str]]:
    return [[line] for line in lines]


def _sections(
    themes: list[str] | tuple[str, ...],
    facts: Facts,
    voice: Voice,
    look: Look,
    chance: Chance,
    longer: float = 1.0,
) -> list[Block]:
    out: list[Block] = []
    headed = 0.94 if chance.maybe(0.88) else 0.2
    for theme in themes:
        heading = facts.heading(theme)
        paragraphs: list[list[str]] = []
        for _ in range(chance.few(1.4 * longer, 1, 6)):
            paragraphs.append([voice.passage(theme, chance.few(3 * longer, 1, 9))])
        if theme == "drugs":
            out += _drugs(heading, facts, look, chance)
        elif theme == "history" and chance.maybe(0.7):
            items = voice.own(theme, chance.few(4, 2, 9))
            mark = chance.of(("", "- ", "* ", "", "-"))
            bare = chance.maybe(0.3)
            out += [
                Head(heading),
                *([Prose(mark + item, tight=True) for item in items] if bare else [Points(items)]),
            ]
        elif chance.maybe(headed):
            out += _section(heading, paragraphs, look, chance)
            if chance.maybe(0.1):
                out += _section(facts.heading(theme), [[voice.passage(theme, 2)]], look, chance, level=2)
        else:
            out += [Prose(" ".join(paragraph)) for paragraph in paragraphs]
        if theme == "exam" and chance.maybe(0.15):
            between = chance.of((" : ", ": ", " ", " = "))
            signs = [
                f"{sign}{between}{chance.fill('##')}"
                for sign in chance.some(facts.words.vitals, chance.number(3, 6))
            ]
            out.append(Prose(chance.of(("   ", ", ", " - ", " ; ")).join(signs)))
        if theme == "tests" and chance.maybe(0.5):
            out.append(
                parts.laboratory(facts, chance, chance.few(7, 3, 24))
                if chance.maybe(0.7)
                else parts.trend(facts, chance)
            )
        elif chance.maybe(0.05):
            out.append(parts.other_grid(facts, chance))
        if chance.maybe(0.08):
            out.append(Points(voice.own(theme, chance.number(2, 6))))
    return out


def _section(
    heading: str, paragraphs: list[list[str]], look: Look, chance: Chance, level: int = 1
) -> list[Block]:
    texts = [" ".join(paragraph) for paragraph in paragraphs]
    texts = [text.lstrip("•- ") for text in texts if text]
    if not texts:
        return []
    if look.heading.run_in and chance.maybe(look.heading.run_in):
        return [
            Prose(texts[0], lead=f"{heading.rstrip(' :')}{chance.of((' :', ':', '.', ' -'))}"),
            *(Prose(text) for text in texts[1:]),
        ]
    if look.heading.hang and level == 1 and look.columns == 1:
        return [Hang(heading, texts[0], look.heading.hang), *(Prose(text, indent=60) for text in texts[1:])]
    if len(texts) > 2 and chance.maybe(0.3):
        return [Head(heading, level), Points(texts)]
    if len(texts) == 1 and chance.maybe(0.03):  # a framed conclusion
        return [Head(heading, level), Lines(texts, "body", boxed=True)]
    return [Head(heading, level), *(_varied(text, chance) for text in texts)]


def _varied(text: str, chance: Chance) -> Prose:
    """A paragraph, rarely bold, italic, in capitals or moved in."""
    form = chance.number(0, 49)
    if form == 0 and len(text) < 300:
        text = text.upper()
    return Prose(
        text,
        bold=form in (1, 2),
        italic=form in (3, 4),
        indent=chance.between(8, 40) if form in (5, 6) else 0.0,
    )


def _drugs(heading: str, facts: Facts, look: Look, chance: Chance) -> list[Block]:
    lines = parts.prescribed(facts, chance, chance.few(5, 2, 14))
    kind = chance.number(0, 9)
    if kind < 4:
        return [Head(heading), parts.medication(facts, chance)]
    if kind < 7:
        return [Head(heading), Points(lines)]
    if kind < 9:
        return [Head(heading), *(Prose(line, tight=True) for line in lines)]
    return _section(heading, [[", ".join(lines) + "."]], look, chance)


def pair_of_columns(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A report whose head stands in two halves: what was asked, what was given."""
    front = parts.opening(facts, chance, "visit", letter=0.2, titled=0.9)
    words = facts.words
    left = Lines(
        [facts.of(words.headings["reason"]), *voice.own("reason", 2)],
        "body",
        bold=frozenset({0}),
        headed=True,
    )
    right = Lines(
        [facts.of(words.headings["history"]), *voice.own("history", 3)],
        "body",
        bold=frozenset({0}),
        headed=True,
    )
    body: list[Block] = [
        Beside(left, right),
        Space(1),
        *_sections(("story", "exam", "end"), facts, voice, look, chance),
    ]
    body += parts.signature(facts, chance, letter=False)
    return Plan(front, body, Habits(staff=0.1), most_pages=3)


KINDS = (
    (stay, 0.24), (visit, 0.22), (operation, 0.07), (imaging, 0.09), (laboratory, 0.06), (prescription, 0.05),
    (nursing, 0.05), (form, 0.06), (dense, 0.04), (brief, 0.06), (pair_of_columns, 0.02),
)  # fmt: skip
