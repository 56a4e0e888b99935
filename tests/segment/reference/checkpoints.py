"""Makes the checkpoints with wtpsplit's own classes. Needs torch and wtpsplit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.segment.reference.texts import TEXTS

SIZES = {
    "hidden_size": 16,
    "num_hidden_layers": 3,
    "num_attention_heads": 2,
    "intermediate_size": 24,
    "initializer_range": 0.3,  # large, so that every part of the input matters
}
SAT = {
    "sat-limited": {"lookahead": 6},
    "sat-split": {"lookahead": 4, "lookahead_split_layers": 2},
    "sat-no-limited-lookahead": {},
}


def make_tokenizer(folder: Path) -> None:
    """Train a small tokenizer that works as XLM-R's does."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace("\n", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=250, special_tokens=special, unk_token="<unk>")
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>", cls_token="<s>", eos_token="</s>", sep_token="</s>", pad_token="<pad>", unk_token="<unk>",
    ).save_pretrained(folder)  # fmt: skip


def make_sat(folder: Path, **options: Any) -> None:
    """Write a SaT checkpoint with random weights and its tokenizer."""
    import torch
    import wtpsplit.models  # noqa: F401
    from transformers import AutoTokenizer
    from wtpsplit.configs import SubwordXLMConfig
    from wtpsplit.models import SubwordXLMForTokenClassification

    folder.mkdir(parents=True, exist_ok=True)
    make_tokenizer(folder)
    entries = len(json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"])
    torch.manual_seed(11)
    config = SubwordXLMConfig(
        vocab_size=entries, max_position_embeddings=514, type_vocab_size=1, num_labels=3, pad_token_id=1,
        **SIZES, **options,
    )  # fmt: skip
    model = SubwordXLMForTokenClassification(config).eval()
    tokens = AutoTokenizer.from_pretrained(folder)(" ".join(TEXTS[:5]), return_tensors="pt")["input_ids"]
    _centre(model, input_ids=tokens, attention_mask=torch.ones(tokens.shape))
    model.save_pretrained(folder)


def make_wtp(folder: Path) -> None:
    """Write a WtP checkpoint with a BERT body and random weights."""
    import torch
    import wtpsplit.models  # noqa: F401
    from wtpsplit.configs import BertCharConfig
    from wtpsplit.models import BertCharForTokenClassification

    torch.manual_seed(12)
    config = BertCharConfig(
        vocab_size=1,
        num_hash_buckets=512,
        num_hash_functions=8,
        max_position_embeddings=512,
        num_labels=2,
        **SIZES,
    )
    model = BertCharForTokenClassification(config).eval()
    codes = torch.tensor([ord(character) % 512 for character in " ".join(TEXTS[:5])])
    _centre(model, hashed_ids=codes[None, :, None].repeat(1, 1, 8), attention_mask=torch.ones(1, len(codes)))
    model.save_pretrained(folder)


def _centre(model: Any, **inputs: Any) -> None:
    """Spread the probabilities evenly around one half, and not far.

    wtpsplit adds logits up in 16-bit numbers, which round large ones by more than the tests allow.
    """
    import torch

    with torch.no_grad():
        model.classifier.weight.mul_(0.05)
        model.classifier.bias.zero_()
        logits = model(**inputs)["logits"]
        model.classifier.bias.sub_(logits.flatten(0, 1).median(0).values)


def with_half_mask(source: Path, target: Path) -> None:
    """Give a graph of ours the attention mask that published graphs have: float16."""
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(source)
    (mask,) = [one for one in model.graph.input if one.name == "attention_mask"]
    mask.type.tensor_type.elem_type = TensorProto.FLOAT16
    for node in model.graph.node:
        node.input[:] = [
            "attention_mask_as_before" if name == "attention_mask" else name for name in node.input
        ]
    kind = TensorProto.FLOAT if mask_was_float(source) else TensorProto.INT64
    model.graph.node.insert(
        0, helper.make_node("Cast", ["attention_mask"], ["attention_mask_as_before"], to=kind)
    )
    del model.graph.output[1:]  # published graphs give logits only
    onnx.save(model, target)


def mask_was_float(path: Path) -> bool:
    """Whether a graph takes its mask as float32."""
    import onnx

    (mask,) = [one for one in onnx.load(path).graph.input if one.name == "attention_mask"]
    return bool(mask.type.tensor_type.elem_type == onnx.TensorProto.FLOAT)


def make_lora(folder: Path, checkpoint: Path, labels: int = 3) -> None:
    """Write a LoRA adapter in the files of the ``adapters`` library."""
    import torch
    from safetensors.torch import load_file

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(13)
    adapter = {}
    for name, weight in load_file(checkpoint / "model.safetensors").items():
        if name.endswith(("query.weight", "value.weight")):
            base = name.removesuffix(".weight")
            adapter[f"{base}.loras.text.lora_A"] = torch.randn(4, weight.shape[1]) * 0.2
            adapter[f"{base}.loras.text.lora_B"] = torch.randn(weight.shape[0], 4) * 0.2
    torch.save(adapter, folder / "pytorch_adapter.bin")
    head = {
        "classifier.weight": torch.randn(labels, SIZES["hidden_size"]) * 0.02,
        "classifier.bias": torch.zeros(labels),
    }
    torch.save(head, folder / "pytorch_model_head.bin")
    about = {"config": {"architecture": "lora", "r": 4, "alpha": 8}, "model_type": "xlm-token"}
    (folder / "adapter_config.json").write_text(json.dumps(about))
    (folder / "head_config.json").write_text(json.dumps({"num_labels": labels}))
