"""The settings of a run as YAML, without what must stay secret."""

from __future__ import annotations

import re
from typing import Any

_SECRET = re.compile(r"passw|secret|credential|api_?key|access_?key|private_?key", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^/@\s]+@")


def as_yaml(config: Any) -> str:
    """Return plain data as YAML, values of secret keys replaced by ``***``."""
    import yaml

    if isinstance(config, dict) and "stages" in config:  # what matters most comes first
        config = {"stages": config["stages"], **config}
    return yaml.safe_dump(_cleaned(config), sort_keys=False, allow_unicode=True, width=100).rstrip()


def without_login(url: str) -> str:
    """A URL without the user name and password that may stand in it."""
    return _LOGIN.sub("", url)


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: "***" if _SECRET.search(str(k)) and v else _cleaned(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(v) for v in value]
    return without_login(value) if isinstance(value, str) else value
