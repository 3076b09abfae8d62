"""Mail of what waits: whether and how often, what it says, and how it is ended."""
