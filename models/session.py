"""Opens ONNX graphs as a profile wants them.

Profiles: ``edge`` (CPU, one thread, memory handed back between runs), ``cpu`` (CPU), ``gpu`` (CUDA, an error
when there is none). A graph never lands on the CPU because CUDA failed: whoever asked for a GPU gets a GPU
or one line that says what is missing.

ONNX Runtime is imported when the first graph is opened.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Profile = Literal["edge", "cpu", "gpu"]
EXTRAS: Mapping[Profile, str] = {"edge": "cpu", "cpu": "cpu", "gpu": "gpu"}

_TYPES: Mapping[str, type[np.generic]] = {
    "tensor(float16)": np.float16,
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(int8)": np.int8,
    "tensor(uint8)": np.uint8,
    "tensor(int16)": np.int16,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
    "tensor(bool)": np.bool_,
}


class SessionError(Exception):
    """A graph cannot be opened as asked. The message is one line that says how to mend it."""


class MissingRuntimeError(SessionError):
    """ONNX Runtime, or its CUDA half, is not there.

    Attributes:
        extra: the extra of docmill that brings it.
        package: its distribution.
    """

    def __init__(self, message: str, extra: str, package: str) -> None:
        super().__init__(message)
        self.extra = extra
        self.package = package


class OnnxSession:
    """One open graph. Not picklable: open it where it runs."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._types = {one.name: np.dtype(_TYPES[one.type]) for one in session.get_inputs()}
        self._outputs = tuple(one.name for one in session.get_outputs())

    @property
    def input_types(self) -> Mapping[str, np.dtype[Any]]:
        """Name and element type of every input, as the graph declares them."""
        return self._types

    @property
    def output_names(self) -> Sequence[str]:
        """Names of the outputs."""
        return self._outputs

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the graph's file says of itself, such as the characters that a recogniser knows."""
        found: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        return found

    def run(self, feeds: Mapping[str, NDArray[Any]], output: str) -> NDArray[Any]:
        """Compute one output; only what it depends on is computed.

        Args:
            feeds: name to array for every input; arrays of another type are converted to the graph's.
            output: its name.
        """
        ready = {name: np.ascontiguousarray(feeds[name], kind) for name, kind in self._types.items()}
        result: NDArray[Any] = self._session.run([output], ready)[0]
        return result

    def run_all(
        self, feeds: Mapping[str, NDArray[Any]], outputs: Sequence[str]
    ) -> Mapping[str, NDArray[Any]]:
        """Compute several outputs; arguments as ``run``."""
        ready = {name: np.ascontiguousarray(feeds[name], kind) for name, kind in self._types.items()}
        return dict(zip(outputs, self._session.run(list(outputs), ready), strict=True))

    def new_binding(self) -> Any:
        """Return an empty binding of inputs and outputs to memory (``onnxruntime.IOBinding``)."""
        return self._session.io_binding()

    def run_bound(self, binding: Any) -> None:
        """Compute the outputs that are bound."""
        self._session.run_with_iobinding(binding)


def check_runtime(profile: Profile) -> None:
    """Say whether graphs can be opened under a profile, without opening one.

    Raises:
        MissingRuntimeError: they cannot.
    """
    package = "onnxruntime-gpu" if profile == "gpu" else "onnxruntime"
    if importlib.util.find_spec("onnxruntime") is None:
        raise MissingRuntimeError(
            f"{package} is not installed: pip install 'docmill[{EXTRAS[profile]}]'", EXTRAS[profile], package
        )
    if profile == "gpu":
        import onnxruntime as ort

        if "CUDAExecutionProvider" not in ort.get_available_providers():
            raise MissingRuntimeError(
                "the gpu profile needs CUDA, and the installed onnxruntime is the CPU one: "
                "pip uninstall onnxruntime && pip install 'docmill[gpu]', or run with --profile cpu",
                "gpu",
                package,
            )


def open_session(path: Path, profile: Profile = "cpu", *, threads: int = 1) -> OnnxSession:
    """Open a graph.

    Args:
        path: of a file that was verified (``models.catalog.files_of``).
        profile: where it runs.
        threads: of one run, on the CPU. docmill makes use of cores by worker processes, so more than one
            thread here would only fight them; and with one, sums have one order. ``edge`` always has one.

    Raises:
        MissingRuntimeError: the profile's runtime is not installed.
        SessionError: the file is not a graph that this ONNX Runtime can open, or there is no GPU.
    """
    check_runtime(profile)
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1 if profile == "edge" else threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4  # what goes wrong is raised; its log may quote shapes and paths only
    if profile == "edge":
        # the arena keeps the largest batch's memory for good; small machines need it back
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
    providers = ["CUDAExecutionProvider"] if profile == "gpu" else ["CPUExecutionProvider"]
    try:
        session = ort.InferenceSession(str(path), options, providers=providers)
    except Exception as error:  # onnxruntime raises classes of its own for each status
        reason = " ".join(str(error).split())[:200]
        raise SessionError(f"the graph {path} cannot be opened: {reason}") from error
    if profile == "gpu":
        session.disable_fallback()
        if "CUDAExecutionProvider" not in session.get_providers():
            raise SessionError(
                "the gpu profile needs a CUDA device and the CUDA and cuDNN libraries of this onnxruntime-gpu; "
                "it found none it can use (nvidia-smi shows the devices); run with --profile cpu to use the CPU"
            )
    try:
        return OnnxSession(session)
    except KeyError as error:
        raise SessionError(
            f"the graph {path} has an input of a type docmill does not feed: {error}"
        ) from error


def opener(profile: Profile, *, threads: int = 1) -> partial[OnnxSession]:
    """Return a function from a path to a session, for models that open their own graphs."""
    return partial(open_session, profile=profile, threads=threads)
