"""Measuring: question sets, metrics, and the tables they print."""
