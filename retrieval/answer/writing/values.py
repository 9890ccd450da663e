"""Values: the numbers of a written sentence are those of its quotation, and none that follow.

"Over 30" follows from 36 and "over 133 million" from 133 billion; a claim that is checked may say
so, a sentence that is posted as what a document says may not.
"""

from __future__ import annotations

from retrieval.text.values import numbers, same_value


def unequal(text: str, quoted: str) -> str | None:
    """A number that the quotation does not hold as it is."""
    stated = numbers(quoted)
    for one in numbers(text):
        if not any(same_value(one.value, other.value) for other in stated):
            return f"the number {text[one.start : one.end].strip()!r}"
    return None
