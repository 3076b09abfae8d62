"""Asks from tables, mailboxes and calendars, with an account of every row."""
