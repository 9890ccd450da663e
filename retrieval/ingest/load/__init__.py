"""One loader a file format; each returns a Document."""
