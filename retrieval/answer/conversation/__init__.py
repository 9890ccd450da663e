"""Conversation: what a follow-up asks, as a question that stands by itself."""
