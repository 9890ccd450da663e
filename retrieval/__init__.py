"""The corpus: documents in, cited answers or refusals out."""
