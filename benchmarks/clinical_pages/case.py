# ruff: noqa: E501, SIM905  (tables, and text in XML)
"""What a document says, before any layout: hospital, staff, patient, sections, signature, and its truth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from benchmarks.clinical_pages.sources import Sources
from benchmarks.clinical_pages.words import dev, medicine, test

KINDS = ("stay", "letter", "operation", "imaging", "emergency", "progress", "laboratory")
_WORDS = {"dev": dev.WORDS, "test": test.WORDS}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a section: ``text`` a paragraph, ``items`` bullets, or ``rows`` a table with its header."""

    text: str = ""
    items: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    heading: str  # "" for text that stands without one
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """An infection that the document names, where, and how it stands there."""

    term: str
    section: str
    status: str  # "yes" (present and acute), "no" (denied), "past" (in the history)


@dataclass(slots=True)
class Case:
    language: str
    kind: str
    half: str
    hospital: dict[str, str]
    service: str
    pole: str
    staff: list[tuple[str, list[str]]]
    units: list[tuple[str, str]]
    title: str
    patient: dict[str, str]
    labels: dict[str, str]
    addressee: list[str]
    place_date: str
    re: str
    salutation: str
    sections: list[Section]
    closing: str
    signature: list[str]
    stamp: list[str]
    legal: list[str]
    printed: str
    page_style: str
    mentions: list[Mention] = field(default_factory=list)
    traps: bool = False

    @property
    def acute(self) -> bool:
        """The document-level truth of the downstream check: an infection is present and acute."""
        return any(mention.status == "yes" for mention in self.mentions)


class Writer:
    """Draws cases of one half from a seeded source of randomness."""

    def __init__(self, draw: random.Random, sources: Sources, half: str) -> None:
        self._draw = draw
        self._sources = sources
        self._half = half

    def case(self, language: str, kind: str, length: float) -> Case:
        """Return a case of the kind; ``length`` scales its running text, about 1 for a page and a half."""
        draw, words = self._draw, _WORDS[self._half][language]
        name, group, street, city, dial, web = draw.choice(words["hospitals"])
        day = date(2015, 1, 1) + timedelta(days=draw.randrange(3500))
        entry = day - timedelta(days=draw.randrange(2, 21))
        sex = draw.choice("MF")
        age = draw.randrange(19, 94)
        born = date(day.year - age, draw.randrange(1, 13), draw.randrange(1, 28))
        surname, first = draw.choice(words["surnames"]), draw.choice(words["first"])
        traps = draw.random() < 0.7
        written = self._date(language)
        values = {
            "patient": f"{words['polite'][sex]} {first} {surname}", "age": age, "date": written(day), "entry": written(entry),
            "born": f"{born:%d/%m/%Y}", "city": city.split(",")[0].strip("0123456789 ").title(), "number": str(draw.randrange(10**8, 10**9)),
            "nhs": f"{draw.randrange(400, 999)} {draw.randrange(100, 999)} {draw.randrange(1000, 9999)}", "web": web,
            "login": draw.choice(words["surnames"])[:6].upper() + str(draw.randrange(10, 99)), "name": self._person(words), "addressee": draw.choice(words["surnames"]),
            "chair": self._person(words), "chief": self._person(words),
        }  # fmt: skip
        sections, mentions = self._sections(language, kind, length, words, values)
        legal = draw.sample(words["legal"], draw.randrange(1, len(words["legal"]) + 1))
        if traps and draw.random() < 0.5:
            legal.append(draw.choice(words["trap_legal"]))
        signature = draw.choice(words["signed"]).format(**values).split("\n")
        return Case(
            language=language, kind=kind, half=self._half,
            hospital={"name": name, "group": group, "street": street, "city": city, "phone": self._phone(dial), "fax": self._phone(dial), "web": f"www.{web}.{'fr' if language == 'fr' else 'example'}", "mail": f"contact@{web}.example"},
            service=draw.choice(words["trap_services"] if traps and draw.random() < 0.7 else words["services"]),
            pole=draw.choice(words["pole"]), staff=self._staff(words, traps), units=self._units(words, traps, dial),
            title=draw.choice(words["titles"][kind]),
            patient={"name": f"{surname.upper()} {first}", "full": values["patient"], "born": str(values["born"]), "age": str(age), "sex": words["sexes"][sex], "id": str(draw.randrange(10**9, 10**10)), "stay": str(draw.randrange(10**7, 10**8)), "entry": f"{entry:%d/%m/%Y}", "exit": f"{day:%d/%m/%Y}", "street": f"{draw.randrange(1, 180)} {self._street(language)}", "doctor": f"{words['doctor']} {self._person(words)}"},
            labels=words["labels"], addressee=self._addressee(language, words, str(values["addressee"])),
            place_date=words["place_date"].format(**values), re=draw.choice(words["re"]).format(**values),
            salutation=draw.choice(words["salutations"]).format(**values), sections=sections,
            closing=draw.choice(words["closings"]), signature=signature, stamp=draw.choice(words["stamps"]).format(**values).split("\n"),
            legal=[line.format(**values) for line in legal], printed=draw.choice(words["printed"]).format(**values),
            page_style=draw.choice(words["pages"]), mentions=mentions, traps=traps,
        )  # fmt: skip

    # -- people and places

    def _person(self, words: dict[str, Any]) -> str:
        return f"{self._draw.choice(words['first'])} {self._draw.choice(words['surnames'])}"

    def _phone(self, dial: str) -> str:
        draw = self._draw
        if dial.startswith("0") and len(dial) == 5 and " " in dial:
            return dial + "".join(f" {draw.randrange(100):02}" for _ in range(3))
        return f"{dial}{'-' if '-' in dial or '(' in dial else ' '}{draw.randrange(100, 999)}"

    def _street(self, language: str) -> str:
        streets = {
            "dev": {"fr": ["rue des Lilas", "avenue Jean-Moulin", "chemin du Moulin"], "en": ["Orchard Road", "Mill Street", "Sycamore Avenue"]},
            "test": {"fr": ["impasse du Puits", "route d'Arles", "cours Gambetta"], "en": ["Harbour View", "Elm Drive", "Station Parade"]},
        }  # fmt: skip
        return self._draw.choice(streets[self._half][language])

    def _staff(self, words: dict[str, Any], traps: bool) -> list[tuple[str, list[str]]]:
        draw = self._draw
        groups = draw.sample(words["staff"], draw.randrange(3, len(words["staff"]) + 1))
        if traps:
            for group in draw.sample(words["trap_staff"], draw.randrange(1, 3)):
                groups.insert(draw.randrange(len(groups) + 1), group)
        shorten = draw.random() < 0.4
        staff = []
        for role, count, title in groups:
            people = []
            for _ in range(max(1, count + draw.randrange(-1, 2))):
                first, last = draw.choice(words["first"]), draw.choice(words["surnames"])
                people.append(f"{title} {first[0] + '.' if shorten else first} {last}".strip())
            staff.append((role, people))
        return staff

    def _units(self, words: dict[str, Any], traps: bool, dial: str) -> list[tuple[str, str]]:
        draw = self._draw
        names = draw.sample(words["units"], draw.randrange(2, 5))
        if traps and draw.random() < 0.6:
            names.insert(draw.randrange(len(names) + 1), draw.choice(words["trap_units"]))
        return [(name, self._phone(dial)) for name in names]

    def _addressee(self, language: str, words: dict[str, Any], surname: str) -> list[str]:
        draw = self._draw
        towns = {
            "dev": {"fr": ["44700 ORVILLE", "31400 Saint-Céry"], "en": ["Westbrook WB2 1AA", "Dunmore, KS 66998"]},
            "test": {"fr": ["69210 BULLY-LE-GRAND", "57000 Metzeray"], "en": ["FENWICK FN4 3BB", "San Alondra, CA 90998"]},
        }  # fmt: skip
        practice = {
            "fr": "Cabinet médical",
            "en": "The Surgery" if self._half == "dev" else "Family Practice",
        }
        lines = [f"{words['doctor']} {surname}"]
        if draw.random() < 0.5:
            lines.append(practice[language])
        return [
            *lines,
            f"{draw.randrange(1, 120)} {self._street(language)}",
            draw.choice(towns[self._half][language]),
        ]

    def _date(self, language: str) -> Any:
        draw = self._draw
        style = draw.randrange(3)

        def written(day: date) -> str:
            month = _MONTHS[language][day.month - 1]
            if style == 0:
                return f"{day:%d/%m/%Y}"
            if language == "fr" or style == 1:
                return f"{day.day} {month} {day.year}"
            return f"{month} {day.day}, {day.year}"

        return written

    # -- what the document is about

    def _sections(
        self, language: str, kind: str, length: float, words: dict[str, Any], values: dict[str, Any]
    ) -> tuple[list[Section], list[Mention]]:
        draw = self._draw
        sentences = _Flow(self._text(language))
        mentions: list[Mention] = []
        heading = {key: draw.choice(choices).format(**values) for key, choices in words["headings"].items()}
        status = draw.choices(["yes", "no", "past", "none"], [0.42, 0.25, 0.15, 0.18])[0]
        places = {
            "stay": ["course", "conclusion", "story"], "letter": ["story", "conclusion"], "operation": ["indication"], "imaging": ["indication", "findings"],
            "emergency": ["story", "conclusion"], "progress": ["course"], "laboratory": ["comment"],
        }[kind]  # fmt: skip
        terms = draw.sample(medicine.INFECTIONS[language], 3)
        wanted: dict[str, list[str]] = {}
        if status in ("yes", "no"):
            place = draw.choice(places)
            wanted[place] = [_fill(draw.choice(words["mentions"][status]), terms[0], language)]
            mentions.append(Mention(terms[0], place, status))
        if status == "yes" and draw.random() < 0.4 and kind != "laboratory":
            place = draw.choice(places)
            wanted.setdefault(place, []).append(
                _fill(draw.choice(words["mentions"]["no"]), terms[1], language)
            )
            mentions.append(Mention(terms[1], place, "no"))
        with_history = kind in ("stay", "letter", "emergency")
        past = ""
        if with_history and (status == "past" or draw.random() < 0.2):
            past = _fill(
                draw.choice(words["mentions"]["past"]).replace("{y}", str(draw.randrange(1988, 2014))),
                terms[2],
                language,
            )
            past = past[0].upper() + past[1:]
            mentions.append(Mention(terms[2], "history", "past"))

        def prose(key: str, count: float) -> Block:
            drawn = sentences.take(max(1, round(count * length)))
            for mention in wanted.pop(key, []):
                drawn.insert(draw.randrange(len(drawn) + 1), mention)
            return Block(text=" ".join(drawn))

        def section(key: str, *blocks: Block) -> Section:
            return Section(heading[key], blocks)

        if kind == "stay":
            sections = [
                section("reason", prose("reason", 1)),
                section("history", self._history(language, past)),
                *([section("life", Block(text=draw.choice(words["life"])))] if draw.random() < 0.6 else []),
                *([section("entry_drugs", self._drugs(language, words))] if draw.random() < 0.6 else []),
                section("story", prose("story", 6), *([prose("", 3)] if length > 1 else [])),
                section("exam", self._exam(language)),
                section(
                    "tests",
                    *([self._labs(language, words, values, 7)] if draw.random() < 0.8 else []),
                    prose("tests", 3),
                ),
                section("course", prose("course", 7), *([prose("", 5)] if length > 1.2 else [])),
                section("conclusion", Block(text=draw.choice(words["summary"])), prose("conclusion", 1)),
                section("exit_drugs", self._drugs(language, words)),
                section("follow", self._follow(words)),
            ]
            if language == "en" and draw.random() < 0.4:
                sections[4:4] = self._visit()
        elif kind == "letter":
            opening = draw.choice(words["openings"]).format(**values)
            blocks = [
                Block(text=opening + " " + " ".join(sentences.take(2))),
                prose("story", 5),
                prose("exam", 3),
                prose("conclusion", 2 * length),
            ]
            if past:
                blocks.insert(1, None)  # type: ignore[arg-type]
            if draw.random() < 0.5:  # a letter without headings
                history = [section("history", self._history(language, past))] if past else []
                sections = [
                    *history,
                    Section("", tuple(block for block in blocks if block)),
                    Section("", (self._follow(words),)),
                ]
                if history:  # the letter opens before its history
                    sections = [Section("", (blocks[0],)), history[0], Section("", tuple(blocks[2:]))]
            else:
                sections = [
                    Section("", (blocks[0],)),
                    section("history", self._history(language, past)),
                    section("story", blocks[-3]),
                    section("exam", self._exam(language)),
                    section(
                        "conclusion",
                        blocks[-1],
                        *([self._drugs(language, words)] if draw.random() < 0.4 else []),
                    ),
                    section("follow", self._follow(words)),
                ]
        elif kind == "operation":
            steps = draw.sample(
                medicine.OPERATION[language],
                min(len(medicine.OPERATION[language]), round(9 + 4 * length)),
            )
            half = len(steps) // 2
            sections = [
                section("indication", prose("indication", 2)),
                section(
                    "procedure",
                    Block(text=" ".join(steps[:half])),
                    Block(text=" ".join(steps[half:])),
                    prose("", 3),
                ),
                section("course", prose("course", 3)),
                section("exit_drugs", self._drugs(language, words)),
                section("follow", self._follow(words)),
            ]
        elif kind == "imaging":
            drawn = [
                item.format(d=draw.randrange(200, 900), m=draw.randrange(3, 12))
                for item in draw.sample(medicine.IMAGING[language], 10)
            ]
            sections = [
                section("indication", prose("indication", 2)),
                section("technique", Block(text=" ".join(drawn[:2]))),
                section(
                    "findings",
                    prose("findings", 2),
                    Block(text=" ".join(drawn[2:6])),
                    Block(text=" ".join(drawn[6:])),
                    prose("", 4),
                ),
                section("conclusion", Block(items=tuple(sentences.take(2)))),
            ]
        elif kind == "emergency":
            sections = [
                section("vitals", self._vitals(language, words)),
                section("reason", prose("reason", 1)),
                section("history", self._history(language, past)),
                section("story", prose("story", 5)),
                section("exam", self._exam(language)),
                section("tests", self._labs(language, words, values, 6), prose("tests", 2)),
                section("conclusion", prose("conclusion", 3), Block(text=draw.choice(words["summary"]))),
                section("follow", self._follow(words)),
            ]
        elif kind == "progress":
            sections = []
            entries = max(3, round(5 * length))
            for number in range(entries):
                hour = f"{draw.randrange(1, 28):02}/{draw.randrange(1, 13):02} {draw.randrange(8, 20)}:{draw.randrange(60):02}"
                place = "course" if number == entries // 2 else ""
                sections.append(
                    Section(f"{hour} - {self._person(words)}", (prose(place, draw.randrange(2, 5)),))
                )
            sections.append(section("follow", self._follow(words)))
        else:
            groups = list(medicine.LABS[language])
            draw.shuffle(groups)
            sections = [Section("", (Block(text=words["method"].format(**values)),))]
            for group in groups:
                sections.append(
                    Section(
                        group[0 if self._half == "dev" else 1],
                        (self._labs(language, words, values, 9, group, caption=False),),
                    )
                )
            sections.append(section("comment", prose("comment", 2)))
        assert not wanted, "a mention was wanted in a section that the document has not"
        return sections, mentions

    def _text(self, language: str) -> list[str]:
        pool = self._sources.cases[language]
        return [sentence for number in self._draw.sample(range(len(pool)), 3) for sentence in pool[number]]

    def _visit(self) -> list[Section]:
        note = self._draw.choice(self._sources.notes)
        sections = []
        for heading, lines in note[1:4]:
            bullets = tuple(line.lstrip("•- ") for line in lines if line.startswith(("•", "- ")))
            text = " ".join(line for line in lines if not line.startswith(("•", "- ")))
            blocks = [Block(text=text)] if text else []
            if bullets:
                blocks.append(Block(items=bullets))
            sections.append(Section(heading, tuple(blocks)))
        return sections

    def _half_of(self, items: Sequence[Any]) -> list[Any]:
        """The half's part of a list of medicine.py."""
        return list(items[0 if self._half == "dev" else 1 :: 2])

    def _history(self, language: str, past: str) -> Block:
        draw = self._draw
        items = [
            item.format(y=draw.randrange(1985, 2015))
            for item in draw.sample(self._half_of(medicine.HISTORY[language]), draw.randrange(3, 8))
        ]
        if past:
            items.insert(draw.randrange(len(items) + 1), past)
        if draw.random() < 0.2:
            return Block(text=". ".join(items) + ".")
        return Block(items=tuple(items))

    def _exam(self, language: str) -> Block:
        draw = self._draw
        values = {
            "a": draw.randrange(95, 170),
            "b": draw.randrange(50, 99),
            "c": draw.randrange(52, 124),
            "s": draw.randrange(90, 100),
            "w": draw.randrange(45, 110),
            "h": draw.randrange(150, 192),
        }
        pool = medicine.EXAM[language]
        items = [item.format(**values) for item in [pool[0], *draw.sample(pool[1:], draw.randrange(3, 8))]]
        return Block(items=tuple(items)) if draw.random() < 0.5 else Block(text=". ".join(items) + ".")

    def _drugs(self, language: str, words: dict[str, Any]) -> Block:
        draw = self._draw
        drugs = draw.sample(self._half_of(medicine.DRUGS[language]), draw.randrange(3, 8))
        if draw.random() < 0.55:
            return Block(header=tuple(words["drug_head"]), rows=tuple(drugs))
        return Block(items=tuple(f"{name} : {dose}, {duration}" for name, dose, duration in drugs))

    def _follow(self, words: dict[str, Any]) -> Block:
        chosen = self._draw.sample(words["follow"], 2)
        return Block(items=tuple(chosen)) if self._draw.random() < 0.5 else Block(text=" ".join(chosen))

    def _vitals(self, language: str, words: dict[str, Any]) -> Block:
        draw = self._draw
        values = [
            f"{draw.randrange(95, 170)}/{draw.randrange(50, 99)} mmHg",
            f"{draw.randrange(52, 124)} /min",
            f"{draw.randrange(90, 100)} %",
            f"{draw.randrange(362, 392) / 10:.1f} °C".replace(".", "," if language == "fr" else "."),
            f"{draw.randrange(12, 28)} /min",
            f"{draw.randrange(10)}/10",
        ]
        return Block(header=tuple(words["vital_head"]), rows=tuple(zip(words["vitals"], values, strict=True)))

    def _labs(
        self,
        language: str,
        words: dict[str, Any],
        values: dict[str, Any],
        most: int,
        group: tuple[str, str] | None = None,
        *,
        caption: bool = True,
    ) -> Block:
        draw = self._draw
        tests = medicine.LABS[language]
        pool = tests[group] if group else [test for tests_ in tests.values() for test in tests_]
        chosen = draw.sample(pool, min(len(pool), draw.randrange(4, most + 1)))
        rows = []
        for name, unit, low, high, digits in chosen:
            value = draw.uniform(low * 0.7, high * 1.5)
            shown = [f"{number:.{digits}f}" for number in (value, low, high)]
            if language == "fr":
                shown = [number.replace(".", ",") for number in shown]
            flag = " *" if not low <= value <= high else ""
            rows.append((name, shown[0] + flag, unit, f"{shown[1]} - {shown[2]}"))
        title = draw.choice(words["captions"]).format(**values) if caption and draw.random() < 0.5 else ""
        return Block(header=tuple(words["lab_head"]), rows=tuple(rows), caption=title)


class _Flow:
    """Sentences in their order, from the beginning again when they are used up."""

    def __init__(self, sentences: list[str]) -> None:
        self._sentences = sentences
        self._next = 0

    def take(self, count: int) -> list[str]:
        taken = [self._sentences[(self._next + i) % len(self._sentences)] for i in range(count)]
        self._next += count
        return taken


def _fill(phrase: str, term: str, language: str) -> str:
    if language == "fr" and term in medicine.FEMININE:
        for feminine, masculine in (
            ("une {c}", "un {c}"),
            ("d'une {c}", "d'un {c}"),
            ("documentée", "documenté"),
        ):
            phrase = phrase.replace(feminine, masculine)
    if language == "fr" and term[0] in "aeiouéè":
        phrase = phrase.replace("de {c}", "d'{c}")
    return phrase.replace("{c}", term)
