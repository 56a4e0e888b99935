"""docmill: corpora of PDFs and text in, clean text as Parquet out.

``from pipeline import Pipeline`` is the Python interface. The names load on first use, so that
``docmill --help`` does not pay for Arrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.pipeline import Pipeline
    from pipeline.stage import Resources, Stage, StageConfig, StageError

__version__ = "0.1.0"
__all__ = ["Pipeline", "Resources", "Stage", "StageConfig", "StageError", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Pipeline":
        from pipeline.pipeline import Pipeline

        return Pipeline
    if name in ("Resources", "Stage", "StageConfig", "StageError"):
        from pipeline import stage

        return getattr(stage, name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
