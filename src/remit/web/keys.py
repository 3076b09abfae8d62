"""Identifiers in addresses: a sender's own number, such as ``QUE/2026/1``, may hold anything."""

from __future__ import annotations

import re

from django.urls import register_converter

KEY = "key"
"""By which the addresses name it."""
_ESCAPED = re.compile("~([0-9A-F]{2})")


class RecordKey:
    """One part of an address that stands for any identifier.

    A stroke would end the part, and a part of dots alone leads a browser elsewhere. Percent signs
    do not help: a server reads them before the application does.

    Examples
    --------
    >>> RecordKey().to_url("QUE/2026/1"), RecordKey().to_python("QUE~2F2026~2F1")
    ('QUE~2F2026~2F1', 'QUE/2026/1')
    >>> RecordKey().to_url(".."), RecordKey().to_url("A.1"), RecordKey().to_url("a~b")
    ('~2E~2E', 'A.1', 'a~7Eb')
    """

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The identifier that a part of an address stands for."""
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)

    def to_url(self, value: object) -> str:
        """The part of an address that stands for an identifier."""
        text = str(value).replace("~", "~7E").replace("/", "~2F")
        return text.replace(".", "~2E") if not text.strip(".") else text


register_converter(RecordKey, KEY)
