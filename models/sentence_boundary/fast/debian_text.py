"""More running text for training: documentation, stories and translations out of Debian packages.

    apt-get download $(python -m models.sentence_boundary.fast.debian_text --packages)
    for p in *.deb; do dpkg-deb -x $p unpacked/${p%%_*}; done
    python -m models.sentence_boundary.fast.debian_text unpacked OUTPUT

writes ``OUTPUT/text/SOURCE.LANG.txt.gz`` as ``models.sentence_boundary.data`` reads it. The card says under
which licences the packages come; their text is not part of docmill.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGES = (
    "wesnoth-1.16-data",
    "gnome-user-docs",
    "libreoffice-help-km",
    "libreoffice-help-gl",
    "installation-guide-amd64",
    *(f"fortunes-{code}" for code in ("bg", "cs", "de", "es", "it", "pl", "ru", "zh")),
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|h\d|li|ul|ol|td|tr|th|dt|dd|br|title|item|section|note|page|media)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_DROPPED = re.compile(r"(?s)<(script|style|pre|code|screen|head)\b.*?</\1>|<!--.*?-->")
_BLANKS = re.compile(r"\s+")
_SHORTEST_MESSAGE = 40  # characters; shorter messages are labels
_LATIN = re.compile(r"[A-Za-z]")
_INDIC_ARABIC_SLAVIC = frozenset(
    {"ar", "fa", "he", "hi", "mr", "bn", "gu", "kn", "ta", "te", "pa", "ru", "uk", "bg"}
)
_OTHER_SCRIPTS = _INDIC_ARABIC_SLAVIC | {"el", "ja", "zh", "ko", "km", "th", "sr", "mk", "be", "ka", "hy"}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packages", action="store_true", help="print the package names and stop")
    parser.add_argument("folder", nargs="?", type=Path, help="unpacked packages, one folder each")
    parser.add_argument("output", nargs="?", type=Path)
    options = parser.parse_args()
    if options.packages:
        print(*PACKAGES)
        return
    target = options.output / "text"
    target.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        by_language: dict[str, list[str]] = defaultdict(list)
        for language, lines in _texts(package, options.folder / package):
            by_language[language].extend(line for line in lines if _in_language(line, language))
        for language, lines in sorted(by_language.items()):
            source = package.rsplit("-", 1)[0] if package.startswith(("fortunes", "libreoffice")) else package
            with gzip.open(target / f"{source}.{language}.txt.gz", "wt", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)


def _texts(package: str, folder: Path) -> Iterator[tuple[str, Iterable[str]]]:
    share = folder / "usr" / "share"
    if package.startswith("wesnoth"):
        for file in sorted(folder.rglob("*.mo")):
            yield _code(file.parent.parent.name), _messages(file)
    elif package == "gnome-user-docs":
        for file in sorted((share / "help").glob("*/gnome-help/*.page")):
            yield _code(file.parent.parent.name), _markup(file)
    elif package.startswith("libreoffice-help"):
        for file in sorted((share / "libreoffice" / "help").rglob("*.html")):
            yield package.rsplit("-", 1)[1], _markup(file)
    elif package.startswith("installation-guide"):
        for file in sorted((share / "doc" / package).glob("*/*.html")):
            yield _code(file.parent.name), _markup(file)
    else:
        for file in sorted((share / "games" / "fortunes").rglob("*")):
            if file.is_file() and not file.is_symlink() and file.suffix not in (".dat", ".u8"):
                yield package.rsplit("-", 1)[1], _fortunes(file)


def _code(name: str) -> str:
    return re.split(r"[_@-]", name)[0]


def _messages(file: Path) -> Iterator[str]:
    with file.open("rb") as opened:
        try:
            catalog = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
        except ValueError:  # an untouched template: its plural rule says "EXPRESSION"
            return
    for source, message in catalog.items():
        if source and isinstance(message, str) and len(message) >= _SHORTEST_MESSAGE and message != source:
            for line in re.split(r"\n{2,}", _TAG.sub("", message)):
                yield _clean(line)


def _markup(file: Path) -> Iterator[str]:
    text = _DROPPED.sub(" ", file.read_text("utf-8", "replace"))
    for part in _BLOCK_TAG.split(text):
        yield _clean(html.unescape(_TAG.sub("", part)))


def _fortunes(file: Path) -> Iterator[str]:
    text = file.read_bytes().decode("utf-8", "ignore")
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    for saying in re.split(r"(?m)^%$", text):
        lines = [
            line for line in saying.splitlines() if line.strip() and not re.match(r"\s*(--|—|\t\t)", line)
        ]
        yield _clean(" ".join(lines))


def _clean(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _in_language(line: str, language: str) -> bool:
    if not line:
        return False
    return language not in _OTHER_SCRIPTS or len(_LATIN.findall(line)) < len(line) / 2


if __name__ == "__main__":
    main()
