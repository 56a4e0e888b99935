"""The export of the accurate model, whole: a checkpoint becomes a folder, or nothing when eight bits spoil it.

The checkpoint has random weights and a head fitted to one word that ends every sentence. Needs the extra export;
``make test-slow`` installs it.
"""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from models.sentence_boundary import data, scoring
from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.prediction import Predictor

pytestmark = pytest.mark.slow

torch = pytest.importorskip("torch", reason="needs the extra export")
onnx = pytest.importorskip("onnx", reason="needs the extra export")
export = pytest.importorskip("models.sentence_boundary.accurate.export")

WORDS = ("rain", "bread", "window", "quiet", "river", "seven", "paper", "green", "walk", "stone")
END = "indeed"


def sentence(draw: random.Random) -> str:
    return f"{' '.join(draw.choices(WORDS, k=draw.randrange(4, 9)))} {END}.".capitalize()


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Path:
    """Data, tokenizer and checkpoint."""
    root = tmp_path_factory.mktemp("accurate")
    draw = random.Random(3)
    vocabulary = ["[PAD]", "[UNK]", *WORDS, *(word.capitalize() for word in WORDS), END, "."]
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(root / "tokenizer.json"))
    for corpus in ("one", "two"):
        folder = root / "sentences" / corpus
        folder.mkdir(parents=True)
        records = [data.joined(corpus, "en", [sentence(draw) for _ in range(20)]) for _ in range(10)]
        lines = [
            json.dumps({"lang": "en", "corpus": corpus, "text": r.text, "sentence_ends": r.sentence_ends})
            for r in records
        ]
        (folder / "dev.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (root / "text").mkdir()
    for number in range(8):
        with gzip.open(root / "text" / f"some-{number}.en.txt.gz", "wt", encoding="utf-8") as file:
            file.writelines(sentence(draw) + "\n" for _ in range(40))
    torch.save({"model": fitted(root, len(vocabulary)).state_dict()}, root / "checkpoint.pt")
    return root


def fitted(root: Path, vocabulary: int):
    """An encoder whose head knows the word, and the mark after it, that ends sentences."""
    from models.sentence_boundary.accurate.architecture import Encoder
    from models.sentence_boundary.accurate.features import open_tokenizer, tokenise

    torch.manual_seed(5)
    encoder = Encoder(vocabulary)
    encoder.words.weight.data.sign_()  # a table that four bits hold exactly: what the matrices lose is judged
    encoder.positions.weight.data *= 0.1
    for layer in encoder.layers:  # so that the words still show after all layers
        for matrix in (layer.out, layer.down):
            matrix.weight.data *= 0.3
    encoder.eval()
    tokenizer = open_tokenizer(root / "tokenizer.json")
    seen: tuple[list, list] = ([], [])
    wanted = []
    with torch.inference_mode():
        for record in data.records(root, "one", "dev"):
            for some in (record, data.corrupted(record)):
                ids, ends = tokenise(tokenizer, some.text)
                for kept, states in zip(
                    seen, encoder.states(torch.from_numpy(ids[:200])[None], -torch.inf)[:2], strict=True
                ):
                    kept.append(torch.cat((states[0], torch.ones(states.shape[1], 1)), dim=1))
                wanted.append(
                    torch.tensor([8.0 if end in some.sentence_ends else -8.0 for end in ends[:200]])
                )
        y = torch.cat(wanted)
        for head, states in zip((encoder.early, encoder.boundary), seen, strict=True):
            x = torch.cat(states)
            solved = torch.linalg.solve(x.T @ x + 0.1 * torch.eye(x.shape[1]), x.T @ y)
            head.weight.copy_(solved[None, :-1])
            head.bias.copy_(solved[-1:])
    return encoder


@pytest.mark.parametrize("skipped", [0, 40, 70])
def test_the_graph_computes_what_the_encoder_does(workplace, skipped) -> None:
    from models.sentence_boundary.accurate.inference import OneRow

    encoder = export.read_checkpoint(workplace / "checkpoint.pt")
    with torch.inference_mode():
        # The graph lets the last token go on in any case, so one that does is put last.
        for turn in range(500):
            ids = torch.arange(2, 22)[None].repeat(1, 4)[:, torch.randperm(80, generator=seeded(turn))]
            early = encoder.early(encoder.states(ids, -torch.inf)[0])[0, :, 0]
            ordered = early.sort().values
            bound = float(ordered[max(skipped - 1, 0) : skipped + 1].mean()) - (0.1 if not skipped else 0)
            if early[-1] >= bound:
                break
        else:
            pytest.fail("no order of the tokens lets the last one go on")
        first, last, goes_on = encoder.states(ids, bound)
        wanted = encoder.logits(first, last, goes_on)[1]
        found = OneRow(encoder)(ids, torch.tensor(bound))[0]
    assert int((~goes_on).sum()) == skipped
    assert torch.allclose(found, wanted, atol=1e-4)


def seeded(number: int):
    return torch.Generator().manual_seed(number)


def run(workplace: Path, out: Path, monkeypatch) -> int:
    monkeypatch.setattr(export, "HELD_OUT", {})
    arguments = ["--checkpoint", "checkpoint.pt", "--tokenizer", "tokenizer.json"]
    arguments[1::2] = [str(workplace / name) for name in arguments[1::2]]
    monkeypatch.setattr("sys.argv", ["export", *arguments, "--data", str(workplace), "--out", str(out)])
    return int(export.main())


def test_a_good_checkpoint_becomes_a_model(workplace, tmp_path, monkeypatch, capsys) -> None:
    assert run(workplace, tmp_path / "out", monkeypatch) == 0
    said = capsys.readouterr().out
    assert said.count("sentence ends changed (allowed") == 2
    model = find(str(tmp_path / "out"))
    assert model.thresholds["default"] > 0
    record = data.records(workplace, "two", "dev")[0]
    (places,) = Predictor(open_model(model)).places([record.text])
    found = places.ends[places.probabilities > model.thresholds["default"]].tolist()
    assert scoring.compare(record.text, record.sentence_ends, found).f1 > 0.95
    assert find(str(tmp_path / "out" / "fp32")).size > model.size


def test_a_graph_that_quantisation_spoils_is_refused(workplace, tmp_path, monkeypatch, capsys) -> None:
    quantise = export.quantise

    def spoil(source: Path, target: Path, *, reduce_range: bool) -> None:
        quantise(source, target, reduce_range=reduce_range)
        graph = onnx.load(target)
        (table,) = (one for one in graph.graph.initializer if one.name.endswith(".codes"))
        values = onnx.numpy_helper.to_array(table)
        table.CopyFrom(onnx.numpy_helper.from_array(values[::-1].copy(), table.name))  # rows of other words
        onnx.save(graph, target)

    monkeypatch.setattr(export, "quantise", spoil)
    monkeypatch.setattr(export, "choose", lambda *_: {"default": 0.5})
    assert run(workplace, tmp_path / "out", monkeypatch) == 3
    said = capsys.readouterr().err
    assert said.startswith("refused: ")
    assert "of the sentence ends changed" in said
    assert "sentence ends changed" in said
    assert said.endswith("; nothing was written\n")
    assert not (tmp_path / "out").exists()
