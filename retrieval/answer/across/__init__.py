"""Across documents: what several passages say about one question, side by side, none picked."""
