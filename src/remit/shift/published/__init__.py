"""Measures of the shift from published files: complete first, then per head and by need."""
