"""A page whose lines stand in the file in another order than on paper."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pikepdf

from models.page_router.degrade.kinds import Shuffled

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOVES = {"Td", "TD", "Tm", "T*", "'", '"'}
_SHOWS = {"Tj", "TJ", "'", '"'}
_TEXT_STATE = {"Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts"}
_COLOURS = {"g", "rg", "k", "cs", "sc", "scn", "gs"}
_Instruction = tuple[list[pikepdf.Object], str]


@dataclass(slots=True)
class _State:
    """What of the graphics state a run of text needs to be drawn anywhere else in the file."""

    ctm: _Matrix = _UNIT
    text: dict[str, list[pikepdf.Object]] = field(default_factory=dict)
    colours: dict[str, list[pikepdf.Object]] = field(default_factory=dict)

    def copy(self) -> _State:
        return _State(self.ctm, dict(self.text), dict(self.colours))

    @property
    def leading(self) -> float:
        return float(self.text["TL"][0]) if "TL" in self.text else 0.0


@dataclass(slots=True)
class _Run:
    """Shows of text that follow each other without a move, and how to draw them by themselves."""

    height: float  # of its base line on the page, to find the runs of one line
    instructions: list[_Instruction]


def shuffle(pdf: pikepdf.Pdf, page: pikepdf.Page, damage: Shuffled) -> None:
    """Write the page's text anew in another order, each line of it as it looked."""
    rest, runs = _taken_apart(page)
    lines: list[list[_Run]] = []
    for run in runs:
        if lines and abs(lines[-1][-1].height - run.height) < 0.5:
            lines[-1].append(run)
        else:
            lines.append([run])
    chance = np.random.default_rng(damage.seed)
    instructions = list(rest)
    for place in _order(len(lines), damage.pieces, chance):
        for run in lines[place]:
            instructions += run.instructions
    page.contents_coalesce()
    page.Contents = pdf.make_stream(
        pikepdf.unparse_content_stream(
            [(operands, pikepdf.Operator(name)) for operands, name in instructions]
        )
    )


def _order(count: int, pieces: int, chance: np.random.Generator) -> list[int]:
    if pieces == 0 or pieces >= count:
        return [int(place) for place in chance.permutation(count)]
    cuts = sorted(int(place) for place in chance.choice(np.arange(1, count), pieces - 1, replace=False))
    parts = np.split(np.arange(count), cuts)
    return [int(place) for number in chance.permutation(len(parts)) for place in parts[number]]


def _taken_apart(page: pikepdf.Page) -> tuple[list[_Instruction], list[_Run]]:
    """The page's instructions without its text, and its text in runs."""
    rest: list[_Instruction] = []
    runs: list[_Run] = []
    state, stack = _State(), []
    line = matrix = _UNIT
    fresh = True  # the next show begins a run
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        operands = list(instruction.operands)
        if name == "q":
            stack.append(state.copy())
        elif name == "Q" and stack:
            state = stack.pop()
        elif name == "cm":
            state.ctm = _times(_matrix(operands), state.ctm)
        elif name in _TEXT_STATE:
            state.text[name] = operands
        elif name in _COLOURS:
            state.colours[name] = operands
        if name == "BT":
            line = matrix = _UNIT
            fresh = True
        elif name in _MOVES:
            line = _moved(line, name, operands, state)
            if name == "TD":
                state.text["TL"] = [pikepdf.Object.parse(f"{-float(operands[1]):.6f}".encode())]
            matrix, fresh = line, True
        if name in _SHOWS:
            if name == '"':
                state.text["Tw"], state.text["Tc"] = [operands[0]], [operands[1]]
            show: _Instruction = ([operands[-1]], "TJ" if name == "TJ" else "Tj")
            if fresh or not runs:
                runs.append(_run(state, matrix, show))
                fresh = False
            else:
                _continue(runs[-1], state, show)
        elif name not in _MOVES and name not in {"BT", "ET"}:
            rest.append((operands, name))
    return rest + [([], "Q")] * len(stack), runs


def _run(state: _State, matrix: _Matrix, show: _Instruction) -> _Run:
    settings = [(operands, name) for name, operands in state.text.items()]
    colours = [(operands, name) for name, operands in state.colours.items()]
    placed = _times(matrix, state.ctm)
    return _Run(
        placed[5],
        [
            ([], "q"),
            *([(_objects(state.ctm), "cm")] if state.ctm != _UNIT else []),
            *colours,
            ([], "BT"),
            *settings,
            (_objects(matrix), "Tm"),
            show,
            ([], "ET"),
            ([], "Q"),
        ],
    )


def _continue(run: _Run, state: _State, show: _Instruction) -> None:
    settings = [(operands, name) for name, operands in state.text.items()]
    run.instructions[-2:-2] = [*settings, show]


def _moved(line: _Matrix, name: str, operands: list[pikepdf.Object], state: _State) -> _Matrix:
    if name == "Tm":
        return _matrix(operands)
    if name in {"Td", "TD"}:
        return _times((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), line)
    return _times((1.0, 0.0, 0.0, 1.0, 0.0, -state.leading), line)


def _matrix(operands: list[pikepdf.Object]) -> _Matrix:
    a, b, c, d, e, f = (float(number) for number in operands)
    return a, b, c, d, e, f


def _objects(matrix: _Matrix) -> list[pikepdf.Object]:
    return [pikepdf.Object.parse(f"{number:.6f}".encode()) for number in matrix]


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
