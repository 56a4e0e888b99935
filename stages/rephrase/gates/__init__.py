"""Gates: what an answer must pass before it counts as a rephrasing. One module each."""
