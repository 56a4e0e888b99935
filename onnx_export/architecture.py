"""The torch modules of SaT and WtP, from transformers' layers. Imported only when an export runs."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from transformers import BertConfig, XLMRobertaConfig
from transformers.models.bert.modeling_bert import BertEncoder, BertPreTrainedModel
from transformers.models.canine.modeling_canine import CanineEmbeddings
from transformers.models.xlm_roberta.modeling_xlm_roberta import (
    XLMRobertaEmbeddings,
    XLMRobertaEncoder,
    XLMRobertaPreTrainedModel,
)

# labels are numbered by the head; an adapter may bring another one than the configuration speaks of
_NOT_OURS = ("model_type", "architectures", "torch_dtype", "dtype", "id2label", "label2id")


def build(config: dict[str, Any]) -> torch.nn.Module:
    """Return the module for a checkpoint's configuration, with fresh weights."""
    from models.sentence_boundary.published import family_of

    own = {key: value for key, value in config.items() if key not in _NOT_OURS}
    own["attn_implementation"] = "eager"  # one plain graph of matrix products, whatever the torch version
    if family_of(config) == "sat":
        return SatModule(XLMRobertaConfig(**own))
    return WtpModule(BertConfig(**own))


class _Body(torch.nn.Module):  # type: ignore[misc]
    """Embeddings and encoder under the names that checkpoints use."""

    def __init__(self, embeddings: torch.nn.Module, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.embeddings = embeddings
        self.encoder = encoder


class SatModule(XLMRobertaPreTrainedModel):  # type: ignore[misc]
    """SaT: XLM-R layers, optionally with limited lookahead, and a linear head."""

    def __init__(self, config: XLMRobertaConfig) -> None:
        super().__init__(config)
        self.roberta = _Body(XLMRobertaEmbeddings(config), XLMRobertaEncoder(config))
        self.classifier = torch.nn.Linear(config.hidden_size, config.num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> dict[str, Tensor]:
        layers = self.roberta.encoder.layer
        lookahead = getattr(self.config, "lookahead", None)
        # from this layer on, tokens see nothing to their right; the lookahead is shared by those before
        split = getattr(self.config, "lookahead_split_layers", None)
        per_layer = None if lookahead is None else lookahead // (split or len(layers))
        masks = {per_layer: _mask(attention_mask, per_layer)}
        if split is not None:
            masks[0] = _mask(attention_mask, 0)
        hidden = self.roberta.embeddings(input_ids=input_ids)
        for number, layer in enumerate(layers):
            mask = masks[0] if split is not None and number >= split else masks[per_layer]
            hidden = layer(hidden, mask)[0]
        return {"logits": self.classifier(hidden), "hidden": hidden}


class WtpModule(BertPreTrainedModel):  # type: ignore[misc]
    """WtP with a BERT body: hashed characters and a linear head."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.bert = _Body(CanineEmbeddings(config), BertEncoder(config))
        self.classifier = torch.nn.Linear(config.hidden_size, config.num_labels)

    def forward(self, hashed_ids: Tensor, attention_mask: Tensor) -> dict[str, Tensor]:
        embeddings = self.bert.embeddings
        shards = [
            getattr(embeddings, f"HashBucketCodepointEmbedder_{i}")(hashed_ids[:, :, i])
            for i in range(self.config.num_hash_functions)
        ]
        places = torch.arange(hashed_ids.shape[1], device=hashed_ids.device).unsqueeze(0)
        kinds = torch.zeros_like(hashed_ids[:, :, 0])
        hidden = embeddings(inputs_embeds=torch.cat(shards, -1), position_ids=places, token_type_ids=kinds)
        hidden = self.bert.encoder(hidden, attention_mask=_mask(attention_mask, None))[0]
        return {"logits": self.classifier(hidden), "hidden": hidden}


def _mask(attention_mask: Tensor, lookahead: int | None) -> Tensor:
    """Return what is added to attention scores, [rows, 1, from, to]."""
    keys = attention_mask[:, None, None, :].float()
    width = attention_mask.shape[1]
    places = torch.arange(width, device=attention_mask.device)
    if lookahead is None:
        seen = keys.expand(-1, 1, width, -1)
    else:
        seen = keys * (places[None, :] <= places[:, None] + lookahead).float()
    mask: Tensor = (1.0 - seen) * torch.finfo(torch.float32).min
    return mask
