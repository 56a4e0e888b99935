"""Collects further documents that the page router learns from and is judged on: manuals, theses, letters and sample
articles of LaTeX classes, in the languages that their authors write, as Debian has them.

    python -m benchmarks.page_manuals --out DIR [--collection classes|manuals]

``manuals`` are the handbooks of packages for the sciences and of LaTeX itself: listings, indexes, lists of commands and
formulas, by which a router learns that text without words need not be damaged text.

Needs ``apt-get`` and ``dpkg-deb`` (Debian or Ubuntu) and pikepdf; 310 MB are fetched, for ``manuals`` 220. DIR gets a
``manifest.json`` of the same form as that of the papers, and PDFs of at most eight pages, spread over the
document. Their licences are those of the packages (most LPPL): they stay where they are, and nothing of them
comes with docmill.

A quarter of the sources (a source is all that one author's package brings) is for the test alone. True text is what
pdfium reads, so documents are left out of which it does not read what stands there: with fonts without Unicode,
with accents beside their letters, with letter sequences that no language has, or without spaces between words. How
many of the words a lexicon knows plays no part.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pikepdf
from numpy.typing import NDArray

from benchmarks import measure
from benchmarks.page_labels import Readers
from models.page_router.features import NAMES, features
from stages.parse.wire import PackedPage

_PAGES = 8
_MOST_BYTES = 12_000_000
_TEST_SOURCES = 4  # one of so many
_MISREAD = ("mfnfss",)  # sources seen to hold a page of which pdfium reads something else than stands there
_ACCENT_BESIDE = re.compile(r"\w[´¨ˆ˜`]\w|[´¨ˆ˜] ?[A-Za-z]")


class Collection(NamedTuple):
    """What is collected: documents of ``group`` and, of other sources, of ``group_test``.

    Attributes:
        packages: of Debian.
        group: name.
        wanted: documents of the test and of the others.
        per_source: documents of a source at most, of the test and of the others.
        recognised: one of so many documents, those of the test aside, is read by text recognition.
        recognised_test: pages of a document of the test that are.
        damaged: pages of a document that are damaged.
    """

    packages: Sequence[str]
    group: str
    wanted: tuple[int, int]
    per_source: tuple[int, int]
    recognised: int
    recognised_test: int
    damaged: int


COLLECTIONS = {
    "classes": Collection(
        (
            "texlive-publishers-doc",
            "texlive-humanities-doc",
            *(f"texlive-lang-{name}" for name in ("cyrillic", "german", "italian", "polish", "spanish")),
        ),
        "latex",
        (60, 84),
        (1, 2),
        2,
        1,
        2,
    ),
    "manuals": Collection(
        ("texlive-science-doc", "texlive-latex-recommended-doc", "texlive-latex-base-doc"),
        "manuals",
        (120, 220),
        (3, 4),
        8,
        0,
        1,
    ),
}


def fetch(folder: Path, packages: Sequence[str]) -> None:
    """Fetch packages and unpack their PDFs."""
    for name in packages:
        subprocess.run(["apt-get", "download", "-q", name], cwd=folder, check=True)
        (package,) = folder.glob(f"{name}_*.deb")
        with tempfile.TemporaryDirectory(dir=folder) as aside:
            subprocess.run(["dpkg-deb", "-x", package, aside], check=True)
            for number, file in enumerate(sorted(Path(aside).rglob("*.pdf"))):
                if file.is_symlink() or file.stat().st_size > _MOST_BYTES:
                    continue
                place = file.as_posix().split("/texlive-doc/")[-1].split("/")
                target = folder / "source" / "/".join(place[:2]) / f"{number:04}.pdf"
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
        package.unlink()


def for_test(source: str) -> bool:
    """Whether a source is for the test alone."""
    return _chance(source) % _TEST_SOURCES == 0


def _chance(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def readable(pages: Sequence[PackedPage]) -> bool:
    """Whether pdfium's text can be taken for what stands on the pages."""
    told = features(pages)

    def feature(name: str) -> NDArray[Any]:
        return told[:, NAMES.index(name)]

    characters = [len(page.text) for page in pages]
    beside = sum(len(_ACCENT_BESIDE.findall(page.text)) for page in pages)
    return bool(
        np.median(characters) > 300
        and feature("unmapped_share").max() == 0
        and feature("strange_share").max() < 0.02
        and np.median(feature("unspaced_share")) < 0.1
        and np.median(feature("trigram_bits")) < 3.8
        and beside < 0.0015 * sum(characters)
    )


def cut(file: Path) -> bytes | None:
    """At most eight pages of a document, the first and the last among them; None where it cannot be cut."""
    try:
        with pikepdf.open(file) as pdf:
            count = len(pdf.pages)
            kept = {round(place) for place in np.linspace(0, count - 1, min(count, _PAGES))}
            for number in reversed(range(count)):
                if number not in kept:
                    del pdf.pages[number]
            pdf.remove_unreferenced_resources()
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PdfError:
        return None
    return out.getvalue()


def collected(
    folder: Path, readers: Readers, collection: Collection
) -> Iterator[tuple[bool, str, bytes, int]]:
    """Whether it is for the test, id, PDF and number of pages of each document that is taken."""
    sources = sorted((folder / "source").glob("*/*"), key=lambda one: _chance(one.name))
    taken = {True: 0, False: 0}
    seen: set[str] = set()
    for source in sources:
        test = for_test(source.name)
        wanted, most = (pair[0 if test else 1] for pair in (collection.wanted, collection.per_source))
        files = sorted(source.glob("*.pdf"), key=lambda one: _chance(f"{source.name} {one.name}"))
        found = 0
        for file in files:
            if taken[test] == wanted or found == most:
                break
            data = cut(file)
            if data is None:
                continue
            pages = readers.read("pdfium", data)
            text = " ".join(page.text for page in pages.values())
            if not pages or text in seen or not readable(list(pages.values())):
                continue
            seen.add(text)
            found += 1
            taken[test] += 1
            yield test, f"{source.parent.name}_{source.name}_{file.stem}", data, len(pages)


def _id(entry: dict[str, Any]) -> str:
    return str(entry["id"])


def main() -> None:
    """Fetch what is missing and write the collection."""
    parser = measure.arguments((__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--collection", choices=sorted(COLLECTIONS), default="classes")
    given = parser.parse_args()
    folder: Path = given.out
    collection = COLLECTIONS[given.collection]
    (folder / "pdf").mkdir(parents=True, exist_ok=True)
    if not (folder / "source").exists():
        fetch(folder, collection.packages)
    readers = Readers(["pdfium"])
    entries: list[dict[str, Any]] = []
    for test, name, data, pages in collected(folder, readers, collection):
        if any(f"_{source}_" in name for source in _MISREAD):
            continue
        (folder / "pdf" / f"{name}.pdf").write_bytes(data)
        entries.append(
            {
                "id": name,
                "journal_group": f"{collection.group}_test" if test else collection.group,
                "pages": pages,
                "pdf": f"pdf/{name}.pdf",
                "recognised": collection.recognised_test if test else 0,  # pages that text recognition reads
                "damaged": collection.damaged,
            }
        )
    readers.close()
    learned = sorted((one for one in entries if one["journal_group"] == collection.group), key=_id)
    for entry in learned[1 :: collection.recognised]:  # so many are enough to learn from
        entry["recognised"] = 1
    (folder / "manifest.json").write_text(json.dumps(entries, indent=1), "utf-8")
    print(f"{len(entries)} documents, {sum(entry['pages'] for entry in entries)} pages")


def _id(entry: dict[str, Any]) -> str:
    return str(entry["id"])


if __name__ == "__main__":
    main()
