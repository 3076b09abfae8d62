"""What people say: a survey's export becomes tables with bases, intervals and safe quotes."""
