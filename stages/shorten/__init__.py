"""shorten: the words that carry a document, in their order, within a budget."""
