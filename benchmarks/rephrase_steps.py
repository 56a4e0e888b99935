"""What a step of the generator costs by sequences and tokens: where the defaults of speculation come from.

A step gives each of n sequences k tokens: one that is certain and k - 1 drafted ones. The generator reckons with
1 + row_cost (n - 1) + verification_cost n (k - 1), in units of a step with one sequence and one token; this fits the
two by least squares to the medians of measured steps. Needs an export: ``docmill models fetch smollm2-135m``,
or ``--model FOLDER``.
"""

from __future__ import annotations

import time
from argparse import Namespace
from statistics import median

import numpy as np

from benchmarks import measure
from models.causal_lm.decoder import Decoder
from models.causal_lm.folder import find, open_decoder

STEPS = (
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 5),
    (1, 8),
    (2, 1),
    (2, 3),
    (2, 5),
    (4, 1),
    (4, 2),
    (4, 3),
    (8, 1),
    (8, 2),
    (8, 3),
)


def main() -> None:
    """Measure and print."""
    parser = measure.arguments(__doc__.splitlines()[0])
    parser.add_argument("--model", nargs="+", default=["smollm2-135m"], help="names or folders")
    parser.add_argument("--length", type=int, default=384, help="tokens in the cache of each sequence")
    parser.add_argument("--repeat", type=int, default=7)
    options = parser.parse_args()
    results = {}
    for model in options.model:
        decoder = open_decoder(find(model), "cpu")
        cost = {step: _seconds(decoder, *step, options) for step in STEPS}
        unit = cost[1, 1]
        factors = np.array([[rows - 1, rows * (width - 1)] for rows, width in STEPS], np.float64)
        fitted, *_ = np.linalg.lstsq(factors, np.array([cost[step] / unit - 1 for step in STEPS]), rcond=None)
        print(
            f"\n{decoder.settings.precision}: row_cost {fitted[0]:.2f}, verification_cost {fitted[1]:.2f}\n"
        )
        shown = [(*step, 1000 * cost[step], cost[step] / unit, step[0] / cost[step]) for step in STEPS]
        print(
            measure.table(("sequences", "tokens each", "CPU ms", "of the first", "certain tokens/s"), shown)
        )
        results[model] = {"row_cost": fitted[0], "verification_cost": fitted[1], "steps": shown}
    print(measure.write("rephrase_steps", results))


def _seconds(decoder: Decoder, rows: int, width: int, options: Namespace) -> float:
    random = np.random.default_rng(0)
    cache = decoder.cache(rows, decoder.sizes.context)
    prompt = random.integers(0, decoder.sizes.vocabulary, options.length)
    decoder.prefill([prompt] * rows, cache, range(rows))
    taken = []
    for _ in range(1 + options.repeat):
        tokens = random.integers(0, decoder.sizes.vocabulary, (rows, width))
        before = time.process_time()
        decoder.step(tokens, cache, range(rows))
        taken.append(time.process_time() - before)
        for slot in range(rows):
            decoder.rewind(cache, slot, options.length)
    return median(taken[1:])  # the first one warms up


if __name__ == "__main__":
    main()
