"""Words that rules ask for, by language."""
