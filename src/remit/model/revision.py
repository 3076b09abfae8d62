"""Words by which the name of a file says that it replaces another."""

REVISED_WORDS = "revis|correct|updat|final"
"""A pattern that any spelling fits, where small and capital letters are one."""
