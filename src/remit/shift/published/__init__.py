"""Measures of the shift from published files: complete first, then per head, by need, and over time."""
