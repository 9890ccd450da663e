"""The file that holds the bot's questions: its lock, its tables, its version."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import OnrecordError, UsageError

_VERSION = 1
_SCHEMA = """
CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    team TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL, thread TEXT NOT NULL,
    user TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    plan TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'answering', 'posted', 'undeliverable')),
    tries INTEGER NOT NULL DEFAULT 0,
    received_at REAL NOT NULL,
    answer TEXT, answer_ts TEXT,
    UNIQUE (team, channel, ts)
) STRICT;
CREATE INDEX waiting ON questions (id) WHERE state = 'received';
CREATE INDEX in_work ON questions (team, channel, thread) WHERE state = 'answering';
CREATE INDEX conversations ON questions (team, channel, thread);
CREATE TABLE threads (
    team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    speaker TEXT,             -- whom the bot talks with there; NULL: several people take part
    since_ts TEXT NOT NULL,   -- from which message on
    last_ts TEXT NOT NULL,
    PRIMARY KEY (team, channel, thread)
) STRICT;
"""


def lock_file(path: Path) -> FileLock:
    """Make this process the only one that serves from `path`; a lock dies with its process."""
    lock = FileLock(f"{path}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise UsageError(
            f"Another bot is serving from {path.parent}.",
            "Stop it first, or give this one its own data folder (ONRECORD_DATA_DIR).",
        ) from None
    except OSError as error:
        raise UsageError(
            f"The data folder {path.parent} cannot be written: {error.strerror}.",
            "Make it writable, or choose another with ONRECORD_DATA_DIR.",
        ) from error
    return lock


def open_file(path: Path) -> sqlite3.Connection:
    """Open the file, making its tables if it is new."""
    try:
        return _open(path)
    except sqlite3.Error as error:
        raise OnrecordError(
            f"The bot's file of questions {path} cannot be read: {error}.",
            "Restore it, or move it away: the bot then starts with no questions waiting.",
        ) from error


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    # FULL costs 0.3 ms a claim; what was acknowledged to Slack survives a power cut as well.
    database.execute("PRAGMA synchronous=FULL")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version == 0:
        database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version={_VERSION}; COMMIT;")
    elif version != _VERSION:
        database.close()
        raise OnrecordError(
            f"The bot's file of questions {path} was written by another version of Onrecord.",
            "Use that version, or move the file away.",
        )
    return database
