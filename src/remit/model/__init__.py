"""The vocabulary of oversight as frozen types: no input, no output, no data frame."""
