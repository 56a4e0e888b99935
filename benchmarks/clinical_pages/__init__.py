"""Held-out clinical documents: PDFs with a label for every line, made by other renderers than the training's.

``python -m benchmarks.clinical_pages --data DATA/layout --half dev|test --out DIR`` writes them;
``manifests/`` holds the sha256 of the sets that figures are given for.
"""
