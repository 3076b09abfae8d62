"""What people say of figures, asks and actions, with each figure as it stood when it was spoken of.

An application of Django's beside :mod:`remit.records.together`, with migrations of its own.
"""
