"""What the one process that answers does beside answering."""
