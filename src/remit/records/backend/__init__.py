"""Django's backend for SQLite, for files that may come from others and hold personal data."""
