"""SaT checkpoints ("Segment Any Text", arXiv 2406.16678): subword transformers with one logit per token."""
