"""How much room an index takes on this machine's disk."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from retrieval.index.database import CATALOG
from retrieval.index.place import Place

_BLOCK = 512
"""What the operating system counts a file's room in."""


def disk_use(data_dir: Path) -> int:
    """Bytes of the catalog and of the vectors that are kept here, in whole blocks of the disk."""
    files = [*data_dir.glob(f"{CATALOG}*"), *Place(data_dir).folder.rglob("*")]
    used = 0
    for path in files:
        with suppress(OSError):  # it has gone meanwhile
            used += path.stat().st_blocks * _BLOCK
    return used
