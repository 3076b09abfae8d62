"""Figures inside an instance: published whole, read without waiting, frozen when somebody speaks.

Nothing here asks who somebody is: figures that were published are for all who are signed in.
"""
