"""The year's findings and letters, and the practices that organisations share."""
