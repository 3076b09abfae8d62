"""Why an organisation moved between two periods."""
