"""The pages about the shift of care: the answer first, then the measures, then the method."""
