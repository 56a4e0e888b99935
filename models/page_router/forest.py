"""The router's judge of tables: extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006).

Of the pages that teach what a table is there are few, and what tells one is a caption with some rules below it:
trees learn that from dozens, where networks learned nothing.

Imported by training only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesRegressor  # type: ignore[import-untyped, unused-ignore]

from models.page_router.features import NAMES
from models.page_router.graph import Forest, Tree

Array = NDArray[Any]

# What tells a table: the trees see nothing else.
SEEN: Final = (
    *("digit_share", "sign_share", "line_length", "line_length_spread", "jump_up_share", "same_height_share"),
    *("left_spread", "line_width", "line_width_spread", "narrow_share", "density", "density_spread"),
    *("row_share", "figure_line_share", "log_captions", "log_ruled_rows", "ruled_share"),
    *(
        "invisible_share",
        "image_share",
        "log_paths",
        "log_horizontal_rules",
        "log_vertical_rules",
        "log_boxes",
    ),
)
_TREES = 60
_LEAF = 2  # pages at least
_LEAVES = 48  # at most
_TRIED = 0.5  # of the features, at each branch
_MADE = 0.05  # weight of a page that was written for this: it has no caption, and none is like another's
_DAMAGED = 0.02  # and of a damaged one: there are ten of each page


def fit(rows: Array, quality: Array, variants: Array, seed: int = 1) -> Forest:
    """Learn the heads for tables.

    Args:
        rows: features, pages x NAMES.
        quality: pages x heads, all known.
        variants: of each page.
    """
    columns = [NAMES.index(name) for name in SEEN]
    weight = np.where(variants == "made", _MADE, np.where(variants == "clean", 1.0, _DAMAGED))
    found = ExtraTreesRegressor(
        _TREES, min_samples_leaf=_LEAF, max_leaf_nodes=_LEAVES, max_features=_TRIED, random_state=seed
    ).fit(rows[:, columns], quality, sample_weight=weight)
    return Forest(columns, [_tree(one.tree_) for one in found.estimators_])


def told(forest: Forest, rows: Array) -> Array:
    """Return what the forest says: pages x heads."""
    seen = rows[:, forest.columns].astype(np.float32)
    every = np.arange(len(seen))
    found: Sequence[Array] = []
    for tree in forest.trees:
        at = np.zeros(len(seen), np.int64)
        while (tree.left[at] >= 0).any():
            inner = tree.left[at] >= 0
            goes = np.where(seen[every, tree.column[at]] <= tree.bound[at], tree.left[at], tree.right[at])
            at = np.where(inner, goes, at)
        found = [*found, tree.value[at]]
    return np.asarray(np.mean(found, axis=0))


def _tree(one: Any) -> Tree:
    left = np.asarray(one.children_left, np.int64)
    leaf = left < 0
    bound = np.where(leaf, 0, one.threshold)
    near = bound.astype(np.float32)
    # features are float32: the same ones are below the next float32 that is not above the bound
    near = np.where(near > bound, np.nextafter(near, np.float32(-np.inf)), near)
    return Tree(
        np.where(leaf, 0, one.feature).astype(np.int64),
        near.astype(np.float32),
        left,
        np.asarray(one.children_right, np.int64),
        np.asarray(one.value[:, :, 0], np.float32),
    )
