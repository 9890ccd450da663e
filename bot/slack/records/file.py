"""The bot's one SQLite file: its lock, its tables, its versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import OnrecordError, UsageError

RECORDS_FILE = "bot.sqlite3"

_VERSION = 5
_BUSY_S = 10.0
"""How long a write waits for another process's."""

_VERSION_1 = """
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
_FROM_1_TO_2 = """
-- Each edit, deletion or stop is a new revision of what is wanted.
ALTER TABLE questions ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE questions ADD COLUMN edited_ts TEXT NOT NULL DEFAULT '';
ALTER TABLE questions ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';  -- '': the thread
CREATE TABLE answers (
    answer_id TEXT PRIMARY KEY,
    team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    user TEXT NOT NULL, question TEXT NOT NULL,
    result TEXT NOT NULL,     -- JSON: see results.py
    at REAL NOT NULL
) STRICT;
CREATE INDEX answers_of_user ON answers (user, at);
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    answer_id TEXT NOT NULL, user TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('up', 'down')),
    kind TEXT NOT NULL, right_passage TEXT NOT NULL, comment TEXT NOT NULL,
    question_hash TEXT NOT NULL, question TEXT NOT NULL,
    outcome TEXT NOT NULL, answer TEXT NOT NULL, sources TEXT NOT NULL,
    generation INTEGER NOT NULL,
    at REAL NOT NULL,
    UNIQUE (answer_id, user)
) STRICT;
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,
    answer_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('reported', 'asked')),
    user TEXT NOT NULL, question TEXT NOT NULL, reason TEXT NOT NULL,
    at REAL NOT NULL,
    UNIQUE (answer_id, kind)
) STRICT;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    user TEXT NOT NULL, act TEXT NOT NULL, outcome TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
CREATE TABLE channels (
    channel TEXT PRIMARY KEY,
    follow_ups INTEGER NOT NULL
) STRICT;
"""
_FROM_2_TO_3 = """
-- JSON: see writings.py; '' where no chat model was asked.
ALTER TABLE answers ADD COLUMN writing TEXT NOT NULL DEFAULT '';
"""
_FROM_3_TO_4 = """
CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""
_FROM_4_TO_5 = """
-- The generation with which the citations of an answer were compared last, and the numbers (JSON)
-- of those that did not stand in it any more.
ALTER TABLE answers ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answers ADD COLUMN dead TEXT NOT NULL DEFAULT '[]';
UPDATE answers SET compared = coalesce(json_extract(result, '$.generation'), 0);
CREATE INDEX answers_to_compare ON answers (at, compared);
-- Notes below answers whose documents have changed.
CREATE TABLE notices (
    answer_id TEXT NOT NULL, generation INTEGER NOT NULL,
    channel TEXT NOT NULL, thread TEXT NOT NULL, text TEXT NOT NULL,
    answered_at REAL NOT NULL,  -- tells an answer from one that replaced it
    state TEXT NOT NULL CHECK (state IN ('claimed', 'posted', 'undeliverable', 'withdrawn')),
    ts TEXT NOT NULL DEFAULT '',
    at REAL NOT NULL,
    PRIMARY KEY (answer_id, generation)
) STRICT;
"""
_STEPS = (_VERSION_1, _FROM_1_TO_2, _FROM_2_TO_3, _FROM_3_TO_4, _FROM_4_TO_5)


def lock_file(path: Path) -> FileLock:
    """Make this process the only one that answers from `path`; a lock dies with its process."""
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
    """Open the file, making its tables if it is new and adding those that it lacks."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _open(path)
    except (sqlite3.Error, OSError) as error:
        raise OnrecordError(
            f"The bot's file of questions {path} cannot be read: {error}.",
            "Restore it, or move it away: the bot then starts with no questions waiting.",
        ) from error


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_BUSY_S, check_same_thread=False, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        # FULL costs 0.3 ms a claim; what was acknowledged to Slack survives a power cut as well.
        database.execute("PRAGMA synchronous=FULL")
        _bring_up_to_date(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _bring_up_to_date(database: sqlite3.Connection, path: Path) -> None:
    if _version(database) == _VERSION:
        return
    # Two processes may start at once: the second finds the first one's tables.
    database.execute("BEGIN IMMEDIATE")
    try:
        version = _version(database)
        if version > _VERSION:
            raise OnrecordError(
                f"The bot's file of questions {path} was written by a newer version of Onrecord.",
                "Use that version, or move the file away.",
            )
        for step in _STEPS[version:]:
            for statement in _statements(step):
                database.execute(statement)
        database.execute(f"PRAGMA user_version={_VERSION}")
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit before each of its own."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements


def _version(database: sqlite3.Connection) -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)
