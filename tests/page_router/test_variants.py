import json
from pathlib import Path

import pytest

from benchmarks.page_variants import TEST_GROUPS, damaged_pages, papers, recognised, variants


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    entries = [
        {
            "id": f"{group}-{number}",
            "journal_group": group,
            "pages": 1 + number,
            "has_table": False,
            "pdf": f"{number}.pdf",
            "reference": f"{number}.txt",
        }
        for group in (*TEST_GROUPS, "one", "other")
        for number in range(9)
    ]
    (tmp_path / "manifest.json").write_text(json.dumps(entries), "utf-8")
    return tmp_path


def test_the_journals_of_the_test_are_in_no_other_split(collection):
    for paper in papers(collection):
        assert (paper.split == "test") == (paper.group in TEST_GROUPS)


def test_every_other_group_is_divided_by_document(collection):
    for group in ("one", "other"):
        splits = [paper.split for paper in papers(collection) if paper.group == group]
        assert splits.count("dev") == 3
        assert splits.count("train") == 6


def test_a_page_is_damaged_the_same_every_time(collection):
    for paper in papers(collection)[:3]:
        assert list(variants(paper)) == list(variants(paper))


def test_pages_are_damaged_differently(collection):
    paper = papers(collection)[8]
    scans = [one.damage.paper for one in variants(paper) if one.name == "scan"]
    assert len(scans) == len(set(scans)) == len(damaged_pages(paper))


def test_versions_of_one_look_share_their_scan(collection):
    paper = papers(collection)[3]
    for page in damaged_pages(paper):
        looks = {one.damage.paper for one in variants(paper) if one.page == page and one.drawn == "scan"}
        assert len(looks) == 1


def test_the_first_page_is_always_recognised(collection):
    for paper in papers(collection):
        assert recognised(paper)[0] == 0
        assert set(recognised(paper)) <= set(damaged_pages(paper))
