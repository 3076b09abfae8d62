"""What holds for every entry of a registry, now and to come."""
