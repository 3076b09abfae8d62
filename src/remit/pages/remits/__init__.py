"""The site of who answers to whom for what."""
