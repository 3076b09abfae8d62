"""The room of files."""
