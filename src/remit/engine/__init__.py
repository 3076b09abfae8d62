"""Activity records at scale: the one room of records that opens DuckDB or Spark."""
