"""What may be written to a terminal: text that can only be read, never obeyed."""

import re

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """`text` without the characters that steer a terminal or reorder what it shows."""
    return _STEERING.sub("", text)
