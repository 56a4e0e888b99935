"""Measures the activations that enter each product, for ``balance.py`` and ``compensation.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.source import Original, tokens_of

if TYPE_CHECKING:
    import torch

Matrix = NDArray[np.float32]

_MOST = 1 << 31  # bytes of moments in memory: layers of large models are measured a few at a time
_INPUTS = {
    "qkv": "self_attn.q_proj",
    "o": "self_attn.o_proj",
    "gate_up": "mlp.gate_proj",
    "down": "mlp.down_proj",
}


class Activations:
    """Peaks and second moments of the inputs of every layer's products, on some texts.

    Args:
        original: the network.
        texts: read as they are; first tokens count like others: models park large values there, and other
            tokens depend on them.
    """

    def __init__(self, original: Original, texts: Sequence[str]) -> None:
        import torch

        self._model = original.model
        longest = int(self._model.config.max_position_embeddings)
        self._tokens = [torch.from_numpy(tokens_of(original, one)[None, :longest]) for one in texts]
        self._moments: dict[tuple[int, str], Matrix] = {}

    def peaks(self) -> list[Matrix]:
        """Return, per layer, the largest magnitude of each input of ``down`` [intermediate]."""
        import torch

        layers = range(len(self._model.model.layers))
        found = {number: torch.zeros(()) for number in layers}

        def look(number: int, _: str, inputs: torch.Tensor) -> None:
            found[number] = torch.maximum(found[number], inputs.abs().amax(0))

        self._read({(number, "down"): look for number in layers})
        return [found[number].numpy() for number in layers]

    def moments(self, number: int, part: str) -> Matrix:
        """Return the sum over tokens of products of inputs, [in, in].

        Args:
            number: of the layer.
            part: ``qkv``, ``o``, ``gate_up`` or ``down``.
        """
        if (number, part) not in self._moments:
            self._moments = {}  # layers are asked for in their order
            self._measure(number)
        return self._moments[number, part]

    def _measure(self, first: int) -> None:
        config = self._model.config
        each = 4 * (3 * config.hidden_size**2 + config.intermediate_size**2)
        last = min(first + max(_MOST // each, 1), len(self._model.model.layers))

        def look(number: int, part: str, inputs: torch.Tensor) -> None:
            found = (inputs.T @ inputs).numpy()
            known = self._moments.get((number, part))
            self._moments[number, part] = found if known is None else known + found

        self._read({(number, part): look for number in range(first, last) for part in _INPUTS})

    def _read(self, watched: dict[tuple[int, str], Any]) -> None:
        """Let the network read the texts and show the inputs [tokens, width] of some products."""

        def hook(number: int, part: str, look: Any) -> Any:
            def seen(_: Any, inputs: tuple[Any, ...]) -> None:
                look(number, part, inputs[0].detach().float().flatten(0, 1))

            return seen

        layers = self._model.model.layers
        self._with(
            layers[number].get_submodule(_INPUTS[part]).register_forward_pre_hook(hook(number, part, look))
            for (number, part), look in watched.items()
        )

    def outputs(self, look: Callable[[int, str, torch.Tensor], None], parts: Sequence[str]) -> None:
        """Let the network read the texts and show what modules of every layer's attention give.

        Args:
            look: called with the layer, the module and its output [tokens, ...].
            parts: names of modules, such as ``v_proj``.
        """

        def hook(number: int, part: str) -> Any:
            def seen(_: Any, inputs: Any, output: torch.Tensor) -> None:
                look(number, part, output.detach().float().flatten(0, 1))

            return seen

        self._with(
            layer.self_attn.get_submodule(part).register_forward_hook(hook(number, part))
            for number, layer in enumerate(self._model.model.layers)
            for part in parts
        )

    def _with(self, hooks: Iterable[Any]) -> None:
        """Read the texts; the handles of hooks are removed afterwards."""
        import torch

        handles = list(hooks)
        try:
            with torch.inference_mode():
                for tokens in self._tokens:
                    self._model.model(tokens)
        finally:
            for handle in handles:
                handle.remove()
