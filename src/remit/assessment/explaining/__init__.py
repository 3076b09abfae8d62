"""Why an organisation stands where it stands: steps, rules and notes in plain words."""
