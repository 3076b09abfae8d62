"""Comments: themes by a declared codebook, agreement of coders, counts, quotes that are safe."""
