"""The year's assessment of ICBs as a server keeps it, and the practices that organisations share.

An application of Django's beside :mod:`remit.records.talk`, with migrations of its own. The folder
of ``remit annual`` stays what it is: its files are kept byte for byte, and what is in them is read
into rows, so that each is seen by whom it is about.
"""
