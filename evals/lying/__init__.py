"""Lying: a chat model that tells one lie a sentence, to see whether any of them is posted."""
