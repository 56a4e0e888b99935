"""The stage's own units against RST, on a corpus of one sentence written here."""

from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("spacy")
pytest.importorskip("lemminflect")

from benchmarks.simplify_hierarchy import Hierarchy, hierarchy
from benchmarks.simplify_systems import open_stage
from stages.simplify.languages import LANGUAGES

PACKAGE = next((name for name in LANGUAGES["en"].packages if find_spec(name)), None)
WORDS = ["The", "doors", "were", "shut", "because", "it", "rained", "."]
HEADER = "doc unit1_toks unit2_toks unit1_txt unit2_txt s1_toks s2_toks unit1_sent unit2_sent dir rel_type orig_label label"


@pytest.fixture(scope="module")
def stage():
    if PACKAGE is None:
        pytest.skip("no English package of spaCy")
    return open_stage(model=PACKAGE)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    for name in ("dep", "rsd", "rels"):
        (tmp_path / name).mkdir()
    rows = [
        f"{n}\t{w}\t{w}\t_\t_\t_\t0\troot\t_\t{'SpaceAfter=No' if n == 7 else '_'}"
        for n, w in enumerate(WORDS, 1)
    ]
    (tmp_path / "dep" / "a.conllu").write_text("\n".join(rows) + "\n\n")
    units = [("The doors were shut", 0, "ROOT"), ("because it rained .", 1, "causal-cause_r")]
    lines = [
        f"{n}\t{text}\t0\t_\t_\t_\t{head}\t{name}\t_\t_" for n, (text, head, name) in enumerate(units, 1)
    ]
    (tmp_path / "rsd" / "a.rsd").write_text("\n".join(lines) + "\n")
    row = [
        "a",
        "1-4",
        "5-8",
        "x",
        "x",
        "1-8",
        "1-8",
        "x",
        "x",
        "1<2",
        "explicit",
        "contingency.cause.reason",
        "x",
    ]
    (tmp_path / "rels" / "a.rels").write_text("\t".join(HEADER.split()) + "\n" + "\t".join(row) + "\n")
    return tmp_path


def test_a_cause_is_apart_deeper_and_told(stage, part: Path):
    assert hierarchy(stage, part) == Hierarchy(pairs=1, apart=1, right=1, explicit=1, told=1)


def test_where_rst_has_two_nuclei_a_context_is_wrong(stage, part: Path):
    file = part / "rsd" / "a.rsd"
    file.write_text(file.read_text().replace("causal-cause_r", "joint-list_m"))
    found = hierarchy(stage, part)
    assert (found.apart, found.right) == (1, 0)
