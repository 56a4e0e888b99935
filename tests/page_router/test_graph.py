"""The graph that training writes computes what training means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.session import open_session

pytest.importorskip("onnx")
pytest.importorskip("sklearn")

from models.page_router import forest, graph
from models.page_router.features import NAMES

STRAIGHT = (np.array([0.0, 1.0]), np.array([0.0, 1.0]))


def run(path: Path, rows: NDArray[Any]) -> NDArray[Any]:
    return open_session(path).run({"features": rows.astype(np.float32)}, "quality")


def opinion(*qualities: float) -> graph.Layers:
    """A network that says the same of every page; its first layer passes on a one."""
    logits = np.log(np.array(qualities) / (1 - np.array(qualities)))
    through = (np.zeros((1, 1), np.float32), np.ones(1, np.float32))
    return [through, (np.zeros((len(qualities), 1), np.float32), logits.astype(np.float32))]


def group(*members: graph.Layers, caution: tuple[float, ...] = (), sure: tuple[int, ...] = ()) -> graph.Group:
    steps = (np.array([0]), np.zeros(1, np.float32), np.ones(1, np.float32))
    heads = len(members[0][-1][1])
    return graph.Group(steps, members, [STRAIGHT] * heads, caution, sure)


def test_networks_see_their_own_layers_and_are_averaged(tmp_path: Path) -> None:
    graph.write(
        tmp_path / "g.onnx", 1, [group(opinion(0.2, 0.9), opinion(0.4, 0.7))], ("features", "quality")
    )
    assert run(tmp_path / "g.onnx", np.zeros((3, 1))) == pytest.approx(np.tile([0.3, 0.8], (3, 1)), abs=1e-5)


def test_a_reading_loses_by_doubt_where_nothing_makes_it_sure(tmp_path: Path) -> None:
    """The lead over the first head is 0.7 and 0.3: its deviation 0.2."""
    cautious = group(opinion(0.2, 0.9), opinion(0.4, 0.7), caution=(0.0, 1.5), sure=(0, 1))
    graph.write(tmp_path / "g.onnx", 2, [cautious], ("features", "quality"))
    rows = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.5], [1.0, 1.0], [9.0, 1.0]])
    wanted = [[0.3, 0.8 - 0.3 * unsure] for unsure in (1, 1, 0.5, 0, 0)]
    assert run(tmp_path / "g.onnx", rows) == pytest.approx(np.array(wanted), abs=1e-5)


def test_trees_are_written_as_they_answer(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(300, len(NAMES))).astype(np.float32)
    share = (rows[:, NAMES.index("ruled_share")] > 0.3) * 0.5
    quality = np.stack((1 - 0.1 * share, share), axis=1)
    trees = forest.fit(rows, quality, np.array(["clean", "made", "scan"] * 100))
    graph.write(tmp_path / "g.onnx", len(NAMES), [trees], ("features", "quality"))
    told = forest.told(trees, rows)
    assert run(tmp_path / "g.onnx", rows) == pytest.approx(told, abs=1e-5)
    assert np.corrcoef(told[:, 1], share)[0, 1] > 0.8
