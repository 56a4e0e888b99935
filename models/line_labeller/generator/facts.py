"""Who and what a document is about: names, numbers, dates. Fills the patterns of ``words``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.words.words import Words

# Drawn anew each time, as is all that begins with any_ or other.
_FRESH = frozenset(
    [
        "time",
        "user",
        "initial",
        "initials",
        "initials2",
        "LASTN",
        "n",
        "relative",
        "organ",
        "exam",
        "file",
        "year",
        "topic",
        "junior",
    ]
)
_FIELD = re.compile(r"\{(\w+)\}")


class Facts:
    """One patient, one stay, one hospital. What identifies these stays the same; ``any_...`` and ``other_...``
    is drawn anew each time."""

    def __init__(self, words: Words, chance: Chance) -> None:
        self.words = words
        self._chance = chance
        self._woman = chance.maybe(0.5)
        self._dates = chance.of(words.dates)
        self._day = date(2005, 1, 1) + timedelta(days=chance.number(0, 7000))
        self._known: dict[str, str] = {}
        self.title = ""

    def __getitem__(self, name: str) -> str:
        if name not in self._known:
            made = self._make(name)
            if name in _FRESH or name.startswith(("any_", "other")):
                return made
            self._known[name] = made
        return self._known[name]

    def fill(self, pattern: str) -> str:
        """The pattern with everything filled in."""
        chance = self._chance
        if "{" in pattern:
            pattern = _FIELD.sub(lambda found: self[found[1]], pattern)
        if "#" in pattern or "@@" in pattern or "@#" in pattern or "#@" in pattern:
            pattern = re.sub(r"#|@(?=[@#])|(?<=#)@", lambda found: chance.fill(found[0]), pattern)
        return pattern

    def of(self, options: tuple[str, ...]) -> str:
        """One of the patterns, filled."""
        return self.fill(self._chance.of(options))

    def heading(self, theme: str) -> str:
        """The heading of a section, often one that is made of parts."""
        if self._chance.maybe(0.25) and theme in ("exam", "tests", "course", "history", "result", "care"):
            made = self.of(self.words.heading_patterns)
            return made.upper() if self._chance.maybe(0.15) else made
        return self.of(self.words.headings[theme])

    def last(self) -> str:
        """Any surname."""
        chance, words = self._chance, self.words
        if chance.maybe(0.5):
            return chance.of(words.last)
        return chance.of(words.last_parts[0]) + chance.of(words.last_parts[1])

    def first(self, woman: bool | None = None) -> str:
        """Any first name."""
        if woman is None:
            woman = self._chance.maybe(0.5)
        return self._chance.of(self.words.first_women if woman else self.words.first_men)

    def doctor(self) -> str:
        """Any doctor, in one of the ways in which doctors are written."""
        chance = self._chance
        title, first, last = chance.of(self.words.doctors), self.first(), self.last()
        form = chance.number(0, 6)
        if form == 0:
            return f"{title} {first[0]}. {last}"
        if form == 1:
            return f"{title} {last.upper()} {first}"
        if form == 2:
            return f"{title} {last}"
        if form == 3:
            return f"{title} {first} {last.upper()}"
        if form == 4:
            return f"{title} {first[0]}. {last.upper()}"
        return f"{title} {first} {last}"

    def day(self, offset: int = 0) -> str:
        """A date as this document writes dates."""
        return self._write(self._day + timedelta(days=offset), self._dates)

    def _write(self, day: date, pattern: str) -> str:
        month = self.words.months[day.month - 1]
        parts = {
            "d": f"{day.day:02}",
            "m": f"{day.month:02}",
            "y": str(day.year),
            "yy": f"{day.year % 100:02}",
            "D": str(day.day),
            "M": month,
            "Mmm": month[:3],
        }
        return _FIELD.sub(lambda found: parts[found[1]], pattern)

    def _make(self, name: str) -> str:
        chance, words = self._chance, self.words
        if name == "LAST" or name == "last":
            last = self.last()
            self._known |= {"LAST": last.upper(), "last": last}
            return self._known[name]
        if name == "patient":
            return self._patient()
        makers: dict[str, Callable[[], str]] = {
            "first": lambda: self.first(self._woman),
            "patienttitle": lambda: chance.of(words.women if self._woman else words.men),
            "relative": lambda: f"{self.first()} {self.last()}",
            "sex": lambda: (
                chance.of(
                    ("F", "Féminin", "Femme", "féminin", "F")
                    if words.code == "fr"
                    else ("F", "Female", "female", "FEMALE", "F")
                )
                if self._woman
                else chance.of(
                    ("M", "Masculin", "Homme", "H", "M")
                    if words.code == "fr"
                    else ("M", "Male", "male", "MALE", "M")
                )
            ),
            "dob": lambda: self._write(
                self._day - timedelta(days=365 * int(self["age"]) + chance.number(1, 360)), self._dates
            ),
            "age": lambda: str(int(chance.around(62, 22, 1, 101))),
            "number": lambda: chance.of(words.numbers),
            "date": self.day,
            "date_in": lambda: self.day(-chance.few(8, 1, 60)),
            "any_date": lambda: self.day(chance.number(-700, 100)),
            "time": self._time,
            "year": lambda: str(self._day.year - chance.number(0, 20)),
            "hospital": lambda: self.of(words.hospitals),
            "unit": lambda: chance.of(words.units),
            "spec": lambda: chance.of(words.units).split(" de ")[-1].split("Department of ")[-1].lower(),
            "department": lambda: chance.of(words.departments),
            "trust": lambda: self.of(words.trusts),
            "saint": lambda: chance.of(words.saints),
            "saint2": lambda: chance.of(words.saints),
            "city": lambda: chance.of(words.cities),
            "CITY": lambda: self["city"].upper(),
            "city2": lambda: chance.of(words.cities),
            "homecity": lambda: chance.of(words.cities),
            "HOMECITY": lambda: chance.of(words.cities).upper(),
            "zip": lambda: chance.of(words.zips),
            "homezip": lambda: chance.of(words.zips),
            "street": lambda: self.of(words.streets),
            "home": lambda: self.of(words.streets),
            "other_street": lambda: self.of(words.streets),
            "other_city": lambda: f"{chance.fill(chance.of(words.zips))} {chance.of(words.cities)}",
            "any_phone": lambda: chance.fill(chance.of(words.phones)),
            "phone": lambda: chance.of(words.phone_words).format(self["any_phone"]),
            "fax": lambda: chance.of(words.fax_words).format(self["any_phone"]),
            "mail": lambda: chance.of(words.mail_words).format(self._mail()),
            "web": lambda: f"{chance.of(('www.', 'https://', 'http://www.', 'www.'))}{self._domain()}",
            "chief": self.doctor,
            "doctor": self.doctor,
            "DOCTOR": lambda: self["doctor"].upper(),
            "other_doctor": self.doctor,
            "otherlast": self.last,
            "junior": lambda: f"{self.first()} {self.last()}",
            "role": lambda: chance.of(words.roles),
            "user": lambda: chance.of(
                (f"{self.last().upper()} {self.first()[0]}.", chance.fill("@@@####"), self.last().lower())
            ),
            "initials": lambda: chance.fill("@@"),
            "initials2": lambda: chance.fill("@@").lower(),
            "initial": lambda: chance.fill("@@")[: chance.number(1, 2)],
            "LASTN": lambda: self.last(),
            "n": lambda: str(chance.number(1, 250)),
            "title": lambda: self.title or self.of(words.titles["stay"]),
            "topic": lambda: chance.of(words.topics),
            "organ": lambda: chance.of(words.organs),
            "exam": lambda: chance.of(words.exams),
            "journal": lambda: chance.of(words.journal_words),
            "publisher": lambda: chance.of(words.publishers),
            "file": lambda: chance.of(
                ("C:\\Courriers\\{}.doc", "{}.rtf", "\\\\srv-med\\letters\\{}.docx", "{}_v2.odt", "Ref {}")
            ).format(chance.fill("@@######").lower()),
        }
        if name not in makers:
            raise KeyError(f"there is no fact called {name}")
        return self.fill(makers[name]())

    def _patient(self) -> str:
        chance = self._chance
        title, first, last = self["patienttitle"], self["first"], self["last"]
        forms = (
            f"{title} {first} {last}",
            f"{title} {last.upper()} {first}",
            f"{title} {first} {last.upper()}",
            f"{last.upper()} {first}",
            f"{title} {last}",
            f"{title} {last.upper()} {first.upper()}",
            f"{first} {last}",
        )
        return forms[chance.number(0, len(forms) - 1)]

    def _domain(self) -> str:
        plain = re.sub(r"[^a-z]+", "-", _bare(self["saint"] + " " + self["city"])).strip("-")
        start = self._chance.of(("ch-", "chu-", "", "hopital-", "clinic-"))
        return f"{start}{plain}.{self._chance.of(('fr', 'org', 'example', 'nhs.example'))}"

    def _time(self) -> str:
        chance = self._chance
        hour = f"{chance.number(0, 23):02}"
        between = chance.of((":", "h", ":", ":")) if self.words.code == "fr" else ":"
        return f"{hour}{between}{chance.number(0, 59):02}"

    def _mail(self) -> str:
        chance = self._chance
        name = _bare(f"{self.first()[0]}.{self.last()}").replace(" ", "")
        return f"{chance.of((name, 'secretariat', 'sec.medecine', 'contact', 'clinic.appointments'))}@{self._domain()}"


def _bare(text: str) -> str:
    import unicodedata

    folded = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).replace("'", "")
