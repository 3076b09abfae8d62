"""What other figures would lead to: what if, and routes to a segment."""
