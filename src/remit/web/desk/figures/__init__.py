"""Figures beside talk: published figures, what was said of them, and what changed since."""
