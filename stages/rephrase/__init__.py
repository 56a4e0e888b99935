"""The stage ``rephrase``: passages said again by a language model, each one judged."""
