"""Documents in: load, split, index."""
