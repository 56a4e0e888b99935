"""What the page router learns from: pages with damages, their features, and how well each rung reads them.

    python -m benchmarks.page_labels --data DIR [--more DIR] [--cache CACHE] --out labels.parquet [--recognise]

DIR holds the papers, the second one what ``benchmarks.page_manuals`` collected.
CACHE keeps what was computed, so that an interrupted run goes on where it was. Without ``--recognise`` no text
recognition is run: what the cache holds of it is used, and the other pages have no label for it. The true
text of a page is that of the undamaged page by the first rung, of which 99.7 % of the words stand in the
documents' reference texts.

Tables are those that the rung for tables finds with three rows, two columns and three filled cells of five or
more, on a page that has a line beginning with "Table 1" or the like, in a paper whose XML has a table, or in a
LaTeX document that is learned from; of these the pages with such a line and some others were read. The
qualities are those of the text alone, ``table_share`` is the share of the page's words in tables. That
rung reads the undamaged pages; for pages with a damaged text layer its quality is told from that and from
the quality of the layer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks import measure
from benchmarks.page_tables import sheets
from benchmarks.page_variants import Paper, Variant, papers, recognised, variants
from models.page_router.cost import cost_features, fit
from models.page_router.degrade.document import damaged
from models.page_router.degrade.kinds import Paper as Look
from models.page_router.evidence import Evidence
from models.page_router.features import features
from models.page_router.lexicon import Lexicon, lexicon, with_gaps
from models.page_router.quality import quality, words
from stages.parse.options import ParseConfig
from stages.parse.rungs.catalogue import rungs_of
from stages.parse.rungs.rung import Rung
from stages.parse.sandbox import Limits, Sandbox
from stages.parse.wire import PackedPage

OCR = "rapidocr"
CHEAP = ("pdfium", "geometric")
TABLES = "tables"
RUNGS = {"pdfium": "text", "geometric": "text", TABLES: "tables", OCR: "ocr"}
CACHE = measure.RESULTS / "page_labels"
_GAPS = 4
_SEEN_WITHOUT = 7  # one of so many pages of a LaTeX document is read for tables, whatever stands on it
LIMITS = Limits(3600.0, 600.0, 10_000)


class Readers:
    """The rungs, each in its child process."""

    def __init__(self, names: Sequence[str]) -> None:
        config = ParseConfig(rungs=("pdfium", *(name for name in names if name != "pdfium")))
        # The first rung is asked for evidence wherever there are several.
        if len(config.rungs) == 1:
            config = ParseConfig(rungs=("pdfium", "geometric"))
        known = rungs_of(config)
        self._sandboxes = {name: sandbox(known[name]) for name in names}

    def read(self, name: str, data: bytes, pages: Sequence[int] | None = None) -> dict[int, PackedPage]:
        """Return the pages that a rung could read, by number."""
        outcome = self._sandboxes[name].parse(memoryview(data), LIMITS, (), pages)
        return {page.number: page for page in outcome.pages}

    def close(self) -> None:
        for sandbox in self._sandboxes.values():
            sandbox.close()


def sandbox(rung: Rung) -> Sandbox:
    return Sandbox(
        rung.adaptor,
        memory_bytes=2048 << 20,
        recycle_after=1000,
        settings=rung.settings,
        starts_programs=rung.starts_programs,
    )


class Pictures(MutableMapping[tuple[int, Look], bytes]):
    """The scans of a paper's pages, in files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _file(self, key: tuple[int, Look]) -> Path:
        return self._folder / f"{key[0]}-{key[1].seed}-{key[1].dpi}.jpg"

    def __getitem__(self, key: tuple[int, Look]) -> bytes:
        try:
            return self._file(key).read_bytes()
        except FileNotFoundError:
            raise KeyError(key) from None

    def __setitem__(self, key: tuple[int, Look], value: bytes) -> None:
        if not self._file(key).exists():
            self._file(key).write_bytes(value)

    def __delitem__(self, key: tuple[int, Look]) -> None:
        self._file(key).unlink()

    def __iter__(self) -> Iterator[tuple[int, Look]]:
        raise TypeError("pictures are looked up by page and look, not listed")

    def __len__(self) -> int:
        return sum(1 for _ in self._folder.iterdir())


def read_cheaply(paper: Paper, readers: Readers, pictures: Pictures) -> list[dict[str, Any]]:
    """One record for each variant of the paper's pages, without what text recognition would say."""
    data = paper.read()
    made: dict[str, dict[int, Variant]] = {}
    for variant in variants(paper):
        made.setdefault(variant.name, {})[variant.page] = variant
    true: dict[int, list[str]] = {}
    records = []
    for name, by_page in made.items():
        numbers = sorted(by_page)
        copy = damaged(data, {n: by_page[n].damage for n in numbers}, only=True, pictures=pictures)
        found = {rung: readers.read(rung, copy) for rung in CHEAP}
        cheap = [found["pdfium"][place] for place in range(len(numbers))]
        for place, number in enumerate(numbers):
            read = {rung: words(pages[place].text) for rung, pages in found.items()}
            if name == "clean":
                true[number] = read["pdfium"]
            target = [] if name == "blank" else true[number]
            records.append(
                {
                    "paper": paper.id,
                    "group": paper.group,
                    "split": paper.split,
                    "page": number,
                    "variant": name,
                    "drawn": by_page[number].drawn,
                    "damage": repr(by_page[number].damage),
                    "blank": not cheap[place].flags and not (cheap[place].evidence or (1,))[0],
                    "true_words": len(target),
                    "read": _kept(cheap[place]),
                    **{f"quality_{rung}": quality(target, read[rung]) for rung in CHEAP},
                    **{f"cpu_{rung}": pages[place].cpu_seconds for rung, pages in found.items()},
                    "true_text": " ".join(target) if name == "clean" else None,
                }
            )
    return records


_READ = ("width", "height", "rotation", "text", "numbers", "flags")


def _kept(page: PackedPage) -> dict[str, Any]:
    """What features are made of, so that they can be made anew when they change."""
    return {**{name: getattr(page, name) for name in _READ}, "evidence": list(page.evidence or ())}


def _page(kept: dict[str, Any]) -> PackedPage:
    evidence = Evidence(*kept["evidence"])
    return PackedPage(
        0, cpu_seconds=0.0, tables=(), evidence=evidence, **{name: kept[name] for name in _READ}
    )


def read_tables(paper: Paper, readers: Readers) -> list[dict[str, Any]]:
    """What the rung for tables makes of each undamaged page: the share of words in tables, the quality of the
    text (without regard to tables) and the cost."""
    data = paper.read()
    cheap = readers.read("pdfium", data)
    true = {number: words(page.text) for number, page in cheap.items()}
    wanted = None
    if paper.has_table is None:
        captioned = {number for number, page in cheap.items() if _captioned(page)}
        wanted = sorted(captioned | {number for number in cheap if number % _SEEN_WITHOUT == 0})
        if not wanted:
            return []
    found = []
    for number, page in readers.read(TABLES, data, wanted).items():
        inside = 0
        captioned_ = _captioned(page)
        if paper.has_table is None and page.tables and not captioned_:
            continue  # nobody knows
        if paper.has_table is not False and captioned_:
            for table in page.tables:
                filled = [cell.text for cell in table.cells if cell.text]
                if table.rows >= 3 and table.columns >= 2 and len(filled) >= 0.6 * len(table.cells):
                    inside += sum(len(words(text)) for text in filled)
        share = min(1.0, inside / len(true[number])) if true[number] else 0.0
        read = quality(true[number], words(page.text))
        found.append({"page": number, "share": share, "quality": read, "cpu": page.cpu_seconds})
    return found


def _captioned(page: PackedPage) -> bool:
    return any(_CAPTION.match(line) for line in page.text.split("\n"))


_CAPTION = re.compile(r"(?i)\**\s*tab(le|\.)\s*[0-9IVX]+\b")


def recognise(work: Sequence[Variant], cache: Path, readers: Readers) -> None:
    """Let text recognition read what the cache does not hold yet."""
    for variant in work:
        file = recognised_file(cache, variant.paper.id, variant.page, variant.drawn)
        if file.exists():
            continue
        copy = damaged(variant.paper.read(), {variant.page: variant.damage}, only=True)
        page = readers.read(OCR, copy)[0]
        _write(file, json.dumps({"text": page.text, "cpu": page.cpu_seconds}))
        print(f"{file.stem}: {page.cpu_seconds:.1f} CPU s", flush=True)


def recognised_file(cache: Path, paper: str, page: int, drawn: str) -> Path:
    """Where the reading of a page by text recognition is kept."""
    return cache / OCR / f"{paper}-{page}-{drawn}.json"


def to_recognise(of: Sequence[Paper]) -> list[Variant]:
    """What text recognition reads, the most useful first: of the test every chosen page as it is and as a scan,
    of the others one of the two."""
    ranked: list[tuple[int, str, Variant]] = []
    for number, paper in enumerate(of):
        looks = {(one.page, one.name): one for one in variants(paper)}
        for rank, page in enumerate(recognised(paper)):
            kinds = (
                ("scan", "clean")
                if paper.split == "test"
                else (("scan", "scan", "clean")[(rank + number) % 3],)
            )
            ranked += [(2 * rank + place, paper.id, looks[page, kind]) for place, kind in enumerate(kinds)]
    return [variant for _, _, variant in sorted(ranked, key=lambda one: one[:2])]


def records_of(cache: Path, paper: str) -> list[dict[str, Any]]:
    """The records of a paper, with the label of text recognition where there is one."""
    records: list[dict[str, Any]] = pq.read_table(cache / "parts" / f"{paper}.parquet").to_pylist()
    true = {one["page"]: one["true_text"].split() for one in records if one["variant"] == "clean"}
    told = cache / TABLES / f"{paper}.json"
    tables = {one["page"]: one for one in json.loads(told.read_text("utf-8"))} if told.exists() else {}
    pages = [_page(one.pop("read")) for one in records]
    rows, sizes = features(pages), cost_features(pages)
    thinned = np.stack([features(pages, table) for table in _with_gaps(paper)], axis=1)
    known: dict[tuple[int, str], tuple[float, float]] = {}
    for place, one in enumerate(records):
        one["features"], one["cost_features"] = rows[place].tolist(), sizes[place].tolist()
        one["features_thinned"] = thinned[place].tolist()
        key = one["page"], one["drawn"]
        file = recognised_file(cache, paper, *key)
        if key not in known and file.exists():
            read = json.loads(file.read_text("utf-8"))
            known[key] = quality(true[one["page"]], words(read["text"])), read["cpu"]
        one[f"quality_{OCR}"], one[f"cpu_{OCR}"] = known.get(key, (None, None))
        table = tables.get(one["page"], {"share": None, "quality": None, "cpu": None})  # nobody knows
        one["table_share"] = table["share"] if one["drawn"] == "clean" else 0.0
        one["table_text"] = table["quality"] if one["drawn"] == "clean" else 1.0
        one["cpu_tables"] = table["cpu"]
        one["quality_tables"] = None
        if table["quality"] is not None:
            one["quality_tables"] = one["quality_pdfium"] * table["quality"]
        if one["blank"]:
            one[f"quality_{OCR}"], one[f"cpu_{OCR}"] = 1.0, None
    return records


def _with_gaps(paper: str) -> Iterator[Lexicon]:
    """Lexicons that know up to half of the words less, as ours knows less of other trades. A paper's pages are
    seen through the same gaps."""
    for number in range(_GAPS):
        chance = np.random.default_rng([number, *paper.encode()])
        words_, trigrams = chance.uniform(0, 0.5), chance.uniform(0, 0.08)
        yield with_gaps(lexicon(), chance, words=words_, trigrams=trigrams)


def read_sheets(readers: Readers) -> list[dict[str, Any]]:
    """Records of the pages that ``page_tables`` writes: only what they say of tables is known."""
    records = []
    for sheet in sheets():
        cheap = readers.read("pdfium", sheet.pdf)[0]
        found = readers.read(TABLES, sheet.pdf)[0]
        true, inside = words(cheap.text), words(" ".join(sheet.table_words))
        records.append(
            {
                "paper": f"made {sheet.name}",
                "page": 0,
                "read": _kept(cheap),
                "table_share": min(1.0, len(inside) / len(true)),
                "table_text": quality(true, words(found.text)),
            }
        )
    return records


def made(cache: Path) -> Iterator[dict[str, Any]]:
    """The records of the pages that ``page_tables`` writes, as training wants them."""
    for one in pq.read_table(cache / "sheets.parquet").to_pylist():
        page = _page(one.pop("read"))
        gaps = [features([page], table)[0] for table in _with_gaps(one["paper"])]
        yield {
            **one,
            "group": "made",
            "split": "train",
            "variant": "made",
            "drawn": "made",
            "blank": False,
            "features": features([page])[0].tolist(),
            "features_thinned": np.stack(gaps).tolist(),
            "cost_features": cost_features([page])[0].tolist(),
            **{f"quality_{rung}": None for rung in (*CHEAP, TABLES, OCR)},
        }


def joined(of: Sequence[Paper], cache: Path) -> Iterator[dict[str, Any]]:
    """The records of these papers, without their text."""
    for paper in of:
        for one in records_of(cache, paper.id):
            del one["true_text"]
            yield one


def text_of(cache: Path, rung: str, paper: str, page: int, drawn: str) -> str | None:
    """What text recognition read on a page, if it did; other rungs' texts are not kept."""
    file = recognised_file(cache, paper, page, drawn)
    if rung != OCR or not file.exists():
        return None
    return str(json.loads(file.read_text("utf-8"))["text"])


def cost_constants(records: Sequence[dict[str, Any]], rungs: Sequence[str]) -> NDArray[np.float64]:
    """Fit what rungs cost to the pages that they read: COST_FEATURES x rungs."""
    found = []
    for rung in rungs:
        read = {
            (one["paper"], one["page"], one["drawn"] if rung == OCR else one["variant"]): one
            for one in records
            if one.get(f"cpu_{rung}") is not None and not one["blank"]
        }
        sizes = np.array([one["cost_features"] for one in read.values()])
        found.append(fit(sizes, np.array([one[f"cpu_{rung}"] for one in read.values()])))
    return np.stack(found, axis=1)


def make(of: Sequence[Paper], cache: Path, *, recognise_missing: bool) -> None:
    """Compute what the cache does not hold yet."""
    parts = cache / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    missing = [paper for paper in of if not (parts / f"{paper.id}.parquet").exists()]
    if missing:
        readers = Readers(CHEAP)
        for paper in missing:
            aside = parts / f"{paper.id}.tmp"
            records = read_cheaply(paper, readers, Pictures(cache / "pictures" / paper.id))
            pq.write_table(pa.Table.from_pylist(records), aside)
            aside.replace(parts / f"{paper.id}.parquet")
            print(paper.id, flush=True)
        readers.close()
    missing = [
        paper
        for paper in of
        if (paper.has_table is not None or paper.split != "test")
        and not (cache / TABLES / f"{paper.id}.json").exists()
    ]
    if missing or not (cache / "sheets.parquet").exists():
        readers = Readers(["pdfium", TABLES])
        sheets_aside = cache / "sheets.tmp"
        pq.write_table(pa.Table.from_pylist(read_sheets(readers)), sheets_aside)
        sheets_aside.replace(cache / "sheets.parquet")
        for paper in missing:
            _write(cache / TABLES / f"{paper.id}.json", json.dumps(read_tables(paper, readers)))
        readers.close()
    if recognise_missing:
        readers = Readers([OCR])
        recognise(to_recognise(of), cache, readers)
        readers.close()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".tmp")
    aside.write_text(text, "utf-8")
    aside.replace(file)


def main() -> None:
    """Compute what is missing, write the labels."""
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with manifest.json, PDFs and references")
    parser.add_argument("--more", type=Path, action="append", default=[], help="another collection")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that keeps what was computed")
    parser.add_argument("--out", type=Path, required=True, help="Parquet file of labels")
    parser.add_argument("--recognise", action="store_true", help="run text recognition where it is missing")
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data DIR is needed")
    of = papers(given.data, *given.more)
    make(of, given.cache, recognise_missing=given.recognise)
    table = pa.Table.from_pylist([*joined(of, given.cache), *made(given.cache)])
    pq.write_table(table, given.out)
    labelled = np.count_nonzero(table.column(f"quality_{OCR}").is_valid().to_numpy(zero_copy_only=False))
    print(f"{given.out}: {table.num_rows} pages, {labelled} of them with text recognition")


if __name__ == "__main__":
    main()
