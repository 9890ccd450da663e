"""Question through: search, evidence, decision, composing, verifying."""
