"""What an assessment yields, how it is cited, and how it is written."""
