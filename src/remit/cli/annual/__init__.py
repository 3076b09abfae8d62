"""The commands ``remit annual``."""
