"""What Remit's rules say, as tables that are run and printed."""
