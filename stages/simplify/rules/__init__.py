"""Rules: one file for each family of constructions.

A rule looks at one dependent of a unit and either cuts it or lets it be. ``english()`` says which rules see which
relation, and in which order.
"""
