"""The peer of benchmarks/layout.py: edspdf, run by the Python of its own environment (``pip install edspdf==0.10.0``).

    python layout_edspdf.py train --train DIR --out MODEL
    python layout_edspdf.py label --model MODEL --data DIR --out FILE.json

The architecture, optimiser, batch size, learning rate and number of steps are those of edspdf's documented
training recipe; its extractor is ``pdfminer-extractor``, since PyPI has no ``mupdf-extractor``. Documents are
the labelled ones of docmill. Nothing of docmill is imported here.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import edspdf
import torch
from edspdf.structures import Box
from edspdf.utils.alignment import align_box_labels
from edspdf.utils.random import set_seed
from torch.utils.data import DataLoader


def model() -> Any:
    """The pipeline of the recipe, not trained."""
    pipeline = edspdf.Pipeline()
    pipeline.add_pipe("pdfminer-extractor", name="extractor")
    pipeline.add_pipe(
        "box-transformer",
        name="embedding",
        config={
            "num_heads": 4,
            "dropout_p": 0.1,
            "activation": "gelu",
            "init_resweight": 0.01,
            "head_size": 16,
            "attention_mode": ["c2c", "c2p", "p2c"],
            "n_layers": 1,
            "n_relative_positions": 64,
            "embedding": {
                "@factory": "embedding-combiner",
                "dropout_p": 0.1,
                "text_encoder": {
                    "@factory": "sub-box-cnn-pooler",
                    "out_channels": 64,
                    "kernel_sizes": (3, 4, 5),
                    "embedding": {"@factory": "simple-text-embedding", "size": 72},
                },
                "layout_encoder": {
                    "@factory": "box-layout-embedding",
                    "n_positions": 64,
                    "x_mode": "learned",
                    "y_mode": "learned",
                    "w_mode": "learned",
                    "h_mode": "learned",
                    "size": 72,
                },
            },
        },
    )
    pipeline.add_pipe(
        "trainable-classifier",
        name="classifier",
        config={"embedding": pipeline.get_pipe("embedding"), "labels": []},
    )
    return pipeline


def labelled(pipeline: Any, folder: Path, limit: int) -> Iterator[Any]:
    """The documents of a folder as edspdf's, with labels aligned as in the recipe."""
    paths = sorted(folder.glob("*.json"))
    random.Random(0).shuffle(paths)
    for path in paths[:limit]:
        regions = json.loads(path.read_text("utf-8"))["regions"]
        document = pipeline.get_pipe("extractor")(path.with_suffix(".pdf").read_bytes())
        document.id, document.content = path.stem, b""  # the bytes are not needed any more
        sizes = {page.page_num: (page.width, page.height) for page in document.pages}
        boxes = [
            Box(
                page_num=region["page"] - 1,
                x0=region["bbox"][0] / sizes[region["page"] - 1][0],
                x1=region["bbox"][2] / sizes[region["page"] - 1][0],
                y0=region["bbox"][1] / sizes[region["page"] - 1][1],
                y1=region["bbox"][3] / sizes[region["page"] - 1][1],
                label=region["label"],
            )
            for region in regions
            if region["page"] - 1 in sizes
        ]
        if not boxes or not document.text_boxes:
            continue
        lines = align_box_labels(src_boxes=boxes, dst_boxes=document.text_boxes, pollution_label=None)
        document.content_boxes = [line for line in lines if line.text == "" or line.label is not None]
        if document.content_boxes:
            yield document


def train(given: argparse.Namespace) -> None:
    set_seed(42)
    pipeline = model()
    started = time.process_time()
    documents = list(labelled(pipeline, given.train, given.documents))
    pipeline.post_init(documents)
    preprocessed = list(pipeline.preprocess_many(documents, supervision=True))
    count = len(documents)
    del documents
    print(f"{count} documents read in {time.process_time() - started:.0f} CPU s", flush=True)
    loader = DataLoader(preprocessed, batch_size=4, collate_fn=pipeline.collate, shuffle=True)
    optimizer = torch.optim.AdamW(params=pipeline.parameters(), lr=3e-4)
    batches = itertools.chain.from_iterable(itertools.repeat(loader))
    pipeline.train(True)
    total = 0.0
    for step in range(given.steps):
        batch = next(batches)
        optimizer.zero_grad()
        with pipeline.cache():
            loss = torch.zeros((), device="cpu")
            for _, component in pipeline.trainable_pipes():
                output = component.module_forward(batch[component.name])
                if "loss" in output:
                    loss = loss + output["loss"]
            loss.backward()
            optimizer.step()
        total += float(loss.detach())
        if step % 100 == 99:
            print(
                f"step {step + 1}: loss {total / 100:.4f}, {time.process_time() - started:.0f} CPU s",
                flush=True,
            )
            total = 0.0
    pipeline.train(False)
    pipeline.save(given.out)


def label(given: argparse.Namespace) -> None:
    """Write lines with boxes and labels of every PDF, and the CPU seconds of reading, of labelling, of both."""
    pipeline = edspdf.load(given.model)
    pipeline.train(False)
    paths = sorted(given.data.glob("*.pdf"))
    contents = [path.read_bytes() for path in paths]
    extractor = pipeline.get_pipe("extractor")
    pipeline(contents[0])  # warm
    reading = both = float("inf")
    for _ in range(3):  # the least of three, as for docmill
        started = time.process_time()
        for content in contents:
            extractor(content)
        reading = min(reading, time.process_time() - started)
        started = time.process_time()
        with torch.no_grad():
            documents = list(pipeline.pipe(contents))
        both = min(both, time.process_time() - started)
    found: dict[str, Any] = {}
    pages = 0
    for path, document in zip(paths, documents, strict=True):
        sizes = {page.page_num: (page.width, page.height) for page in document.pages}
        pages += len(sizes)
        found[path.stem] = [
            {
                "page": line.page_num + 1,
                "bbox": [
                    line.x0 * sizes[line.page_num][0], line.y0 * sizes[line.page_num][1],
                    line.x1 * sizes[line.page_num][0], line.y1 * sizes[line.page_num][1],
                ],
                "label": line.label,
            }
            for line in document.text_boxes
        ]  # fmt: skip
    result = {"pages": pages, "cpu_reading": reading, "cpu_both": both, "lines": found}
    given.out.write_text(json.dumps(result), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("train")
    one.add_argument("--train", type=Path, required=True)
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--steps", type=int, default=1000)
    one.add_argument("--documents", type=int, default=10_000)
    one.set_defaults(run=train)
    two = commands.add_parser("label")
    two.add_argument("--model", type=Path, required=True)
    two.add_argument("--data", type=Path, required=True)
    two.add_argument("--out", type=Path, required=True)
    two.set_defaults(run=label)
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.run(given)


if __name__ == "__main__":
    main()
