"""Checks of the books: what the documents say, recomputed and compared with every seal, sum, number and act."""
