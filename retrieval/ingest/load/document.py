"""What the loaders share: a readable title, and a place to collect text that was extracted."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from retrieval.model import Section

_SPACE = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def title_from_name(source: str) -> str:
    """A title made of the file name.

    >>> title_from_name("handbook/leave_policy-2026.txt")
    'leave policy 2026'
    """
    stem = PurePosixPath(source).stem
    return one_line(re.sub(r"[_-]+", " ", stem)) or stem


class Outline:
    """Follows headings and their levels; `sections` holds a path for each heading."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._found: list[tuple[int, tuple[str, ...]]] = []
        self.first: str | None = None
        """The first heading of the document."""

    def heading(self, level: int, text: str, start: int) -> None:
        """Enter the section that begins at `start`."""
        self.first = self.first or text
        self._open = [(above, name) for above, name in self._open if above < level]
        self._open.append((level, text))
        self._found.append((start, tuple(name for _, name in self._open if name)))

    def sections(self, title: str) -> tuple[Section, ...]:
        """The sections; an outermost heading that only repeats the title is left out."""
        return tuple(
            Section(start, path[1:] if path[:1] == (title,) else path)
            for start, path in self._found
        )
