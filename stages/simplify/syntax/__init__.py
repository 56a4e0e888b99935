"""What rules see of a sentence: tokens, our own names for relations, and ways to walk a tree."""
