"""Numbers, units, counts, lists and days in plain English: each said in one way.

``figures`` rounds and writes numbers with their units, ``sentences`` counts and lists, ``days``
writes days and months, ``names`` shortens what bodies are called, ``nearest`` says which name was
meant.
"""
