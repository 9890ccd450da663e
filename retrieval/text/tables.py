"""Tables: a row read aloud, each cell behind the name of its column."""

from __future__ import annotations

import re

_CELL = " | "
_VALUE = re.compile(r"\W*\d(?!\d{3}\b)")
"""A cell that begins with a number, other than a year, is a value and names no column."""


def spoken(head: str, row: str) -> str | None:
    """ "Germany: Lunch 14 EUR, Dinner 24 EUR" for the row "Germany | 14 EUR | 24 EUR".

    None where the first row does not name the columns, or there are more or fewer of them.
    """
    cells = named_cells(head, row)
    if not cells:
        return None
    return f"{cells[0][1]}: {', '.join(f'{column} {cell}' for column, cell in cells[1:])}"


def named_cells(head: str, row: str) -> list[tuple[str, str]]:
    """The cells of a row, each with the name of its column; empty where these are not known."""
    columns, cells = _cells(head), _cells(row)
    if len(columns) != len(cells) or len(cells) < 2:
        return []
    if any(_VALUE.match(column) for column in columns[1:]):
        return []
    return [*zip(columns, cells, strict=True)]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split(_CELL)]
