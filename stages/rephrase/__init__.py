"""rephrase: chunks of a document in other words, each checked before it may be used."""
