"""Who asks: addresses and names are reduced to a body and a team by a declaration."""

from remit.asks.senders.recognise import UNKNOWN, Party, Senders, load_senders

__all__ = ["UNKNOWN", "Party", "Senders", "load_senders"]
