"""What train may see, what dev keeps, what is left to the held-out sets."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from pathlib import Path

from models.line_labeller.generator.chance import Chance, held_out
from models.line_labeller.generator.sources import read, taken

OPTIONS = tuple(f"option {number}" for number in range(60))


def test_train_never_draws_what_dev_keeps() -> None:
    chance = Chance((1,), "train")
    drawn = {chance.of(OPTIONS) for _ in range(2000)} | set(chance.some(OPTIONS, 60))
    kept = {option for option in OPTIONS if held_out(repr(option))}
    assert kept
    assert drawn == set(OPTIONS) - kept


def test_dev_draws_both_and_half_of_what_it_keeps() -> None:
    chance = Chance((1,), "dev")
    draws = [chance.of(OPTIONS) for _ in range(2000)]
    kept = sum(held_out(repr(option)) for option in draws) / len(draws)
    assert 0.4 < kept < 0.75
    assert set(draws) == set(OPTIONS)


def test_records_are_split_by_their_ids() -> None:
    for number in range(400):
        key = f"record {number}"
        train, dev = taken(key, "train"), taken(key, "dev")
        assert not (train and dev)
        assert (train or dev) == (sha256(key.encode()).hexdigest()[0] in "0123456789ab")


def test_texts_come_from_the_records_of_the_split(tmp_path: Path) -> None:
    collection = tmp_path / "e3c-en"
    collection.mkdir()
    records = [
        {"id": f"X{number}", "text": f"The patient of record X{number} had a fever."} for number in range(80)
    ]
    (collection / "cases.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    for name in ("train", "valid"):
        _table(
            tmp_path / "aci-bench" / f"{name}.csv",
            [{"encounter_id": "A", "note": "PLAN\n\nRest at home for a week."}],
        )
    _table(
        tmp_path / "mts-dialog" / "MTS-Dialog-TrainingSet.csv",
        [{"ID": str(n), "section_header": "ALLERGY", "section_text": f"None {n}."} for n in range(80)],
    )
    for split in ("train", "dev"):
        texts = read(tmp_path, "en", split)
        assert texts.cases
        assert {case[0] for case in texts.cases} == {r["text"] for r in records if taken(r["id"], split)}
        assert texts.passages["history"]
    assert read(None, "en", "train").cases == []


def _table(file: Path, rows: list[dict[str, str]]) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
