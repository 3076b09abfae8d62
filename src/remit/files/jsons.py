"""JSON that any program reads and no terminal obeys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_CONTROL = re.compile(
    "[\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def json_text(content: object, indent: int | None = 2, default: Callable[[Any], Any] = str) -> str:
    """Content as JSON; letters stay letters, and what could steer a terminal is escaped.

    Parameters
    ----------
    content
        What JSON has a place for, or ``default`` makes so.
    indent
        Spaces a level; None puts all on one line.
    default
        Makes what JSON has no place for into what it has; by default a text.

    >>> json_text(["Łódź", "\\x9b31m"], indent=None)
    '["Łódź", "\\\\u009b31m"]'
    """
    return escaped(json.dumps(content, indent=indent, ensure_ascii=False, default=default))


def escaped(text: str) -> str:
    """JSON that another library wrote, with what could steer a terminal escaped."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
