"""What a model gives the tokens of collected outputs, for the gate ``confidence``: of those that pass the other gates or
are labelled.

    python -m benchmarks.rephrase_probabilities held second third fourth fifth sixth

writes NAME_probabilities.jsonl: line of the outputs, characters of each token, and its log probability after the prompt
that the stage asks with. The outputs' tokens are those of the text that they became.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np

from benchmarks.rephrase_judging import GOLD, STYLES, judged, probabilities_file, read, source_of
from models.causal_lm.folder import find, open_decoder, open_prompts
from stages.rephrase.gates.options import GateOptions
from stages.rephrase.generation.decoder import AnyDecoder
from stages.rephrase.generation.sampling import log_probability
from stages.rephrase.styles import Style, styles_of

_AT_ONCE = 32  # tokens


def scored(decoder: AnyDecoder, prompt: Sequence[int], tokens: Sequence[int]) -> list[float]:
    """Return the log probability of each token after the prompt and the tokens before it."""
    cache = decoder.cache(1, decoder.sizes.context)
    logits = decoder.prefill([np.asarray(prompt, np.int64)], cache, [0])
    found = [log_probability(logits[0], tokens[0])]
    for at in range(0, len(tokens) - 1, _AT_ONCE):
        fed = tokens[at : at + _AT_ONCE]
        rows = decoder.step(np.array([fed], np.int64), cache, [0])[0]
        wanted = tokens[at + 1 : at + 1 + len(fed)]
        found += [log_probability(row, token) for row, token in zip(rows, wanted, strict=False)]
    return found


def main() -> None:
    """Write one file per set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", help="names before _outputs.jsonl in benchmarks/rephrase_gold")
    parser.add_argument("--model", default="smollm2-135m")
    given = parser.parse_args()
    entry = find(given.model)
    decoder, prompts = open_decoder(entry, "cpu", threads=1), open_prompts(entry)
    styles: dict[str, Style] = {style.name: style for style in styles_of(STYLES, {})}
    others = GateOptions(confidence=False)
    for name in given.sets:
        outputs = read(f"{name}_outputs.jsonl")
        labels = f"{name}_passed.jsonl"
        wanted = {one["line"] for one in read(labels)} if (GOLD / labels).exists() else set()
        wanted |= {n for n, j in enumerate(judged(outputs, others), 1) if not j.verdict.reasons}
        with probabilities_file(name).open("w", encoding="utf-8") as opened:
            for line in sorted(wanted):
                output = outputs[line - 1]
                passage = output.get("passage") or source_of(output)["text"]
                messages = styles[output["style"]].messages(passage)
                asked = prompts.tokens([{"role": role, "content": content} for role, content in messages])
                tokens = prompts.plain_tokens(output["text"])
                _, ends = prompts.decode_with_ends(tokens)
                lengths = np.diff([0, *ends]).tolist()
                told = {"line": line, "lengths": lengths, "logprobs": scored(decoder, asked, tokens)}
                opened.write(json.dumps(told, separators=(",", ":")) + "\n")
        print(f"{name}: {len(wanted)} outputs", flush=True)


if __name__ == "__main__":
    main()
