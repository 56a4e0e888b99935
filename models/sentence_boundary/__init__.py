"""Models that say where sentences end. ``interface.py`` is what they have in common."""
