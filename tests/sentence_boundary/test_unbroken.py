"""Sentences of Thai and Lao do not end between two letters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.prediction import Predictor
from models.sentence_boundary.unbroken import inside
from stages.segment.stage import Segment
from tests.segment.tiny import spans

THAI = "ฝนตกทั้งวันเราจึงอยู่บ้าน พี่สาวอบขนมปัง แล้วไฟก็ดับ ไม่มีใครโทรมาเลย"
LAO = "ຝົນຕົກໝົດມື້ ພວກເຮົາຢູ່ເຮືອນ"
SIGNS = "กขแเาิ่ຝົນ 50฿๕๛.!?\nabc中ខ។"


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("กข", 1, True),
        ("ຝນ", 1, True),
        ("ก ข", 1, False),
        ("ก ข", 2, False),
        ("กข", 2, False),  # the end of the text
        ("๕ข", 1, False),
        ("ก๛ข", 2, False),
        ("฿ข", 1, False),
        ("กa", 1, False),
        ("中文", 1, False),
        ("ខ្ញុំក", 5, False),  # Khmer is left alone, and so is where scripts meet
    ],
)
def test_between_letters(text: str, end: int, expected: bool) -> None:
    assert inside(text, np.array([end])).tolist() == [expected]


@pytest.mark.parametrize("text", [THAI, LAO, THAI.replace(" ", "") * 40])
def test_the_model_is_sure_that_nothing_ends_there(text: str) -> None:
    (places,) = Predictor(open_model(find("fast"))).places([text])
    between = inside(text, places.ends)
    assert between.any()
    assert places.probabilities[between].max() < 1e-8


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from(SIGNS), max_size=80))
def test_no_sentence_ends_there(text: str) -> None:
    (found,) = spans([text], Segment(threshold=1e-6, newlines="space"))
    ends = np.array([one["end"] for one in found], np.int64)
    assert not inside(text, ends).any()
    assert "".join(text[one["start"] : one["end"]] for one in found) == text


def test_a_bound_of_length_still_holds() -> None:
    text = THAI.replace(" ", "") * 4
    (found,) = spans([text], Segment(lengths={"max": 30}))
    assert max(one["end"] - one["start"] for one in found) <= 30
