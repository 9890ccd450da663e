"""Causes: that one thing followed another does not say that it came from it."""

from __future__ import annotations

import re

from retrieval.text.lacks import Kind, Lack

_CAUSED = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|led to|leads? to|because|due to(?! be\b)|owing to|thanks to"
    r"|as a result of"
    r"|result(?:s|ed)? (?:in|from)|brought about|responsible for|to blame for|trigger(?:s|ed)"
    r"|prompt(?:s|ed)|g(?:ave|ives?) rise to|stem(?:s|med) from)\b",
    re.IGNORECASE,
)
_CAUSAL = re.compile(
    _CAUSED.pattern
    + r"|\b(?:cause|reason|effect|so that|therefore|thus|hence|consequen\w+|result\w*"
    r"|mak(?:e|es|ing)|made|blam\w+|attribut\w+|driv(?:e|en|es|ing)|drove|explain\w*|why|owed"
    r"|in order to|spark\w*|prompt\w*|provok\w*|produc\w*|creat\w*|contribut\w*|\w+ed by)\b",
    re.IGNORECASE,
)
_UNPROVED = re.compile(
    r"\b(?:not|n['’]t|never|cannot) (?:yet )?(?:prove|show|mean|imply|demonstrate|establish)\b",
    re.I,
)


def cause(claim: str, quotation: str) -> Lack | None:
    """A cause that the claim names and the quotation does not, or says is not proved."""
    found = _CAUSED.search(claim)
    if found is None or (_CAUSAL.search(quotation) and not _UNPROVED.search(quotation)):
        return None
    return None if _UNPROVED.search(claim) else Lack(Kind.CAUSE, found.group())
