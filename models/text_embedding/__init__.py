"""Embeddings of texts: which texts mean alike."""
