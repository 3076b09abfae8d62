"""``/api/``: what the pages show and do, for programs, by the same rules."""
