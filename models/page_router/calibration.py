"""The calibration: what rungs cost on a machine, and a sample of pages from which prices are told.

It is a JSON file without a word of any document: constants, and per page of the sample what the router
predicted and how large the page is. Whatever rungs a configuration names, their price for a budget is
solved from these, so that one file serves all their combinations.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.page_router import cost
from models.page_router.cost import COST_FEATURES
from models.page_router.pricing import BASE_PRICE, MARGIN, Offers

KINDS = ("text", "tables", "ocr", "other")
DEFAULT = Path(__file__).with_name("calibration.json")
_FORMAT = "docmill parse calibration 1"
_LARGEST = 1 << 26  # bytes


class CalibrationError(Exception):
    """A calibration cannot be used. The message is one line that says how to mend it."""


@dataclass(frozen=True)
class RungCost:
    """What was measured of a rung.

    Attributes:
        kind: one of KINDS: which prediction speaks for it.
        made_with: hash of its settings (``settings_digest``); other settings cost something else.
        constants: CPU seconds per unit of each of COST_FEATURES.
        memory_mb: MiB that its process, with the programs it started, held at most.
        pages: measured.
        failures: pages on which it failed.
    """

    kind: str
    made_with: str
    constants: tuple[float, ...]
    memory_mb: int
    pages: int
    failures: int = 0


@dataclass(frozen=True)
class Sample:
    """Pages of a sample, those that are not blank: the predicted quality of their text as it is (``cheap``) and
    of each kind of reading, and their COST_FEATURES. float64, one entry or row per page."""

    documents: int
    blank: int
    cheap: NDArray[np.float64]
    qualities: Mapping[str, NDArray[np.float64]]
    features: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.cheap)


@dataclass(frozen=True)
class Calibration:
    """Everything a router needs beside its model. ``router`` is the sha256 of the model that made the
    predictions of the sample."""

    router: str
    rungs: Mapping[str, RungCost]
    sample: Sample
    margin: float = MARGIN
    base_price: float = BASE_PRICE

    def constants(self, rungs: Sequence[str]) -> NDArray[np.float64]:
        """Return the cost constants of rungs: COST_FEATURES x rungs."""
        return np.array([self.rungs[name].constants for name in rungs]).reshape(-1, len(COST_FEATURES)).T

    def offers(self, rungs: Mapping[str, str]) -> Offers:
        """Return what rungs (name to kind) offer to the pages of the sample."""
        sample = self.sample
        if not rungs:
            nothing = np.zeros((len(sample), 0))
            return Offers(nothing, nothing, self.margin, sample.blank)
        found = np.stack([sample.qualities[kind] for kind in rungs.values()], axis=1)
        costs = cost.seconds(sample.features, self.constants(list(rungs)))
        return Offers(found - sample.cheap[:, None], costs, self.margin, sample.blank)


def settings_digest(adaptor: str, settings: Mapping[str, Any]) -> str:
    """Return a hash of what a rung does. Where its models run (the setting ``profile``) is left out: one file
    serves all profiles, although a GPU's costs are better measured on one."""
    what = {name: value for name, value in settings.items() if name != "profile"}
    words = json.dumps([adaptor, what], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def file_sha256(path: Path) -> str:
    """Return the sha256 of a calibration file. Raises CalibrationError when it cannot be read."""
    return hashlib.sha256(_bytes(path)).hexdigest()


def save(calibration: Calibration, path: Path) -> str:
    """Write a calibration; return its sha256. Raises OSError."""
    sample = calibration.sample
    data = {
        "format": _FORMAT,
        "router": calibration.router,
        "margin": calibration.margin,
        "base_price": calibration.base_price,
        "rungs": {
            name: {
                "kind": rung.kind,
                "made_with": rung.made_with,
                "cpu_seconds_per": {
                    feature: _short(value)
                    for feature, value in zip(COST_FEATURES, rung.constants, strict=True)
                },
                "memory_mb": rung.memory_mb,
                "pages": rung.pages,
                "failures": rung.failures,
            }
            for name, rung in calibration.rungs.items()
        },
        "sample": {
            "documents": sample.documents,
            "blank_pages": sample.blank,
            "cheap": [_short(value) for value in sample.cheap.tolist()],
            "quality": {kind: [_short(value) for value in sample.qualities[kind].tolist()] for kind in KINDS},
            "pages": {
                feature: [_short(value) for value in column]
                for feature, column in zip(COST_FEATURES[1:], sample.features[:, 1:].T.tolist(), strict=True)
            },
        },
    }
    raw = (json.dumps(data, separators=(",", ":")).replace('],"', '],\n"') + "\n").encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return hashlib.sha256(raw).hexdigest()


def load(path: Path) -> Calibration:
    """Read a calibration. Raises CalibrationError when it is missing, or is none."""
    raw = _bytes(path)
    try:
        data = json.loads(raw)
    except ValueError:  # UnicodeDecodeError is one
        raise CalibrationError(f"{path}: is no calibration: not JSON; {_AGAIN}") from None
    if not isinstance(data, dict) or not str(data.get("format")).startswith("docmill parse calibration"):
        raise CalibrationError(f"{path}: is no calibration of the parse stage; {_AGAIN}")
    if data["format"] != _FORMAT:
        raise CalibrationError(f"{path}: was made by another version of docmill; {_AGAIN}")
    try:
        return _read(data)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        raise CalibrationError(f"{path}: is a damaged calibration; {_AGAIN}") from None


_AGAIN = "make one with 'docmill calibrate parse SAMPLE'"


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except OSError as error:
        raise CalibrationError(
            f"{path}: cannot be read: {error.strerror or type(error).__name__}; {_AGAIN}"
        ) from None
    if len(raw) > _LARGEST:
        raise CalibrationError(f"{path}: is no calibration: it is too large; {_AGAIN}")
    return raw


def _read(data: dict[str, Any]) -> Calibration:
    sample, blank = data["sample"], _count(data["sample"]["blank_pages"])
    cheap = _column(sample["cheap"], highest=1.0)
    columns = [_column(sample["pages"][feature]) for feature in COST_FEATURES[1:]]
    qualities = {kind: _column(sample["quality"][kind], highest=1.0) for kind in KINDS}
    features = np.stack([np.ones(len(cheap)), *columns], axis=1)  # ValueError where lengths differ
    if any(len(values) != len(cheap) for values in qualities.values()) or not len(cheap) + blank:
        raise ValueError
    rungs = {str(name): _rung(one) for name, one in data["rungs"].items()}
    return Calibration(
        _text(data["router"]),
        rungs,
        Sample(_count(sample["documents"]), blank, cheap, qualities, features),
        _number(data["margin"]),
        _number(data["base_price"]),
    )


def _rung(data: dict[str, Any]) -> RungCost:
    constants = tuple(_number(data["cpu_seconds_per"][feature]) for feature in COST_FEATURES)
    if data["kind"] not in KINDS:
        raise ValueError
    return RungCost(
        data["kind"],
        _text(data["made_with"]),
        constants,
        _count(data["memory_mb"]),
        _count(data["pages"]),
        _count(data["failures"]),
    )


def _column(values: list[Any], highest: float = math.inf) -> NDArray[np.float64]:
    if not isinstance(values, list):
        raise TypeError
    return np.array([_number(value, highest) for value in values], np.float64)


def _number(value: Any, highest: float = math.inf) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    number = float(value)
    if not (math.isfinite(number) and 0 <= number <= highest):
        raise ValueError
    return number


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _short(value: float) -> float | int:
    """Six significant digits are more than was measured."""
    short = float(f"{value:.6g}")
    return int(short) if short.is_integer() else short
