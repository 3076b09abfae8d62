"""Signing in: passwords, the organisation's own sign-in, and the picker of a demonstration."""
