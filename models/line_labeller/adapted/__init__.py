"""Fits the labeller to a few labelled documents of one's own."""
