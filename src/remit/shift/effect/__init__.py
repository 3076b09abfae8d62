"""Did those who got a community service use less hospital care: gates first, then a ratio of ratios."""
