"""The stage ``segment``: sentences, found by a model that does not need punctuation."""
