"""WtP checkpoints ("Where's the Point?", arXiv 2305.18893): character transformers without a vocabulary."""
