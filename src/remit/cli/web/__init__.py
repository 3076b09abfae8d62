"""``remit web``: the commands of the web application."""
