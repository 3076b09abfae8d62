"""The commands ``remit shift`` and ``remit move``."""
