"""What a person keeps for themselves: when they were last here, and their calendar's secret."""
