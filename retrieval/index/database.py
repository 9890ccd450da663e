"""Connections to the catalog's SQLite file, and what its errors mean for a person."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retrieval.errors import (
    IndexBusyError,
    IndexDamagedError,
    NoIndexError,
    OnrecordError,
    StorageFullError,
    UsageError,
)

CATALOG = "catalog.sqlite3"
_FULL_BELOW_BYTES = 100_000
_BUSY_TIMEOUT_S = 10.0


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open an existing catalog; `NoIndexError` if there is none."""
    if not path.is_file():
        raise NoIndexError(f"Nothing is indexed yet in {path.parent}.", "Run `onrecord index`.")
    # Not mode=ro: a reader of a write-ahead log takes part in its bookkeeping.
    connection = _connect(f"{path.absolute().as_uri()}?mode=rw")
    connection.execute("PRAGMA query_only = ON")
    return connection


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open a catalog, new or not."""
    connection = _connect(f"{path.absolute().as_uri()}?mode=rwc")
    connection.execute("PRAGMA journal_mode = WAL")
    # With a write-ahead log NORMAL loses no consistency, at worst the last publication.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


@contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into what happened and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(
        uri,
        uri=True,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,  # transactions are begun and ended by name
        check_same_thread=False,  # callers hold a lock
    )


def _translated(error: sqlite3.Error, path: Path) -> OnrecordError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(path)):
        return StorageFullError(
            f"The disk that holds {path} is full.",
            "Make room, then run `onrecord index` again; what was published is still served.",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return IndexBusyError(
            f"Another process keeps {path} locked.", "Try again when it has ended."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return UsageError(
            f"The catalog {path} cannot be written or opened ({error}).",
            "Check the owner and the permissions of its folder.",
        )
    return IndexDamagedError(
        f"The catalog {path} cannot be read ({error}).",
        f"Delete the files {path}*, then run `onrecord index`: it is made again from the corpus.",
    )


def _is_full(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _FULL_BELOW_BYTES
    return False
