"""What runs an instance: its tables, people, server, worker, checks and copies."""
