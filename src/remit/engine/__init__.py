"""Activity records at scale: the one room of records that opens DuckDB or Spark."""

from remit.engine.listing import keep_apart
from remit.engine.opening import ENGINES, Records, open_records
from remit.engine.parts import Parts
from remit.engine.reading import FILE

__all__ = ["ENGINES", "FILE", "Parts", "Records", "keep_apart", "open_records"]
