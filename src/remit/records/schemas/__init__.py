"""What the tables are after each migration, as SQLite says it."""
