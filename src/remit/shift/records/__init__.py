"""Activity records: their columns, what is rejected, and integer cells that are equal on every engine."""
