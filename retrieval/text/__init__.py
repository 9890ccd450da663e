"""Words and characters: folding, terms, and what counts as the same word."""
