"""Commands that assess: scores, segments, leagues and what follows from them."""
