"""Publications: one small reader for each official publication.

A file is recognised by its content. Every row becomes an observation or a rejection with line,
column, value and reason.
"""
