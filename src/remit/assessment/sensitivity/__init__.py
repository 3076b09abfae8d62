"""What would change, had the framework been built otherwise."""
