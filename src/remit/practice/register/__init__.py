"""A register of practices: what each is, who took it up from when on, and how far it has come."""
