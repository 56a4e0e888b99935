"""Reads a decoder-only model out of a GGUF file: what llama.cpp and others keep models in."""
