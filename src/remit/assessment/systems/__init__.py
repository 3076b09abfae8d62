"""An ICB and its system: its own score, the system's, and each trust's part in it."""
