"""The parts of make_examples.py: one module per kind of document; the words are in ``texts``."""
