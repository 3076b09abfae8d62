"""How likely ranges are drawn where nothing else is asked for; commands tell it in their help."""

DEFAULT_REPLICATES = 10_000
DEFAULT_SEED = 20_250_909
"""The day on which the first league tables were published."""
