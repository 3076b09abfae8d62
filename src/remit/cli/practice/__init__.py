"""The commands ``remit peers`` and ``remit deviants``."""
