"""Wording: the words of a question, and those among them that hold it together."""

from __future__ import annotations

import re
from dataclasses import dataclass

DETERMINERS = frozenset(
    """the a an this that these those my your his her its our their no any some every each all
    both many most several few enough two three four five six seven eight nine ten which what
    whose more another such""".split()
)
PREPOSITIONS = frozenset(
    """of in on at to for from with by about after before during since until under over between
    among against into onto through within without across behind beyond near around along despite
    per via as than like upon towards toward throughout outside inside off out up down""".split()
)
PRONOUNS = frozenset(
    """i you he she it we they me him us them there this that these those one someone somebody
    everyone everybody anyone nobody myself itself himself herself themselves each""".split()
)
JOINING = frozenset("and or but nor".split())
OPENING = frozenset(
    """who whom whose which that where when why how what while because if unless whether although
    though once""".split()
)
"""Words that open a clause of its own."""
AUXILIARIES = frozenset(
    """do does did is are was were am has have had will would can could shall should may might
    must""".split()
)
BETWEEN = frozenset(
    """not never still now also ever even just always often already currently recently finally
    again once yet soon suddenly initially originally usually sometimes rarely eventually
    together twice really actually so too very quite less longer""".split()
)
"""Adverbs that stand between a subject and its predicate."""
_TOKEN = re.compile(r"[“\"][^”\"]+[”\"]\S*|\S+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question as written, folded, and which of them are parts of names."""

    raw: tuple[str, ...]
    low: tuple[str, ...]
    named: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.raw)

    def at(self, place: int) -> str:
        """The folded word at a place; empty behind the end."""
        return self.low[place] if 0 <= place < len(self.low) else ""

    def text(self, start: int, end: int | None = None) -> str:
        """The words from one place to another as written."""
        return " ".join(self.raw[start:end])

    def since(self, start: int) -> Words:
        """The words from a place on."""
        return Words(self.raw[start:], self.low[start:], self.named[start:])

    def until(self, end: int) -> Words:
        """The words before a place."""
        return Words(self.raw[:end], self.low[:end], self.named[:end])


def split(text: str) -> Words:
    """The words of a question; a quoted title is one word, and counts as a name."""
    raw = _TOKEN.findall(text)
    cased = any(word[:1].isupper() for word in raw[1:] if word.strip(",.") not in ("I", "I'm"))
    low = tuple(
        word if word[0] in '“"' else word.lower().replace("’", "'").strip(",.;:()'") for word in raw
    )
    named = tuple(
        word[0] in '“"' or (cased and at > 0 and (word[:1].isupper() or word[:1].isdigit()))
        for at, word in enumerate(raw)
    )
    return Words(tuple(raw), low, named)
