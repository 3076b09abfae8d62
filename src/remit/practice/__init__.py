"""Who is alike, who does better for long, and what became of a practice that spread."""
