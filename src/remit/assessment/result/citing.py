"""Where a figure stands in the file that it came from."""

from __future__ import annotations

from collections.abc import Mapping

from remit.model.explanation import SourceLine
from remit.model.observation import Source


def cite(
    sources: Mapping[str, Source], source_id: str | None, line: int | None, column: str | None
) -> SourceLine | None:
    """The line and column of a source, or None for a figure that came from no file.

    ``line`` is the physical line of the file, from 1; ``column`` is "Value" where none is named.
    """
    source = sources.get(source_id or "")
    if source is None or line is None:
        return None
    return SourceLine(
        source_id=source.source_id,
        publication=source.publication_name,
        file_name=source.file_name,
        sha256=source.sha256,
        line=line,
        column=column or "Value",
        url=source.url,
    )
