"""How far score, segment and rank could have come out differently."""
