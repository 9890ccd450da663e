"""Injection: attacks in documents, titles, file names and questions, and what they change."""
