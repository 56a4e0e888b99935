"""Collects nodes and weights of a graph; weights go to a data file beside it, from where they are memory-mapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

GRAPH, DATA = "model.onnx", "model.onnx.data"

_ALIGNED = 4096  # a page, so that a mapped tensor begins on one
_INLINE = 1024  # bytes up to which a constant stays in the graph's file
_OPSET, _IR = 21, 10


class GraphWriter:
    """Writes one graph into a folder. A context manager: the data file is open from begin to end.

    Every weight is written as soon as it is added, so memory holds one at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}
        self._count = 0

    def __enter__(self) -> GraphWriter:
        self._data = (self._folder / DATA).open("wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._data.close()

    def weight(self, name: str, values: NDArray[Any]) -> str:
        """Add a constant tensor; return its name."""
        import onnx
        from onnx import helper, numpy_helper

        if name in self._constants:
            return name
        values = np.ascontiguousarray(values)
        if values.nbytes <= _INLINE:
            self._constants[name] = numpy_helper.from_array(values, name)
            return name
        place = -(-self._data.tell() // _ALIGNED) * _ALIGNED
        self._data.seek(place)
        self._data.write(values.tobytes())
        tensor = onnx.TensorProto(name=name, dims=values.shape)
        tensor.data_type = helper.np_dtype_to_tensor_dtype(values.dtype)
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", DATA), ("offset", place), ("length", values.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        self._constants[name] = tensor
        return name

    def node(
        self, kind: str, inputs: Sequence[str], outputs: int | Sequence[str] = 1, **attributes: Any
    ) -> str:
        """Add a node of the ONNX operators; return the name of its first output."""
        return self._add(kind, "", inputs, outputs, attributes)

    def contrib(
        self, kind: str, inputs: Sequence[str], outputs: int | Sequence[str] = 1, **attributes: Any
    ) -> str:
        """Add a node of ONNX Runtime's own operators (domain com.microsoft)."""
        return self._add(kind, "com.microsoft", inputs, outputs, attributes)

    def _add(
        self,
        kind: str,
        domain: str,
        inputs: Sequence[str],
        outputs: int | Sequence[str],
        attributes: Mapping[str, Any],
    ) -> str:
        from onnx import helper

        self._count += 1
        name = f"{kind}_{self._count}"
        named = [f"{name}.{i}" for i in range(outputs)] if isinstance(outputs, int) else list(outputs)
        self._nodes.append(
            helper.make_node(kind, list(inputs), named, name=name, domain=domain, **attributes)
        )
        return named[0]

    def finish(self, inputs: Sequence[Any], outputs: Sequence[Any]) -> Path:
        """Write the graph; inputs and outputs are ONNX value infos. Return the file."""
        import onnx
        from onnx import helper

        graph = helper.make_graph(
            self._nodes, "causal_lm", list(inputs), list(outputs), list(self._constants.values())
        )
        domains = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(
            graph, opset_imports=domains, ir_version=_IR, producer_name="docmill.onnx_export"
        )
        path = self._folder / GRAPH
        onnx.save_model(model, str(path))
        return path
