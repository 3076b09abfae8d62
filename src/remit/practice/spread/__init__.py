"""What became of a practice that spread: who adopted when, and whether their figures changed."""
