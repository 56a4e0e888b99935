"""Charts: their geometry says what the numbers say."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.charts import Bar, Spread, bars, histogram
from pipeline.report.sketch import Sketch, bins

FLAT = Spread(1, 1, 1, 1, 1)


def chart_of(values: list[float]) -> str:
    sketch = Sketch()
    sketch.add(values)
    parts, logarithmic = bins(sketch)
    quantiles = Spread(*(sketch.quantile(q) or 0.0 for q in (0.05, 0.25, 0.5, 0.75, 0.95)))
    return str(histogram(parts, quantiles, "T", "D", logarithmic=logarithmic, whole=sketch.whole))


def test_lengths_of_bars_are_shares_of_the_sum() -> None:
    svg = bars([Bar("a", 75, "75"), Bar("b", 25, "25"), Bar("none", 0, "0")], "T", "D")
    assert re.findall(r'class="bar" x="0" y="\d+" width="([\d.]+)%"', svg) == ["75", "25"]


def test_heights_of_a_linear_histogram_follow_the_numbers() -> None:
    svg = chart_of([1, 1, 1, 1, 2, 2, 3])
    heights = [float(h) for h in re.findall(r'class="bar".*?height="([\d.]+)"', svg)]
    assert heights == pytest.approx([96, 48, 24])


def test_areas_of_a_logarithmic_histogram_follow_the_numbers() -> None:
    svg = chart_of([1.0] * 40 + [float(v) for v in range(10, 100)] + [5000.0] * 20)
    found = re.findall(r'width="([\d.]+)%" height="([\d.]+)"><title>[^<]*: ([\d,]+)<', svg)
    areas = [(float(w) * float(h), int(n)) for w, h, n in found if float(h) > 1.5]
    ratios = [area / number for area, number in areas]
    assert max(ratios) == pytest.approx(min(ratios), rel=0.05)


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(float), st.floats(-1e6, 1e6), st.floats(-1e299, 1e299), st.floats(0, 1e-6)
)


@given(st.lists(NUMBERS, min_size=1, max_size=80))
def test_nothing_lies_outside_and_labels_do_not_collide(values: list[float]) -> None:
    svg = chart_of(values)
    for x, width in re.findall(r'class="bar" x="([-\d.]+)%"[^>]*? width="([-\d.]+)%"', svg):
        assert float(x) >= 0
        assert float(width) > 0
        assert float(x) + float(width) <= 100.1
    for at in re.findall(r'(?:x1|x2|cx)="([-\d.]+)%"', svg):
        assert 0 <= float(at) <= 100
    ticks = [float(x) for x in re.findall(r'class="tick" x="([-\d.]+)%"', svg)]
    assert len(ticks) <= 7
    assert ticks == sorted(ticks)
    assert all(b - a >= 8 for a, b in itertools.pairwise(ticks))


def labels(svg: str) -> list[str]:
    return re.findall(r'class="tick"[^>]*>([^<]*)<', svg)


def test_labels_are_round_short_and_distinct() -> None:
    assert labels(chart_of([float(v) for v in range(1, 13)])) == ["5", "10"]
    assert labels(chart_of([2019.0, 2021.0, 2024.0])) == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert labels(chart_of([150_000.0, 500_000.0, 1_000_000.0])) == ["200k", "400k", "600k", "800k", "1M"]
    assert labels(chart_of([10.0**e for e in range(7)])) == ["1", "100", "10k", "1M"]
    assert labels(chart_of([3.0, 3.0])) == ["3"]


def test_words_are_escaped_and_cut() -> None:
    svg = str(bars([Bar("<b>&" + "x" * 200, 1, "<i>")], "<t>", "<d>\x1b"))
    assert "<b>" not in svg
    assert "<i>" not in svg
    assert "&lt;t&gt;" in svg
    assert "<U+001B>" in svg.replace("&lt;", "<").replace("&gt;", ">")
    assert "x" * 50 not in svg


def test_no_bar_at_all() -> None:
    assert "<rect" not in bars([], "T", "D")
