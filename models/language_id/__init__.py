"""Which language a text is written in: fastText's lid.176, compressed. See card.md."""
