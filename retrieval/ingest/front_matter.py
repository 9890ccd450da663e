"""Front matter: the `key: value` lines between two `---` lines at the top of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from retrieval.errors import LoadError

_BLOCK = re.compile(r"---[ \t]*\n(?P<lines>(?:(?!---|\.\.\.).*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_ENTRY = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*\S))?[ \t]*\Z")
_CONTINUED = re.compile(r"\s|-\s|#|\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=\Z|[T\s])")
_COLLECTION = re.compile(r"^[ \t]*[\"']?collections?[\"']?[ \t]*:", re.IGNORECASE | re.MULTILINE)
_LONGEST = 8_192


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says about itself, and where its text begins."""

    end: int = 0
    title: str | None = None
    date: str | None = None
    origin: str | None = None
    collection: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """Read `title`, `date`, `source` and `collection`; other blocks are left as text.

    Raises `LoadError` where a collection may be named and which cannot be told: what is meant for
    few must not be shown to all because of a slip.

    >>> read_front_matter("---\\ntitle: Rules\\ndate: 2026-03-01\\n---\\nBe kind.\\n")
    FrontMatter(end=41, title='Rules', date='2026-03-01', origin=None, collection=None)
    """
    block = _BLOCK.match(text, 0, _LONGEST) if text.startswith("---") else None
    entries = _entries(block["lines"]) if block else None
    if block is None or not entries:
        if text.startswith("---") and _COLLECTION.search(text, 0, _LONGEST):
            raise _unreadable()
        return FrontMatter()
    if "collection" not in entries and _COLLECTION.search(block["lines"]):
        raise _unreadable()
    return FrontMatter(
        end=block.end(),
        title=entries.get("title"),
        date=iso_date(entries.get("date")),
        origin=entries.get("source"),
        collection=entries.get("collection"),
    )


def _unreadable() -> LoadError:
    return LoadError(
        "Its front matter names a collection in a way that cannot be read.",
        "Write one line `collection: name` between the two lines `---`, with one name.",
    )


def iso_date(value: str | None) -> str | None:
    """The day at the start of an ISO date or time; None for anything else."""
    match = _DATE.match(value.strip()) if value else None
    try:
        return date.fromisoformat(match.group()).isoformat() if match else None
    except ValueError:
        return None


def _entries(lines: str) -> dict[str, str] | None:
    """The simple entries, or None if a line does not belong in front matter.

    Lists and nested values of other tools are passed over, not understood.
    """
    entries: dict[str, str] = {}
    for line in lines.split("\n"):
        entry = _ENTRY.match(line)
        if entry is None:
            if not _CONTINUED.match(line):
                return None
        elif value := _plain(entry["value"] or ""):
            entries[entry["key"].lower()] = value
    return entries


def _plain(value: str) -> str:
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    if quoted:
        return value[1:-1].strip()
    return "" if value[:1] in set(">|[{&*!") else value
