"""Plain data as YAML, the way Waytrust writes files that people read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

__all__ = ["yaml_text"]


def yaml_text(data: Mapping[str, Any]) -> str:
    """The text of a file, in the order of the data."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = None
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.allow_unicode = True
    writer.width = 100
    text = io.StringIO()
    writer.dump(data, text)
    return text.getvalue()
