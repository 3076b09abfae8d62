"""Migrations of what a person keeps for themselves."""
