"""What llama.cpp makes of a GGUF file, as JSON on standard output: an oracle that shares no code with transformers.

``python llama_reader.py FILE < QUESTIONS``, where questions are ``prompts`` (lists of tokens) and ``texts``. The answer
has, per prompt, the most probable next tokens with the logarithms of their probabilities, and the tokens of the texts.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import Any

import xllamacpp


def main(path: str) -> None:
    """Answer the questions on standard input."""
    wanted = xllamacpp.CommonParams()
    wanted.model.path = path
    wanted.n_ctx, wanted.n_parallel, wanted.verbosity, wanted.warmup = 512, 1, -1, False
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(wanted)
    asked = json.load(sys.stdin)
    following = [_next(server, prompt) for prompt in asked["prompts"]]
    texts = [_tokens(server.listening_address, text) for text in asked["texts"]]
    print("ANSWER", json.dumps({"following": following, "texts": texts}), flush=True)


def _next(server: Any, prompt: list[int]) -> list[tuple[int, float]]:
    """Return the five most probable tokens; empty where the first is no whole character."""
    said = {"prompt": prompt, "n_predict": 1, "temperature": 0.0, "cache_prompt": False, "n_probs": 5}
    found = server.handle_completions(said)["choices"][0]["logprobs"]
    return [(one["id"], one["logprob"]) for one in found["content"][0]["top_logprobs"]] if found else []


def _tokens(address: str, text: str) -> list[int]:
    body = json.dumps({"content": text, "add_special": False, "parse_special": False}).encode()
    request = urllib.request.Request(f"{address}/tokenize", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        found: list[int] = json.load(answer)["tokens"]
    return found


if __name__ == "__main__":
    main(sys.argv[1])
