"""One script per claim: each prints a table and writes JSON to ``results``.

A package of its own, because libraries install one of the same name.
"""
