"""Migrations of accounts and memberships."""
