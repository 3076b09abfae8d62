"""Activity records: their columns, what is rejected, and integer cells equal on every engine."""
