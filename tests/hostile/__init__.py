"""Attacks: what strangers write, send, name and serve, and what becomes of each try."""
