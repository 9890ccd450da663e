"""Lexical search: which passages hold which words, and how common each word is."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence

from retrieval.index.values import batches, marks
from retrieval.text.encodable import encodable

MAX_QUERY_TERMS = 64
"""A question of 50 kB is searched by its rarest terms; the common ones decide nothing."""

TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT = 2.0, 2.0, 1.0
"""Weights of the columns in bm25: evidence first on nq_gold .83 (.81 if all are 1), boolq .82
(.80), clapnq .96 (.96), squad2 .82 (.82); 4 gains little more, and leans on good titles."""

MOST_COUNTED = 200
"""So many passages with a term say that it is common; how common need not be exact."""


class Words:
    """The full-text index of the published generation, or of the part of it that may be seen.

    `only` is a condition on documents `d`, for `labels`, that lets that part through; `share` is
    how much of all passages it is.
    """

    def __init__(
        self, connection: sqlite3.Connection, only: str, labels: Sequence[str], share: float
    ) -> None:
        self._connection = connection
        self._only = only
        self._labels = labels
        self._share = share

    def lexical(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Passages that hold any of `terms`, with their bm25 scores, best first."""
        query = " OR ".join(_quoted(term) for term in self._rarest(terms))
        if not query or limit < 1:
            return []
        if not self._only:
            return self._matches(query, limit)
        if not self._share:
            return []
        # Hidden passages take places and are dropped.
        depth = math.ceil(1.5 * limit / self._share)
        while True:
            matches = self._matches(query, depth)
            seen = self._seen(matches)
            if len(seen) >= limit or len(matches) < depth:
                return seen[:limit]
            depth *= 4

    def _matches(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Passages of all collections that match a query, best first."""
        return self._connection.execute(
            "SELECT rowid, -bm25(passage_terms, ?, ?, ?) AS score FROM passage_terms "
            "WHERE passage_terms MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            (TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT, query, limit),
        ).fetchall()

    def _seen(self, found: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        """Those that may be seen, in the same order."""
        seen: set[int] = set()
        for batch in batches([id_ for id_, _ in found]):
            rows = self._connection.execute(
                "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document "
                f"WHERE p.id IN ({marks(batch)}){self._only}",
                (*batch, *self._labels),
            )
            seen.update(id_ for (id_,) in rows)
        return [(id_, score) for id_, score in found if id_ in seen]

    def document_frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands, in title, heading or text.

        Where not all may be seen, many are not counted but estimated, as their share of all.
        """
        found = self._in_all(terms)
        if self._only:
            found = {term: self._count(term, n) if n else 0 for term, n in found.items()}
        return found

    def _in_all(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages of all collections each term stands."""
        find = "SELECT doc FROM vocabulary WHERE term = ?"
        found = {}
        for term in dict.fromkeys(terms):
            row = self._connection.execute(find, (encodable(term),)).fetchone()
            found[term] = row[0] if row else 0
        return found

    def _count(self, term: str, in_all: int) -> int:
        """In how many of the passages that may be seen a term stands."""
        row = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM passage_terms "
            "JOIN passages p ON p.id = passage_terms.rowid JOIN documents d ON d.id = p.document "
            f"WHERE passage_terms MATCH ?{self._only} LIMIT ?)",
            (_quoted(term), *self._labels, MOST_COUNTED),
        ).fetchone()
        counted = int(row[0])
        if counted < MOST_COUNTED:
            return counted
        return max(counted, round(in_all * self._share))

    def _rarest(self, terms: Sequence[str]) -> list[str]:
        frequencies = self._in_all(terms)
        known = [term for term, count in frequencies.items() if count]
        return sorted(known, key=lambda term: (frequencies[term], term))[:MAX_QUERY_TERMS]


def _quoted(term: str) -> str:
    return '"' + encodable(term).replace('"', '""').replace("\0", " ") + '"'
