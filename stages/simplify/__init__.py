"""Simplify: long sentences become short ones that stand alone, linked by what they mean to each other."""
