"""Aloud: what a labelled line or a row of a table says, as a sentence beside a statement.

"Weight: 8.4 kg" says "It weighs 8.4 kg", and so does a cell under "Weight"; of what, title,
heading or the first cell of the row say. Rules and judge compare sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.answer.evidence import Window, context_text
from retrieval.model import BlockKind
from retrieval.text.aliases import holds, keys
from retrieval.text.labelled import read_aloud
from retrieval.text.pairing import paired
from retrieval.text.tables import named_cells
from retrieval.text.terms import is_stopword, term, words

_INSIDE = frozenset("of and the for".split())
_DETERMINED = re.compile(r"\b(?:the|our|this|an?) $", re.IGNORECASE)
_PLACED = re.compile(
    r"(?<! part)(?:^| )(?:of|for|in|at|on|under|from)(?: (?:the|our|this|an?))? $", re.I
)
_NOUN = re.compile(r" ([a-zà-ÿ]+)")


def aloud(statement: str, window: Window) -> str | None:
    """The sentence of a line or row that shares most words with a statement; None without any."""
    return max(_said(window), key=lambda said: len(paired(statement, said).links), default=None)


def row_of(window: Window) -> str:
    """What a row of a table is about: its first cell; empty for other sentences."""
    cells = _cells(window)
    return cells[0][1] if cells else ""


def as_it(statement: str, window: Window, said: str) -> str:
    """A statement with "it" for what title, heading or row name: nothing else can be meant there.

    "Ada Holm chaired the club meeting" is "Ada Holm chaired the meeting" in the club's minutes.
    """
    own = keys(said)
    held = keys(f"{context_text(window)} {row_of(window)}") - own
    places = words(statement)
    for first, after in reversed([*_runs(statement, places, held)]):
        before, behind = statement[: places[first][0]], statement[places[after - 1][1] :]
        if _DETERMINED.search(before) and _is_part(behind, own):
            statement = f"{before}{behind.lstrip()}"
        elif placed := _PLACED.search(before):
            statement = f"{before[: placed.start()]}{behind}".removeprefix(",").lstrip()
        else:
            before = _DETERMINED.sub("", before)
            statement = f"{before}{'it' if before else 'It'}{behind}"
    return statement


def _is_part(behind: str, own: frozenset[str]) -> bool:
    """Whether a noun of the line follows: what stands before it only says which one."""
    following = _NOUN.match(behind)
    return following is not None and holds(own, term(following[1]))


def _runs(
    statement: str, places: list[tuple[int, int]], held: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Stretches of words that stand in `held`, with the small ones between them."""
    at = 0
    while at < len(places):
        end = at
        for place in range(at, len(places)):
            word = statement[slice(*places[place])]
            if not is_stopword(word) and holds(held, term(word)):
                end = place + 1
            elif place == at or word not in _INSIDE:
                break
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _said(window: Window) -> Iterator[str]:
    if window.sentence.kind is not BlockKind.ROW:
        yield from read_aloud(window.sentence.text)
    for column, cell in _cells(window)[1:]:
        yield from read_aloud(f"{column}: {cell}")


def _cells(window: Window) -> list[tuple[str, str]]:
    if window.sentence.kind is not BlockKind.ROW or window.before is None:
        return []
    return named_cells(window.before.text, window.sentence.text)
