"""What a move leaves behind: cost that is saved, stranded and shared, year by year."""
