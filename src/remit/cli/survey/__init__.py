"""The commands ``remit survey``."""
