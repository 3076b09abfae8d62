"""The site of a framework: league tables, organisations, areas, metrics, method."""
