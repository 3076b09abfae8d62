"""Frames from one library to another by Arrow's stream protocol, without pyarrow."""

from __future__ import annotations

from typing import Protocol


class Streamed(Protocol):
    """What can be read as an Arrow stream: a polars frame, a DuckDB relation."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The stream, as a capsule."""


class ArrowStream:
    """A frame of which the reader sees the stream alone.

    DuckDB would load pyarrow for what it knows as a polars frame. Polars keeps the class of what
    it reads for good; if that is DuckDB's, so much of DuckDB is left when Python ends that it
    complains of leaks on the error stream. This module must not import either.
    """

    def __init__(self, frame: Streamed) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)
