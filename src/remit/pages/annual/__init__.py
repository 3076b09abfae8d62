"""The pages of an annual assessment: letters, findings with their evidence, and the summary."""
