"""Write labelled held-out documents: ``python -m benchmarks.clinical_pages --data DATA/layout --half test --out DIR``.

Each is NAME.pdf and NAME.json (regions); truth.jsonl holds what the downstream check wants to know. The
same seed gives the same bytes with the same versions of the renderers and fonts. ``--manifest FILE`` writes
names and sha256; with ``--check FILE`` the documents are compared with such a list instead.

Needs, besides docmill's extra ``dev``: ``pip install weasyprint==70.0 pillow``, and as Debian packages
libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libreoffice-writer-nogui tesseract-ocr tesseract-ocr-fra and the fonts
fonts-lato fonts-roboto-unhinted fonts-roboto-slab fonts-ebgaramond fonts-open-sans fonts-cantarell
fonts-linuxlibertine fonts-cabin fonts-sil-gentium-basic fonts-vollkorn fonts-inter fonts-paratype fonts-b612
fonts-firacode fonts-inconsolata fonts-noto-core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.clinical_pages import office, pages, scan, sources
from benchmarks.clinical_pages.case import KINDS, Case, Writer
from benchmarks.clinical_pages.regions import regions

_SCANNED = 0.1  # share of documents
_DRAWN_KINDS = (*KINDS, "stay", "letter", "stay")  # the two commonest come more often


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with e3c-fr, e3c-en and aci-bench")
    parser.add_argument("--half", choices=("dev", "test"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--manifest", type=Path, help="write names and sha256 here")
    parser.add_argument("--check", type=Path, help="compare names and sha256 with these")
    given = parser.parse_args()
    make(given.data, given.half, given.out, given.documents, given.seed)
    listing = sums(given.out)
    if given.manifest:
        given.manifest.write_text(listing, "utf-8")
    if given.check and given.check.read_text("utf-8") != listing:
        raise SystemExit(
            f"{given.out}: these are not the documents of {given.check}; see the versions in --help"
        )
    print(f"{given.documents} documents in {given.out}")


def make(data: Path, half: str, out: Path, documents: int, seed: int) -> None:
    """Write the documents of a half and their truth to ``out``, which must be empty or missing."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise SystemExit(f"{out}: is not empty")
    text = sources.load(data, half)
    printed: dict[str, tuple[Case, bytes]] = {}
    flat: dict[str, str] = {}
    cases: dict[str, Case] = {}
    templates = pages.TEMPLATES[half] + (office.TEMPLATES if half == "test" else ())
    for number in range(documents):
        draw = random.Random(f"{half}/{seed}/{number}")
        template = templates[number % len(templates)]
        language = ("fr", "en")[number // len(templates) % 2]
        case = Writer(draw, text, half).case(language, draw.choice(_DRAWN_KINDS), draw.uniform(0.8, 3.1))
        option = pages.options(draw, half, language)
        name = f"{half}{seed}-{number:03}-{template}-{language}-{case.kind}"
        cases[name] = case
        if template in office.TEMPLATES:
            flat[name] = office.fodt(case, template, option)
        else:
            printed[name] = case, pages.pdf(pages.html(case, template, option))
    if flat:
        with tempfile.TemporaryDirectory() as folder:
            for name, pdf in office.pdfs(flat, Path(folder)).items():
                printed[name] = cases[name], pdf
    with (out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for name, (case, pdf) in sorted(printed.items()):
            truth.write(json.dumps(_write(out, name, case, pdf)) + "\n")


def _write(out: Path, name: str, case: Case, pdf: bytes) -> dict[str, Any]:
    found = regions(pdf)
    draw = random.Random(f"scan/{name}")
    if draw.random() < _SCANNED:
        pdf, found = scan.scanned(pdf, found, case.language, draw)
        name += "-scan"
    (out / f"{name}.pdf").write_bytes(pdf)
    (out / f"{name}.json").write_text(json.dumps(found) + "\n", "utf-8")
    return {
        "name": name,
        "language": case.language,
        "kind": case.kind,
        "traps": case.traps,
        "acute_infection": case.acute,
        "mentions": [
            {"term": mention.term, "section": mention.section, "status": mention.status}
            for mention in case.mentions
        ],
    }


def sums(folder: Path) -> str:
    """Names and sha256 of all files, as ``sha256sum`` writes them."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())
    )


if __name__ == "__main__":
    main()
