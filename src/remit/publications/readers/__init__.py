"""Readers of publications whose layout no declaration can describe."""
