"""Which models of the catalog the rung ``rapidocr`` opens, by what they do."""

from __future__ import annotations

OCR_MODELS = {"detect": "ppocrv6-small-det", "read": "ppocrv6-small-rec"}
