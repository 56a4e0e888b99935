"""Documents that are not clinical: papers, reports, business letters. Of these only header, footer and page number
are left out later, so that authors, affiliations and footnotes are ``body``."""

from __future__ import annotations

from models.line_labeller.generator.blocks import Block, Grid, Head, Lines, Name, Points, Prose, Scrawl, Space
from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.furniture.piece import Habits
from models.line_labeller.generator.kinds import parts
from models.line_labeller.generator.kinds.plan import Plan
from models.line_labeller.generator.kinds.voice import Voice
from models.line_labeller.generator.look import Look


def article(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A scientific paper."""
    words = facts.words
    topic = facts["topic"]
    front: list[Block] = []
    if chance.maybe(0.3):
        kind = chance.of(
            (
                "Research article",
                "Original article",
                "ARTICLE ORIGINAL",
                "Review",
                "Case report",
                "Cas clinique",
                "Open Access",
                "RESEARCH",
                "Letter",
            )
        )
        front.append(
            Lines([kind], "header", align=chance.of(("left", "left", "right", "center")), factor=0.9)
        )
    head = topic[0].upper() + topic[1:]
    front.append(Name([f"{head}: {facts['topic']}" if chance.maybe(0.5) else head]))
    authors = ", ".join(
        f"{facts.first()} {facts.last()}{chance.of(('', '1', '1,2', ' *', 'a'))}"
        for _ in range(chance.few(4, 1, 12))
    )
    align = chance.of(("left", "center"))
    front.append(Prose(authors, align=align, bold=chance.maybe(0.25)))
    for number in range(chance.number(1, 4)):
        front.append(
            Prose(
                f"{number + 1} {facts.of(words.affiliations)}",
                align=align,
                factor=0.85,
                italic=chance.maybe(0.3),
                tight=True,
            )
        )
    front.append(Space(0.6))
    for line in chance.some(words.article_lines, chance.number(0, 3)):
        front.append(Prose(facts.fill(line), factor=0.85, tight=True))
    abstract = " ".join(voice.told(chance.number(4, 9)))
    named = "Résumé" if words.code == "fr" else "Abstract"
    if chance.maybe(0.6):
        front += [
            Head(named if chance.maybe(0.6) else named.upper()),
            Prose(abstract, factor=chance.of((1.0, 0.95, 0.9))),
        ]
    else:
        front.append(
            Prose(abstract, lead=f"{named}.", factor=chance.of((1.0, 0.92)), italic=chance.maybe(0.2))
        )
    front.append(Space(0.8))
    body: list[Block] = []
    for heading in chance.some(words.article_headings, chance.few(5, 3, 9)):
        body.append(Head(heading))
        for _ in range(chance.few(3, 1, 7)):
            lead = f"{facts.heading('result')}." if chance.maybe(0.08) else ""
            body.append(Prose(" ".join(voice.told(chance.number(2, 8))), lead=lead))
            if chance.maybe(0.12):
                body.append(Head(chance.of(words.headings["result"]), 2))
        if chance.maybe(0.25):
            body += figure(facts, chance)
        if chance.maybe(0.25):
            body.append(data_table(facts, chance))
        if chance.maybe(0.08):  # a formula
            body.append(
                Prose(
                    chance.fill(
                        chance.of(("y = a + b x (#)", "E = #.# × 10 # (#)", "p = 1 - (1 - r) n (#)"))
                    ),
                    align="center",
                )
            )
        if chance.maybe(0.06):
            body += [
                Prose(chance.fill("https://www.example.org/####/data-##"), tight=True),
                Prose(facts["mail"]),
            ]
        if chance.maybe(0.05):
            body.append(Points([" ".join(voice.told(1)) for _ in range(3)]))
    if chance.maybe(0.8):
        body.append(Head("Références" if words.code == "fr" else "References"))
        for number in range(chance.few(14, 4, 40)):
            mark = chance.of((f"{number + 1}. ",)) if chance.maybe(0.9) else ""
            body.append(Prose(mark + facts.of(words.references), factor=0.85, tight=True))
    return Plan(
        front,
        body,
        Habits(
            letterhead=0.35,
            later=0.85,
            footer=0.6,
            number=0.93,
            staff=0.16,
            watermark=0.01,
            plain=True,
            notes=0.3,
        ),
        most_pages=9,
    )


def figure(facts: Facts, chance: Chance) -> list[Block]:
    """A drawn figure with its caption."""
    high = chance.between(60, 190)
    return [
        Space(0.5),
        Scrawl(chance.between(150, 420), high, 0.0, chance.bits(), "figure"),
        Prose(facts.of(facts.words.figure_captions), factor=0.88, bold=chance.maybe(0.2)),
        Space(0.5),
    ]


def data_table(facts: Facts, chance: Chance) -> Grid:
    """A table of numbers with its caption."""
    columns = chance.number(2, 6)
    names = [analyte[0] for analyte in chance.some(facts.words.analytes, chance.few(5, 2, 12))]
    value = chance.of(("##.#", "## (##.#)", "0.0##", "#.## ± 0.#", "###"))
    rows = [[name, *(chance.fill(value) for _ in range(columns))] for name in names]
    head = [
        "",
        *(
            chance.of(
                (
                    "Total",
                    "n (%)",
                    "Group A",
                    "Group B",
                    "p",
                    "OR (95% CI)",
                    "2019",
                    "2020",
                    "Mean",
                    "SD",
                    "Controls",
                )
            )
            for _ in range(columns)
        ),
    ]
    return Grid(
        rows,
        head,
        facts.of(facts.words.table_captions),
        weights=[2.2, *([1.0] * columns)],
        rules=chance.of(("", "head", "rows", "none")),
    )


def report(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A report of an administration: numbered headings, business prose, tables."""
    words = facts.words
    topic = facts["topic"]
    front: list[Block] = [
        Name([topic[0].upper() + topic[1:], *([facts["date"]] if chance.maybe(0.3) else [])])
    ]
    if chance.maybe(0.4):
        front.append(Prose(facts.fill("{hospital}, {date}"), align=chance.of(("left", "center"))))
    body: list[Block] = []
    if chance.maybe(0.2):  # contents
        body.append(Head("Sommaire" if words.code == "fr" else "Contents"))
        for number, heading in enumerate(chance.some(words.article_headings, chance.number(4, 9)), 1):
            body.append(Prose(f"{number}. {heading} {'.' * chance.number(20, 60)} {number + 1}", tight=True))
    for heading in chance.some(words.article_headings, chance.few(4, 2, 9)):
        body.append(Head(heading))
        for _ in range(chance.few(3, 1, 6)):
            body.append(
                Prose(" ".join(facts.fill(text) for text in chance.some(words.business, chance.number(2, 5))))
            )
        if chance.maybe(0.3):
            body.append(
                Points([facts.fill(text) for text in chance.some(words.business, chance.number(2, 4))])
            )
        if chance.maybe(0.25):
            body.append(data_table(facts, chance))
        if chance.maybe(0.15):
            body += figure(facts, chance)
    return Plan(
        front,
        body,
        Habits(letterhead=0.4, later=0.7, footer=0.65, number=0.92, staff=0.02, plain=chance.maybe(0.6)),
        most_pages=7,
    )


def business_letter(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """A letter that is not about a patient."""
    words = facts.words
    front: list[Block] = [
        parts.addressee(facts, chance),
        Space(0.8),
        parts.place_and_date(facts, chance),
        Space(0.8),
    ]
    if chance.maybe(0.6):
        said = "Objet : " if words.code == "fr" else "Subject: "
        front += [
            Lines([said + facts["topic"]], "address", bold=frozenset({0} if chance.maybe(0.5) else ())),
            Space(0.6),
        ]
    body: list[Block] = [Prose(facts.of(words.salutations))]
    for _ in range(chance.few(3, 1, 8)):
        body.append(
            Prose(" ".join(facts.fill(text) for text in chance.some(words.business, chance.number(1, 4))))
        )
    if chance.maybe(0.2):
        body.append(data_table(facts, chance))
    body += parts.signature(facts, chance, letter=True)
    return Plan(front, body, Habits(staff=0.08), most_pages=3)


def continuous(facts: Facts, voice: Voice, look: Look, chance: Chance) -> Plan:
    """Pages of a book or manuscript: prose, a running head, nothing else."""
    words = facts.words
    front: list[Block] = [Name([chance.of(words.article_headings)])] if chance.maybe(0.4) else []
    body: list[Block] = []
    for _ in range(chance.few(12, 5, 30)):
        if chance.maybe(0.1):
            body.append(Head(chance.of(words.article_headings)))
        body.append(Prose(" ".join(voice.told(chance.number(2, 9)))))
    return Plan(
        front,
        body,
        Habits(letterhead=0.1, later=0.85, footer=0.3, number=0.95, staff=0.0, watermark=0.0, plain=True),
        most_pages=5,
    )


KINDS = ((article, 0.55), (report, 0.2), (business_letter, 0.13), (continuous, 0.12))
