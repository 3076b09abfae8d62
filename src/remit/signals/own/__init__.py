"""A user's own table: where its header stands, what its columns hold, which of them to chart."""
