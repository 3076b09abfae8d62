"""Who does better than those alike for long: positive deviants, by probability and not by rank."""
