"""Who works here: accounts, their dated memberships, and local agreements on who sees whom."""
