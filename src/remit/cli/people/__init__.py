"""Commands on organisations and on who answers to whom."""
