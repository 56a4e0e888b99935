"""One document: drawn, laid out, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.line_labeller.generator import scan
from models.line_labeller.generator.chance import Chance, Split
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.flow import Flow
from models.line_labeller.generator.fonts import Family
from models.line_labeller.generator.furniture.around import Furniture
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
SCANS = 0.03  # share of documents that are pictures alone; reading them takes seconds of a page
_BAD = (("clean", 0.93), ("layer", 0.045), ("order", 0.025))  # of the others
_MOST_PICTURES = 2  # pages of a document that is scanned
_OTHER = 0.16  # share of documents that are not clinical


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its labels."""

    name: str
    pdf: bytes
    regions: list[Region]
    kind: str  # the family of what it says
    language: str
    state: str = "clean"  # or scan, layer, order: see ``scan``

    def as_json(self) -> dict[str, Any]:
        """The content of NAME.json."""
        return {
            "version": 1,
            "kind": self.kind,
            "language": self.language,
            "state": self.state,
            "scan": self.state == "scan",
            "regions": [region.as_json() for region in self.regions],
        }


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pages of a document, and what goes on being drawn by chance for it."""

    pages: list[Page]
    kind: str
    language: str
    chance: Chance


def drawn(
    number: int, seed: int, split: Split, texts: Mapping[str, Texts], families: Sequence[Family]
) -> Drawn:
    """Draw the document with this number of a corpus; the arguments are those of ``document``."""
    chance = Chance((seed, number, 0 if split == "train" else 1), split)
    language = "fr" if chance.maybe(0.52) else "en"
    words = LANGUAGES[language]
    clinical_one = not chance.maybe(_OTHER)
    kind = chance.weighted(clinical.KINDS if clinical_one else other.KINDS)
    facts = Facts(words, chance)
    voice = Voice(facts, texts[language], chance)
    small = kind in (clinical.prescription, clinical.brief) and chance.maybe(0.4)
    paper = kind in (other.article, other.continuous)
    look = draw(chance, families, small=small, paper=paper, english=language == "en")
    plan = kind(facts, voice, look, chance)
    furniture = Furniture(look, chance, facts, plan.habits)
    furniture.settle()
    flow = Flow(look, Setter(look, chance), furniture, plan.most_pages)
    return Drawn(flow.lay(plan.front, plan.body), kind.__name__, language, chance)


def document(
    number: int,
    seed: int,
    split: Split,
    texts: Mapping[str, Texts],
    families: Sequence[Family],
    scans: float = SCANS,
) -> Made:
    """Make the document with this number of a corpus. The same arguments give the same bytes.

    Args:
        number: from 0.
        seed: of the corpus.
        split: whose options and texts are used.
        texts: by language.
        families: the typefaces that may be used.
        scans: share of documents that are scanned. Long ones never are.
    """
    made = drawn(number, seed, split, texts, families)
    pages, chance = made.pages, made.chance
    pdf = to_pdf(pages)
    found = regions(pdf)
    name = f"{split}-{seed}-{number:05}"
    state = "scan" if chance.maybe(scans) else chance.weighted(_BAD)
    if state == "clean" or len(pages) > _MOST_PICTURES:
        return Made(name, pdf, found, made.kind, made.language)
    if state == "scan":
        sizes = [(page.width, page.height) for page in pages]
        pdf, found = scan.scanned(pdf, found, sizes, chance.generator)
    elif state == "layer":
        pdf = scan.badly_read(pdf, len(pages), chance.generator)
    else:
        pdf = scan.badly_written(pdf, len(pages), chance.generator)
    return Made(name, pdf, found, made.kind, made.language, state)
