"""Names the relation between two neighbouring units, and says which of them carries the sentence."""
