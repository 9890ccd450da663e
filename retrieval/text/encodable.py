"""Text that can be stored and tokenized: half a character can be typed, but not written down."""

from __future__ import annotations


def encodable(text: str) -> str:
    """The text with "?" for lone surrogates, which no UTF-8 can hold."""
    return text.encode(errors="replace").decode()
