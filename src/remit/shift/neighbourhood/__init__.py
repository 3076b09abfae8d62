"""The neighbourhood programme's return: read, checked, and told as rates of its cohort."""
