"""Did those who got a community service use less hospital care: gates, then a ratio."""
