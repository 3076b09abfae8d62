"""Who asks: addresses and names are reduced to a body and a team by a declaration."""

from remit.asks.senders.recognise import UNKNOWN, Party, Senders, is_shared, load_senders

__all__ = ["UNKNOWN", "Party", "Senders", "is_shared", "load_senders"]
