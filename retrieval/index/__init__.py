"""What is published: the catalog (SQLite) and the vectors (Chroma)."""
