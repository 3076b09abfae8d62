"""Files that Remit did not write: opened in one place, and only so far as they can be held."""

from remit.files.reading import read_bytes, read_text, regular_file, text_of

__all__ = ["read_bytes", "read_text", "regular_file", "text_of"]
