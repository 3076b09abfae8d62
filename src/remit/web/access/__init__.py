"""Who may see and do what: roles, relations of organisations, permissions, policies, visibility."""
