"""Collects further documents that the page router learns from and is judged on: manuals, theses, letters and sample
articles of LaTeX classes, in the languages that their authors write, as Debian has them.

    python -m benchmarks.page_manuals --out DIR

Needs ``apt-get`` and ``dpkg-deb`` (Debian or Ubuntu) and pikepdf; 310 MB are fetched. DIR gets a ``manifest.json`` of
the same form as that of the papers, and PDFs of at most eight pages, spread over the document. Their licences
are those of the packages (most LPPL): they stay where they are, and nothing of them comes with docmill.

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
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray

from benchmarks import measure
from benchmarks.page_labels import Readers
from models.page_router.features import NAMES, features
from stages.parse.wire import PackedPage

PACKAGES = (
    "texlive-publishers-doc",
    "texlive-humanities-doc",
    *(f"texlive-lang-{name}" for name in ("cyrillic", "german", "italian", "polish", "spanish")),
)
_PAGES = 8
_MOST_BYTES = 12_000_000
_TEST_SOURCES = 4  # one of so many
_PER_SOURCE = {"latex_test": 1, "latex": 2}
_WANTED = {"latex_test": 60, "latex": 84}
_DAMAGED = 2
_ACCENT_BESIDE = re.compile(r"\w[´¨ˆ˜`]\w|[´¨ˆ˜] ?[A-Za-z]")


def fetch(folder: Path) -> None:
    """Fetch the packages and unpack their PDFs."""
    for name in PACKAGES:
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


def group_of(source: str) -> str:
    """The test's group or the other one."""
    return "latex_test" if _chance(source) % _TEST_SOURCES == 0 else "latex"


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


def collected(folder: Path, readers: Readers) -> Iterator[tuple[str, str, bytes, int]]:
    """Group, id, PDF and number of pages of each document that is taken."""
    sources = sorted((folder / "source").glob("*/*"), key=lambda one: _chance(one.name))
    taken = dict.fromkeys(_WANTED, 0)
    seen: set[str] = set()
    for source in sources:
        group = group_of(source.name)
        files = sorted(source.glob("*.pdf"), key=lambda one: _chance(f"{source.name} {one.name}"))
        found = 0
        for file in files:
            if taken[group] == _WANTED[group] or found == _PER_SOURCE[group]:
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
            taken[group] += 1
            yield group, f"{source.parent.name}_{source.name}_{file.stem}", data, len(pages)


def _id(entry: dict[str, Any]) -> str:
    return str(entry["id"])


def main() -> None:
    """Fetch what is missing and write the collection."""
    parser = measure.arguments((__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    folder: Path = parser.parse_args().out
    (folder / "pdf").mkdir(parents=True, exist_ok=True)
    if not (folder / "source").exists():
        fetch(folder)
    readers = Readers(["pdfium"])
    entries: list[dict[str, Any]] = []
    for group, name, data, pages in collected(folder, readers):
        (folder / "pdf" / f"{name}.pdf").write_bytes(data)
        entries.append(
            {
                "id": name,
                "journal_group": group,
                "pages": pages,
                "pdf": f"pdf/{name}.pdf",
                "recognised": 1,  # pages that text recognition reads
                "damaged": _DAMAGED,
            }
        )
    readers.close()
    for entry in sorted((one for one in entries if one["journal_group"] == "latex"), key=_id)[::2]:
        entry["recognised"] = 0  # every other document is enough to learn from
    (folder / "manifest.json").write_text(json.dumps(entries, indent=1), "utf-8")
    print(f"{len(entries)} documents, {sum(entry['pages'] for entry in entries)} pages")


if __name__ == "__main__":
    main()
