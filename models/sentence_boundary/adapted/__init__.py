"""Models adapted to a person's own texts from a few hundred sentences: a new last layer over a base model."""
