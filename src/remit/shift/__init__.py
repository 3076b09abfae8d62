"""Is care moving closer to home: published measures, activity records, and what a move leaves behind."""
