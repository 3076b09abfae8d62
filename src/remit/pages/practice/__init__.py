"""The pages on peers and positive deviants."""
