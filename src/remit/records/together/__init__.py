"""What organisations hold together on a server: conversations, agreements, commitments, plans.

An application of Django's beside that of :mod:`remit.records`, with migrations of its own: a
register that commands write is one house's, and bears none of these tables.
"""
