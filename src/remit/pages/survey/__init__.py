"""The pages of a survey: what changed and what did not, by group, with every base."""
