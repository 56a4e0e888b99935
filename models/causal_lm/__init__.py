"""Decoder-only language models in ONNX Runtime: folder, decoder with key-value cache, prompts, memory."""
