"""From a decoder-only language model to an ONNX graph that ``models.causal_lm`` runs.

Llama, Qwen2 and Mistral get a graph of their own, written node by node (``graph.py``); torch is needed to read the
weights and to compare with, and is imported where that happens.
"""
