"""One document: drawn, laid out, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.line_labeller.generator import kinds as _kinds  # noqa: F401 - the families below are part of it
from models.line_labeller.generator.chance import Chance, Split
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.flow import Flow
from models.line_labeller.generator.fonts import Family
from models.line_labeller.generator.furniture import Furniture
from models.line_labeller.generator.kinds import clinical, other
from models.line_labeller.generator.kinds.voice import Voice
from models.line_labeller.generator.look import draw
from models.line_labeller.generator.read_back import Region, regions
from models.line_labeller.generator.setting import Setter
from models.line_labeller.generator.sheet import Page, to_pdf
from models.line_labeller.generator.sources import Texts
from models.line_labeller.generator.words.english import ENGLISH
from models.line_labeller.generator.words.french import FRENCH
from models.line_labeller.generator.words.words import Words

LANGUAGES: Mapping[str, Words] = {"fr": FRENCH, "en": ENGLISH}
_OTHER = 0.16  # share of documents that are not clinical


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its labels."""

    name: str
    pdf: bytes
    regions: list[Region]
    kind: str
    language: str

    def as_json(self) -> dict[str, Any]:
        return {"version": 1, "regions": [region.as_json() for region in self.regions]}


def document(
    number: int, seed: int, split: Split, texts: Mapping[str, Texts], families: Sequence[Family]
) -> Made:
    """Make the document with this number of a corpus. The same arguments give the same bytes."""
    chance = Chance((seed, number, 0 if split == "train" else 1), split)
    language = "fr" if chance.maybe(0.52) else "en"
    words = LANGUAGES[language]
    clinical_one = not chance.maybe(_OTHER)
    kind = chance.weighted(
        (*clinical.KINDS, (clinical.pair_of_columns, 0.02)) if clinical_one else other.KINDS
    )
    facts = Facts(words, chance)
    voice = Voice(facts, texts[language], chance)
    small = kind in (clinical.prescription, clinical.brief) and chance.maybe(0.4)
    paper = kind in (other.article, other.continuous)
    look = draw(chance, families, small=small, paper=paper, english=language == "en")
    plan = kind(facts, voice, look, chance)
    furniture = Furniture(look, chance, facts, plan.habits)
    furniture.settle()
    pages: list[Page] = Flow(look, Setter(look, chance), furniture, plan.most_pages).lay(
        plan.front, plan.body
    )
    pdf = to_pdf(pages)
    return Made(f"{split}-{seed}-{number:05}", pdf, regions(pdf), kind.__name__, language)
