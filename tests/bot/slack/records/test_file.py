from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Thread

import pytest

from bot.slack.records.file import _VERSION_1, lock_file, open_file
from retrieval.errors import OnrecordError, UsageError


def tables(path: Path) -> set[str]:
    database = sqlite3.connect(path)
    try:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
    finally:
        database.close()
    return {name for (name,) in rows}


def test_a_new_file_gets_its_tables(tmp_path: Path) -> None:
    open_file(tmp_path / "deep" / "bot.sqlite3").close()
    assert {"questions", "threads", "answers", "feedback", "gaps", "audit", "channels"} <= tables(
        tmp_path / "deep" / "bot.sqlite3"
    )


def test_a_file_of_the_first_version_keeps_its_questions(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    old = sqlite3.connect(path, isolation_level=None)
    old.executescript(f"{_VERSION_1} PRAGMA user_version=1;")
    old.execute(
        "INSERT INTO questions (event_id, team, channel, ts, thread, user, kind, text, plan,"
        " state, received_at) VALUES ('Ev1', 'T', 'C', '1.0', '1.0', 'U', 'mention', 'When?',"
        " 'answer', 'received', 1.0)"
    )
    old.close()

    database = open_file(path)

    row = database.execute("SELECT text, revision, edited_ts, reply_to FROM questions").fetchone()
    assert row == ("When?", 0, "", "")
    database.close()
    assert "feedback" in tables(path)


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version=99")
    newer.close()

    with pytest.raises(OnrecordError, match="newer version"):
        open_file(path)
    assert tables(path) == set()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    path.write_text("this is not a database, whatever its name says" * 100)
    with pytest.raises(OnrecordError, match=r"bot\.sqlite3"):
        open_file(path)


def test_processes_that_start_together_make_the_tables_once(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    opened: list[sqlite3.Connection] = []
    threads = [Thread(target=lambda: opened.append(open_file(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8
    for database in opened:
        database.close()


def test_only_one_holds_the_lock(tmp_path: Path) -> None:
    lock = lock_file(tmp_path / "bot.sqlite3")
    with pytest.raises(UsageError, match="Another bot"):
        lock_file(tmp_path / "bot.sqlite3")
    lock.release()
    lock_file(tmp_path / "bot.sqlite3").release()
