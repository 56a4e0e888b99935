"""Loading code without the collector of cycles looking on."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Within the block modules are imported and the like: what that makes stays as long as the process, and
    the collector would go through it again and again, which is a twentieth of the time to start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
