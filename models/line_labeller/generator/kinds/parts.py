"""Parts that many kinds of documents share: identity boxes, addresses, titles, tables, signatures."""

from __future__ import annotations

from dataclasses import replace

from models.line_labeller.generator.blocks import (
    Beside,
    Block,
    Grid,
    Lines,
    Name,
    Pairs,
    Prose,
    Scrawl,
    Space,
    Stroke,
)
from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.look import DARK, PALE


def identity(facts: Facts, chance: Chance) -> list[Block]:
    """The patient's identity: a box, a table, or lines."""
    words = facts.words
    count = chance.few(5, 2, 14)
    fields = chance.some(words.patient_fields, count)
    if not any("name" in name.lower() or "nom" in name.lower() for name, _ in fields):
        fields.insert(0, words.patient_fields[1 if words.code == "en" else 0])
    items = [(name, facts.fill(value)) for name, value in fields]
    if chance.maybe(0.25):
        items = [(name.upper(), value) for name, value in items]
    form = chance.of(
        (
            "box",
            "box",
            "grid",
            "inline",
            "lines",
            "lines right",
            "one line",
            "wide",
            "cells",
            "plain",
            "boxed lines",
        )
    )
    fill = chance.of(PALE) if chance.maybe(0.18) else None
    colon = chance.of((" : ", ": ", ":", " : ", "  ", " :"))
    factor = 1.0 if chance.maybe(0.6) else chance.between(0.78, 1.05)
    bold = chance.maybe(0.3)
    if form in ("box", "grid", "inline", "wide", "plain"):
        return [
            Pairs(
                items,
                columns=1 if form == "wide" else chance.of((1, 2, 2, 3)),
                boxed=form in ("box", "wide"),
                grid=form == "grid",
                fill=fill,
                colon=colon,
                aligned=chance.maybe(0.4),
                bold_names=bold,
                bold_values=not bold and chance.maybe(0.35),
                factor=factor,
                at=chance.of((0.0, 0.0, 0.0, 0.25, 0.45)),
                wide=chance.of((1.0, 1.0, 0.75, 0.55)),
            )
        ]
    if form == "cells":
        rows = [items[start : start + 3] for start in range(0, len(items), 3)]
        return [
            Grid(
                [[f"{name}{colon}{value}" for name, value in row] for row in rows],
                label="address",
                rules="grid",
            )
        ]
    if form == "one line":
        return [
            Prose(
                chance.of((" - ", ", ", "   ", " | ", " / ")).join(f"{n}{colon}{v}" for n, v in items[:4]),
                label="address",
                factor=factor,
            )
        ]
    lines = [facts.fill(line) for line in chance.some(words.patient_lines, chance.few(3, 1, 6))]
    at = chance.between(0.35, 0.6) if form == "lines right" else 0.0
    return [
        Lines(
            lines,
            "address",
            at=at,
            bold=frozenset({0} if chance.maybe(0.5) else ()),
            factor=factor,
            boxed=form == "boxed lines",
            fill=fill if form == "boxed lines" else None,
            wide=chance.between(0.45, 1.0),
        )
    ]


def addressee(facts: Facts, chance: Chance) -> Block:
    """To whom a letter goes."""
    words = facts.words
    lines = [facts["other_doctor"]]
    if chance.maybe(0.2):
        lines.insert(
            0,
            chance.of(
                ("A l'attention de", "À", "Destinataire :", "Au Docteur")
                if words.code == "fr"
                else ("To:", "Attn:", "To", "Addressee:")
            ),
        )
    if chance.maybe(0.3):
        lines.append(chance.of((facts["role"], facts.fill("{unit}"), facts.fill("{hospital}"))))
    lines += [facts["other_street"], facts["other_city"]]
    if chance.maybe(0.08):
        lines += [facts["any_phone"]]
    if chance.maybe(0.12):
        lines = [line.upper() for line in lines]
    at = chance.weighted(((0.0, 0.35), (chance.between(0.42, 0.62), 0.65)))
    return Lines(
        lines,
        "address",
        at=at,
        bold=frozenset({0} if chance.maybe(0.25) else ()),
        boxed=chance.maybe(0.06),
        factor=1.0 if chance.maybe(0.8) else 0.9,
        wide=0.58,
    )


def place_and_date(facts: Facts, chance: Chance) -> Block:
    """Where and when."""
    align = chance.of(("right", "left", "right", "center"))
    if chance.maybe(0.3):
        return Lines([facts.of(facts.words.place_date)], "address", at=chance.between(0.4, 0.6))
    return Lines([facts.of(facts.words.place_date)], "address", align=align)


def references(facts: Facts, chance: Chance) -> Block:
    """Re:, our reference, subject."""
    lines = [facts.fill(line) for line in chance.some(facts.words.subjects, chance.few(1.3, 1, 4))]
    return Lines(lines, "address", bold=frozenset(range(len(lines)) if chance.maybe(0.4) else ()))


def title(facts: Facts, chance: Chance, kind: str) -> list[Block]:
    """The document's title, rarely with a second line."""
    lines = [facts.of(facts.words.titles[kind])]
    facts.title = lines[0]
    if chance.maybe(0.2):
        lines.append(facts.of(facts.words.subtitles))
    return [Name(lines)]


def opening(facts: Facts, chance: Chance, kind: str, *, letter: float, titled: float) -> list[Block]:
    """All that stands before the text: date, addressee, title, identity, in any order that is in use."""
    pieces: list[list[Block]] = []
    beside = chance.maybe(0.09)  # the hospital at one side, the patient's label at the other
    has_title = chance.maybe(titled)
    if has_title:
        pieces.append(title(facts, chance, kind))
    else:
        facts.title = facts.of(facts.words.titles[kind])
    if chance.maybe(letter):
        to = addressee(facts, chance)
        if chance.maybe(0.3):
            from_lines = Lines(
                [facts.of(facts.words.subjects), facts.of(facts.words.place_date)], "address", wide=0.9
            )
            to = replaced_at(to)
            pieces.append([Beside(from_lines, to, chance.between(0.4, 0.55))])
        else:
            pieces.append([to])
            if chance.maybe(0.5):
                pieces.append([references(facts, chance)])
    if chance.maybe(0.6):
        pieces.append([place_and_date(facts, chance)])
    if not beside and chance.maybe(0.8 if has_title else 0.55):
        pieces.append(identity(facts, chance))
    if chance.maybe(0.06):
        pieces.append([Lines([facts.of(facts.words.copies)], "address")])
    order = chance.order(len(pieces)) if chance.maybe(0.6) else list(range(len(pieces)))
    out: list[Block] = []
    if beside:
        lines = [facts.fill(line) for line in chance.some(facts.words.letterhead_lines, chance.number(2, 6))]
        hospital = Lines(lines, "header", bold=frozenset({0}), factor=chance.between(0.75, 1.0), second=True)
        patient = replaced_at(identity(facts, chance)[0])
        out += [Beside(hospital, patient, chance.between(0.42, 0.62)), Space(chance.between(0.3, 1.5))]
    for number in order:
        out += [*pieces[number], Space(chance.between(0.2, 1.8))]
    if chance.maybe(0.1):
        out.append(Stroke())
    return out


def replaced_at(block: Block) -> Block:
    """An address that has a half of the page for itself begins at its left."""
    if isinstance(block, Lines):
        return Lines(block.lines, block.label, bold=block.bold, boxed=block.boxed, factor=block.factor)
    if isinstance(block, Pairs):
        return replace(block, at=0.0, wide=1.0, columns=1)
    return block


def laboratory(facts: Facts, chance: Chance, count: int, *, caption: float = 0.25) -> Grid:
    """A table of laboratory values."""
    words = facts.words
    columns = [0, 1]
    if chance.maybe(0.75):
        columns.append(2)
    if chance.maybe(0.75):
        columns.append(3)
    if chance.maybe(0.3):
        columns.append(4)
    grouped = chance.maybe(0.35)
    picked = chance.some(words.analytes, count)
    if grouped:
        picked.sort(key=lambda analyte: analyte[2])
    rows: list[list[str]] = []
    sections: set[int] = set()
    group = ""
    point = "," if words.code == "fr" else "."
    for name, unit, kind, low, high in picked:
        if grouped and kind != group:
            group = kind
            sections.add(len(rows))
            rows.append([kind.upper() if chance.maybe(0.5) else kind])
        value = chance.around((low + high) / 2, (high - low) / 2 or 1, low * 0.4, high * 2.5)
        wide = 1 if high < 20 else 0
        said = f"{value:.{wide}f}".replace(".", point)
        flag = (
            ""
            if low <= value <= high
            else chance.of(
                (
                    " *",
                    " H" if value > high else " L",
                    " +" if value > high else " -",
                    " ↑" if value > high else " ↓",
                    "",
                )
            )
        )
        between = chance.of(
            (
                f"{low:g} - {high:g}",
                f"[{low:g}-{high:g}]",
                f"{low:g}-{high:g}",
                f"({low:g} à {high:g})" if words.code == "fr" else f"({low:g} - {high:g})",
            )
        )
        cells = (
            name,
            said + flag,
            unit,
            between.replace(".", point),
            f"{value * chance.between(0.8, 1.2):.{wide}f}".replace(".", point),
        )
        if 2 not in columns and chance.maybe(0.8):
            cells = (name, f"{said} {unit}{flag}", *cells[2:])
        rows.append([cells[number] for number in columns])
    head = [facts.of(words.lab_heads[number]) for number in columns] if chance.maybe(0.75) else []
    return Grid(
        rows,
        head,
        facts.of(words.lab_captions) if chance.maybe(caption) else "",
        weights=[(2.4, 1.2, 1, 1.6, 1.1)[n] for n in columns],
        sections=frozenset(sections),
    )


def trend(facts: Facts, chance: Chance) -> Grid:
    """Values over several days: names at the left, days above."""
    words = facts.words
    days = chance.number(2, 6)
    vitals = chance.maybe(0.4)
    names = (
        chance.some(words.vitals, chance.number(3, 8))
        if vitals
        else [a[0] for a in chance.some(words.analytes, chance.number(3, 12))]
    )
    rows = [
        [name, *(chance.fill(chance.of(("##", "#,#", "1##", "###/##", "-", ""))) for _ in range(days))]
        for name in names
    ]
    head = [
        "",
        *(
            facts["any_date"] if chance.maybe(0.6) else f"J{day}" if words.code == "fr" else f"Day {day}"
            for day in range(days)
        ),
    ]
    return Grid(
        rows, head, facts.of(words.lab_captions) if chance.maybe(0.2) else "", weights=[2.0, *([1.0] * days)]
    )


def medication(facts: Facts, chance: Chance) -> Grid:
    """A grid of medication."""
    words = facts.words
    times = chance.maybe(0.55)
    columns = [
        0,
        *([1] if chance.maybe(0.6) else []),
        *([2, 3, 4] if times else [1] if chance.maybe(0.1) else []),
        *([5] if times and chance.maybe(0.6) else []),
    ]
    if chance.maybe(0.5) or len(columns) < 2:
        columns.append(6)
    rows = []
    for drug in chance.some(words.drugs, chance.few(5, 2, 14)):
        row = []
        for column in columns:
            if column == 0:
                row.append(f"{drug} {chance.of(words.doses)}" if chance.maybe(0.6) else drug)
            elif column == 1:
                row.append(chance.of(words.doses) if chance.maybe(0.5) else facts.of(words.frequencies))
            elif column == 6:
                row.append(facts.of(words.durations))
            else:
                row.append(chance.of(("1", "0", "-", "", "1 cp", "2", "1/2", "x", "1")))
        rows.append(row)
    head = [facts.of(words.drug_heads[column]) for column in columns] if chance.maybe(0.88) else []
    return Grid(
        rows,
        head,
        facts.of(words.drug_captions) if chance.maybe(0.2) else "",
        weights=[{0: 2.4, 1: 1.6, 6: 1.8}.get(c, 0.8) for c in columns],
    )


def other_grid(facts: Facts, chance: Chance) -> Grid:
    """A small table of another sort."""
    head, columns = chance.of(facts.words.grids)
    rows = [[facts.of(options) for options in columns] for _ in range(chance.few(4, 2, 10))]
    return Grid(
        rows,
        head if chance.maybe(0.85) else (),
        facts.of(facts.words.table_captions) if chance.maybe(0.12) else "",
    )


def prescribed(facts: Facts, chance: Chance, count: int) -> list[str]:
    """Lines of a prescription in words."""
    words = facts.words
    out = []
    for drug in chance.some(words.drugs, count):
        joint = chance.of((" : ", " ", ", ", " - "))
        out.append(
            f"{drug} {chance.of(words.doses)}{joint}{facts.of(words.frequencies)}"
            + (f" {facts.of(words.durations)}" if chance.maybe(0.5) else "")
        )
    return out


def signature(facts: Facts, chance: Chance, *, letter: bool) -> list[Block]:
    """The closing block: formula, names, functions, stamp, signed by."""
    words = facts.words
    out: list[Block] = [Space(chance.between(0.2, 2.0))]
    if letter and chance.maybe(0.9):
        formula = facts.of(words.closings)
        if chance.maybe(0.6):
            out.append(Prose(formula, label="signature"))
        else:
            out.append(Lines([formula], "signature", at=chance.of((0.0, 0.0, 0.5)), keep=False))
        out.append(Space(chance.between(0.2, 1.5)))
    at = chance.weighted(((0.0, 0.4), (chance.between(0.4, 0.65), 0.6)))
    form = chance.of(("one", "one", "two", "signed", "hand", "stamp", "one signed", "table", "line"))
    lines = [
        facts["doctor"],
        *(facts.fill(line) for line in chance.some(words.signers, chance.few(1.4, 1, 4))),
    ]
    lines = list(dict.fromkeys(lines))
    bold = frozenset({0} if chance.maybe(0.35) else ())
    if chance.maybe(0.15):
        out.append(Lines([facts.of(words.place_date)], "address", at=at, align="left"))
    if form == "two":
        other = [facts["junior"], facts.of(words.signers), *([facts["role"]] if chance.maybe(0.5) else [])]
        pair = (Lines(other, "signature", bold=bold), Lines(lines, "signature", bold=bold))
        out.append(Beside(*(pair if chance.maybe(0.6) else pair[::-1]), share=chance.between(0.4, 0.6)))
    elif form == "table":
        head = (
            ("Rédacteur", "Validation", "Approbation")
            if words.code == "fr"
            else ("Written by", "Verified by", "Approved by")
        )
        count = chance.number(2, 3)
        out.append(
            Grid(
                [[facts.doctor() for _ in range(count)], [facts["any_date"] for _ in range(count)]],
                head[:count],
                label="signature",
                rules="grid",
            )
        )
    elif form == "line":
        out.append(Lines([f"{facts.of(words.signers)} {'_' * chance.number(12, 30)}"], "signature", at=at))
    elif form == "signed":
        out.append(Lines([facts.of(words.signed)], "signature", keep=False))
    else:
        if form == "hand" or chance.maybe(0.25):
            out.append(Scrawl(chance.between(60, 130), chance.between(18, 40), at, chance.bits()))
        align = chance.of(("left", "left", "center", "right"))
        out.append(
            Lines(
                lines,
                "signature",
                at=at if align == "left" else max(0.0, at - 0.05),
                align=align,
                bold=bold,
                wide=0.5 if align != "left" else 1.0,
            )
        )
        if form == "one signed":
            out.append(
                Lines([facts.of(words.signed)], "signature", factor=chance.between(0.75, 1.0), keep=False)
            )
        if form == "stamp":
            stamp = [facts.fill(line) for line in chance.some(words.stamps, chance.number(1, 4))]
            colour = chance.of(DARK)
            out += [
                Space(0.6),
                Lines(
                    stamp,
                    "signature",
                    at=chance.between(0.05, 0.6),
                    align="center",
                    wide=0.36,
                    boxed=chance.maybe(0.6),
                    factor=0.85,
                    colour=colour,
                ),
            ]
    if chance.maybe(0.12):
        out.append(Lines([facts.of(words.copies)], "signature", factor=0.9, keep=False))
    return out
