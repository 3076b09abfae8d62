"""Publications: official files become observations, as their declarations say.

A file is recognised by its content. Every row becomes an observation or a rejection with line,
column, value and reason.
"""
