"""From lines to observations: every row is taken, or refused with its reason."""
