"""Is care moving closer to home: published measures, records, and what a move leaves behind."""
