"""One oversight plan as a page."""
