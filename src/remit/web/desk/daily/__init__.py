"""Daily use: what waits, what moved, several changed at once, undo, files in and out, calendars."""
