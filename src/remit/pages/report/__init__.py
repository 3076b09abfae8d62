"""The board report as pages."""
