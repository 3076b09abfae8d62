"""The control chart: laid out once for each width, with its words; text is never scaled."""
