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
        records = [data.joined(corpus, "en", [sentence(draw) for _ in range(25)]) for _ in range(6)]
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
    encoder.eval()
    tokenizer = open_tokenizer(root / "tokenizer.json")
    hidden, wanted = [], []
    with torch.inference_mode():
        for record in data.records(root, "one", "dev"):
            for some in (record, data.corrupted(record)):
                ids, ends = tokenise(tokenizer, some.text)
                seen = encoder(torch.from_numpy(ids[:200])[None])[0]
                hidden.append(torch.cat((seen, torch.ones(len(seen), 1)), dim=1))
                wanted.append(
                    torch.tensor([8.0 if end in some.sentence_ends else -8.0 for end in ends[:200]])
                )
        x, y = torch.cat(hidden), torch.cat(wanted)
        solved = torch.linalg.solve(x.T @ x + 0.1 * torch.eye(x.shape[1]), x.T @ y)
        for head in (encoder.boundary, encoder.early):
            head.weight.copy_(solved[None, :-1])
            head.bias.copy_(solved[-1:])
    return encoder


def test_the_graph_computes_what_the_encoder_does(workplace) -> None:
    from models.sentence_boundary.accurate.inference import OneRow

    encoder = export.read_checkpoint(workplace / "checkpoint.pt")
    ids = torch.arange(2, 22)[None].repeat(1, 4)
    with torch.inference_mode():
        before, hidden = encoder.both(ids)
        wanted, early = encoder.boundary(hidden)[0, :, 0], encoder.early(before)[0, :, 0]
        one = OneRow(encoder)
        assert torch.allclose(one(ids, torch.tensor(-torch.inf))[0][0], wanted, atol=1e-4)
        bound = early.median()
        found = one(ids, bound)[0][0]
        left_out = early < bound
        left_out[-1] = False  # the last token always goes on
        assert torch.allclose(found, torch.where(left_out, early, wanted), atol=1e-4)


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
    assert said.startswith("refused: clean: ")
    assert "sentence ends changed" in said
    assert said.endswith("; nothing was written\n")
    assert not (tmp_path / "out").exists()
