"""Numbers, dates and quantities of a text, and whether two texts hold the same ones."""
