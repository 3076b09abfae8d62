"""How a command ends, as a number for whoever called it."""

DONE = 0
DONE_WITH_FINDINGS = 1
"""Done, with rows rejected or differences found."""
WRONG_INPUT = 2
"""The input or the arguments are wrong."""
OWN_FAULT = 3
"""A fault of Remit's own."""
