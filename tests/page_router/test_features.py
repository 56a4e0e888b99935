import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.page_router.degrade.typos import with_errors
from models.page_router.features import NAMES, features
from tests.page_router.documents import STORY, page, read, story

SENTENCES = {
    "en": "The meeting has been moved to Monday because nobody could come on that day and the room was closed.",
    "fr": "La réunion a été reportée parce que personne ne pouvait venir ce jour et que la salle était fermée.",
    "de": "Die Sitzung wurde verschoben, weil niemand an diesem Tag kommen konnte und der Raum geschlossen war.",
    "es": "La reunión se ha cambiado porque nadie podía venir ese día y la sala estaba cerrada.",
    "it": "La riunione è stata spostata perché nessuno poteva venire quel giorno e la sala era chiusa.",
    "pt": "A reunião foi alterada porque ninguém podia vir nesse dia e a sala estava fechada.",
    "nl": "De vergadering is verplaatst omdat niemand die dag kon komen en de zaal gesloten was.",
    "ru": "Собрание было перенесено, потому что никто не мог прийти в этот день и зал был закрыт.",
}


def told(one, name: str) -> float:
    return float(features([one])[0, NAMES.index(name)])


@pytest.mark.parametrize("language", SENTENCES)
def test_words_of_many_languages_are_known(language):
    assert told(page(SENTENCES[language]), "known_share") > 0.6
    assert told(page(SENTENCES[language]), "trigram_bits") < 3.5


@pytest.mark.parametrize("language", SENTENCES)
def test_letters_in_disorder_are_not(language):
    text = "".join(np.random.default_rng(1).permutation(list(SENTENCES[language])))
    assert told(page(text), "known_share") < 0.4
    assert told(page(text), "trigram_bits") > 4.0


def test_each_degree_of_damage_is_seen():
    text = "\n".join(STORY * 4)
    damaged = [with_errors(text, share, np.random.default_rng(2)) for share in (0.0, 0.02, 0.06, 0.15)]
    known = [told(page(one), "known_share") for one in damaged]
    bits = [told(page(one), "trigram_bits") for one in damaged]
    assert known == sorted(known, reverse=True)
    assert bits == sorted(bits)
    assert known[0] - known[1] > 0.02


def test_a_word_divided_at_the_end_of_a_line_is_not_held_against_the_page():
    whole, divided = "This is a document about everything", "This is a document about every-\nthing"
    assert told(page(divided), "known_share") == told(page(whole), "known_share") == 1.0


def test_strange_characters_are_counted():
    assert told(page("abc\ufffd\ue000d"), "strange_share") == pytest.approx(2 / 6)
    assert told(page("ab\x01\x02"), "control_share") == pytest.approx(0.5)


def test_a_page_without_text_has_a_vector():
    row = features([page("")])[0]
    assert np.isfinite(row).all()


def test_no_pages_no_rows():
    assert features([]).shape == (0, len(NAMES))


def test_a_page_without_evidence_is_refused():
    with pytest.raises(ValueError, match="evidence"):
        features([page("text")._replace(evidence=None)])


def test_a_page_is_not_taken_for_the_second_half_of_the_one_before():
    first, second = features([page("a monday-"), page("monday")])
    assert (
        first[NAMES.index("known_share")] == 0
    )  # a half, and the only word that is long enough to be judged
    assert second[NAMES.index("known_share")] == 1


def test_signs_within_words_are_counted_but_those_that_join():
    assert told(page("wo|rd wo#rd"), "sign_within_word") == pytest.approx(2 / 8)
    assert told(page("well-known don't and/or"), "sign_within_word") == 0


def test_letters_beyond_the_basic_plane_are_letters_of_unknown_words():
    one = page("\U0001d465\U0001d466\U0001d467\U0001d468 \U0001d469\U0001d46a\U0001d46b")
    assert told(one, "letter_share") == pytest.approx(7 / 8)
    assert told(one, "known_share") == 0


def test_captions_of_tables_are_counted_where_a_line_begins():
    assert told(page("Table 1. Sizes\nsome words\nTab. 2"), "log_captions") == pytest.approx(np.log(3))
    assert told(page("as Table 1 says"), "log_captions") == 0


def at_places(*places: tuple[float, float]):
    """A page with a short line at each place."""
    boxes = [(x, y, x + 40, y + 10, 10) for x, y in places]
    numbers = np.array(boxes, np.float32).T.tobytes()
    return page("\n".join("some" for _ in places))._replace(numbers=numbers, flags=bytes(len(places)))


def test_rows_are_three_lines_beside_each_other():
    row = [(50.0, 100.0), (150.0, 100.0), (250.0, 100.0)]
    assert told(at_places(*row, (50.0, 200.0)), "row_share") == pytest.approx(3 / 4)
    assert told(at_places(*row[:2], (50.0, 200.0)), "row_share") == 0


def test_columns_are_told_by_lines_that_jump_up():
    one = read(story())[0]
    assert told(one, "jump_up_share") == 0
    assert told(at_places((50, 100), (50, 400), (300, 100), (300, 400)), "jump_up_share") == pytest.approx(
        1 / 4
    )


texts = st.text(
    st.characters(codec="utf-8") | st.sampled_from("the of and-\n \u00ad\ufffd中あ한กا"), max_size=80
).map(lambda text: "\n".join(line for line in text.splitlines() if line.strip()))


@given(st.lists(texts, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_a_page_is_seen_the_same_in_any_company(found):
    pages = [page(text) for text in found]
    together = features(pages)
    assert np.isfinite(together).all()
    for one, row in zip(pages, together, strict=True):
        assert np.array_equal(features([one])[0], row)
