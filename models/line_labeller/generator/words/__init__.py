"""Names, places, phrases: all made up or general knowledge, written for this generator."""
