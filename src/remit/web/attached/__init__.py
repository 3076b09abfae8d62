"""Files that hang on records: what is taken, where it lies, and who looked through it."""
