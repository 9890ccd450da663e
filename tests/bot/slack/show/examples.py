"""A small corpus as its status tells of it."""

from __future__ import annotations

from retrieval.index.rows import SourceInfo
from retrieval.index.status import CorpusStatus

STATUS = CorpusStatus(
    generation=8,
    published_at="2026-11-24T13:30:00+00:00",
    documents=2,
    passages=120,
    sources=(
        SourceInfo("city/bridges.md", "Bridges", "2025-01-31", None, 80),
        SourceInfo("city/tunnels.md", "Tunnels", None, None, 40),
    ),
    failed=(),
    previous=7,
)
