"""Whether the generator's promise holds on a real export: the same tokens for any batch, with and without lookup.

Every prompt is answered one at a time without speculation, then eight at a time with it, greedily and with sampling.
Needs an export: ``docmill models fetch smollm2-135m``, or ``--model FOLDER``. ``--quantise 8 4`` makes further exports
of the same weights, which needs the extra export; they are kept among the results.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace

from benchmarks import measure
from benchmarks.rephrase_peers import prompts
from models.causal_lm.folder import find, open_decoder
from stages.rephrase.generation.generator import Generator
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.request import Generation, Sampling

GREEDY = Sampling()
SAMPLED = Sampling(temperature=0.7, top_p=0.9, seed=1)


def main() -> None:
    """Compare and print."""
    parser = measure.arguments(__doc__.splitlines()[0], data="the folder ud_en_ewt")
    parser.add_argument("--model", nargs="+", default=["smollm2-135m"], help="names or folders")
    parser.add_argument("--quantise", nargs="+", default=[], help="also of these precisions: 8, 4 ...")
    parser.add_argument("--prompts", type=int, default=40)
    parser.add_argument("--tokens", type=int, default=100, help="of a passage, about")
    parser.add_argument("--new", type=int, default=48)
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data is needed: text to rephrase")
    rows = []
    for model in [*options.model, *map(_exported, options.quantise)]:
        for name, sampling in (("greedy", GREEDY), ("sampled", SAMPLED)):
            rows.append(_compare(model, name, replace(sampling, max_new_tokens=options.new), options))
            print(rows[-1], file=sys.stderr, flush=True)
    headers = (
        "weights",
        "choice",
        "prompts",
        "tokens",
        "prompts with other tokens",
        "first difference at token",
    )
    print(measure.table(headers, rows))
    print(measure.write("rephrase_exactness", {"rows": rows}))


def _exported(precision: str) -> str:
    """Return a folder with SmolLM2-135M in a precision, made unless it is there."""
    from benchmarks.rephrase_peers import files
    from onnx_export.causal_lm.export import export

    folder = measure.RESULTS / "exports" / precision
    if not folder.exists():
        export(
            str(files.original(measure.RESULTS / "gguf")), folder, precision=precision, licence="Apache-2.0"
        )
    return str(folder)


def _compare(model: str, name: str, sampling: Sampling, options: Namespace) -> tuple[object, ...]:
    decoder = open_decoder(find(model), "cpu")
    texts = prompts.read(options.data, prompts.tokenizer(model), options.prompts, tokens=options.tokens)

    def answers(how: GeneratorOptions) -> list[Generation]:
        generator = Generator(decoder, decoder.settings.end_tokens, how)
        made = dict(generator.generate((n, text, sampling) for n, text in enumerate(texts)))
        return [made[n] for n in range(len(texts))]

    alone = answers(GeneratorOptions(rows=1, lookup=False))
    together = answers(GeneratorOptions(rows=8))
    differing = [
        next(
            (n for n, pair in enumerate(zip(a.tokens, b.tokens, strict=False)) if pair[0] != pair[1]),
            len(a.tokens),
        )
        for a, b in zip(alone, together, strict=True)
        if a != b
    ]
    tokens = sum(len(one.tokens) for one in alone)
    return (
        decoder.settings.precision,
        name,
        len(texts),
        tokens,
        len(differing),
        min(differing, default="none"),
    )


if __name__ == "__main__":
    main()
