"""Assessment: from figures to scores, segments and an explanation that a board can check."""
