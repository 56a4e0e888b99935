"""Decoder-only models of any family: traced by optimum, weights rounded, run with a growing past."""
