"""``remit asks``: what is asked of whom."""
