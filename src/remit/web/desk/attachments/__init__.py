"""Files that hang on records: sent, given out, taken away."""
