"""One organisation under two frameworks."""
