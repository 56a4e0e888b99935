"""Whether drafts by Token Recycling (arXiv 2408.08696) would add to prompt lookup, at batch 1 and greedily.

Answers are generated once; then it is counted how many of their tokens each way of drafting would have guessed. Token
Recycling remembers, for each token, the likeliest next tokens of the last time it stood anywhere (prompts too), and
drafts a tree of them. A step costs 1 and ``verification_cost`` of ``GeneratorOptions`` for each drafted token (node of
a tree), which ``benchmarks.rephrase_steps`` measures; a tree's mask is taken to cost nothing. Needs an export:
``docmill models fetch smollm2-135m``, or ``--model FOLDER``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks import measure
from benchmarks.rephrase_peers import prompts
from models.causal_lm.decoder import Decoder
from models.causal_lm.folder import find, open_decoder
from stages.rephrase.generation.generator import Generator
from stages.rephrase.generation.lookup import Lookup
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.request import Sampling
from stages.rephrase.generation.speculation import Acceptance, draft_length

KEPT = 8  # next tokens remembered for each token, as in the paper
OPTIONS = GeneratorOptions()
# branches at each depth of the tree that is drafted where lookup has no draft; none: lookup alone
SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (2,), (4,), (1, 1), (2, 1), (4, 2), (1, 1, 1), (8, 4, 2))
Answer = tuple[list[int], list[int], np.ndarray]  # prompt, new tokens, likeliest tokens after each of both


def main() -> None:
    """Count and print."""
    parser = measure.arguments(__doc__.splitlines()[0], data="the folder ud_en_ewt")
    parser.add_argument("--model", default="smollm2-135m", help="name or folder")
    parser.add_argument("--prompts", type=int, default=24)
    parser.add_argument("--tokens", type=int, default=100, help="of a passage, about")
    parser.add_argument("--new", type=int, default=64)
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data is needed: text to rephrase")
    decoder = open_decoder(find(options.model), "cpu")
    texts = prompts.read(
        options.data, prompts.tokenizer(options.model), options.prompts, tokens=options.tokens
    )
    sampling = Sampling(max_new_tokens=options.new)
    generator = Generator(decoder, decoder.settings.end_tokens, OPTIONS)
    made = dict(generator.generate((n, text, sampling) for n, text in enumerate(texts)))
    answers = [_followed(decoder, text, list(made[n].tokens)) for n, text in enumerate(texts)]
    rows = []
    for lookup in (False, True):
        for shape in SHAPES:
            tokens, steps, cost = _replayed(answers, lookup, shape)
            drafted = " x ".join(map(str, shape)) or "none"
            rows.append((lookup, drafted, round(tokens / steps, 3), round(tokens / cost, 3)))
    print(measure.table(("lookup", "recycled tree", "tokens per step", "tokens per cost of a step"), rows))
    print(measure.write("rephrase_recycling", {"rows": rows}))


def _followed(decoder: Decoder, prompt: list[int], new: list[int]) -> Answer:
    cache = decoder.cache(1, len(prompt) + len(new))
    logits = decoder.step(np.array([prompt + new]), cache, [0])[0]
    return prompt, new, np.argsort(-logits, axis=1)[:, :KEPT]


def _replayed(answers: Sequence[Answer], lookup: bool, shape: tuple[int, ...]) -> tuple[int, int, float]:
    """Return the tokens of all answers, the steps they take with a way of drafting, and what these cost."""
    tokens = steps = 0
    cost = 0.0
    following: dict[int, np.ndarray] = {}
    for prompt, new, likeliest in answers:
        whole = prompt + new
        following.update(zip(prompt[:-1], likeliest, strict=False))
        held, learnt = Lookup(prompt), Acceptance()
        place = len(prompt)
        while place < len(whole):
            right, nodes = 0, 0
            if lookup:
                guessed, match = held.draft(OPTIONS.lookup_longest)
                share = learnt.share(match)
                nodes = draft_length([share], OPTIONS.lookup_longest, 0.0, OPTIONS.verification_cost)
                right = _common(guessed[:nodes], whole[place:])
                learnt.note(match, right, min(nodes, len(guessed)))
            if not nodes and shape:
                right, nodes = _recycled(following, whole[place - 1 :], shape)
            took = min(right + 1, len(whole) - place)
            following.update((whole[at], likeliest[at]) for at in range(place - 1, place - 1 + took))
            held.extend(whole[place : place + took])
            place, tokens, steps = place + took, tokens + took, steps + 1
            cost += 1 + OPTIONS.verification_cost * nodes
    return tokens, steps, cost


def _recycled(following: dict[int, np.ndarray], rest: list[int], shape: tuple[int, ...]) -> tuple[int, int]:
    """Return how many tokens behind the first of ``rest`` a tree holds, and its nodes."""
    level, nodes, right = [rest[0]], 0, 0
    on_the_way = True
    for depth, branches in enumerate(shape, 1):
        true = rest[depth - 1]
        if on_the_way and depth < len(rest) and true in following:
            on_the_way = rest[depth] in following[true][:branches]
            right += on_the_way
        else:
            on_the_way = False
        level = [int(one) for token in level for one in following.get(token, ())[:branches]]
        nodes += len(level)
        if depth >= len(rest):
            break
    return right, nodes


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


if __name__ == "__main__":
    main()
