"""Phrases: a sentence in plain words, where a table knows a plain word for several.

"Turned up rust" becomes "found rust", "in the board's view, it is safe" "according to the board, it
is safe". Only for comparing two texts, never shown.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from retrieval.text.verbs import gerund, participle, past, third_person

_TABLE = Path(__file__).with_name("phrases.txt")
_OWN = "(?:telling|view|account|words|opinion|count|reckoning|version|judge?ment|eyes|assessment)"
_VIEW = re.compile(
    rf"^(?:In|By|To|From) (?P<of>(?:the )?[^,.;]{{2,60}}?)['’]s? (?:own )?{_OWN}, ", re.IGNORECASE
)
_VIEW_OF = re.compile(rf"^(?:In|By) the {_OWN} of (?P<of>[^,.;]{{2,60}}), ", re.IGNORECASE)
_AS_SEEN = re.compile(
    r"^As (?P<of>[^,.;]{2,60}?) (?:sees?|tells?|puts?|describes?|has) it, ", re.IGNORECASE
)
_DURING = re.compile(r"^Over (?=(?:the )?[\w ]{2,20}? (?:years|months|weeks|days|hours|minutes)\b)")
_NOTHING = re.compile(r",? so far\b", re.IGNORECASE)


@lru_cache(maxsize=8192)
def in_plain_words(text: str) -> str:
    """A text with each phrase of the table replaced by the same form of its plain verb."""
    plain = _NOTHING.sub("", _DURING.sub("During ", text))
    for frame in (_VIEW, _VIEW_OF, _AS_SEEN):
        plain = frame.sub(lambda found: f"According to {found['of']}, ", plain)
    for pattern, form in _phrases():
        plain = pattern.sub(form, plain)
    return plain


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each form of each phrase, the longer first."""
    found = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, verb = line.split("|")
            first, _, rest = phrase.partition(" ")
            for form in (past, participle, third_person, gerund, str):
                pattern = re.compile(rf"\b{form(first)} {re.escape(rest)}(?= |[.,;:]|$)")
                found.append((pattern, form(verb)))
    return tuple(sorted(found, key=lambda item: -len(item[0].pattern)))
