"""What an edit costs in work, not in time: only a glance at each file grows with the corpus."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from retrieval.index import database
from retrieval.index.vectors import Vectors
from retrieval.ingest.loader import Loader
from tests.retrieval.ingest.home import Home

FEW, MANY = 30, 230
CALLS_A_FILE = 30
"""Of Python and of C: about as many as listing it and comparing its size and time needs."""
STEPS_A_FILE = 60
"""Of SQLite's machine: to read what is published, and to count it."""
_COUNTED_EVERY = 10


@dataclass(slots=True)
class Work:
    """What a run did in this process."""

    calls: int = 0
    looks: int = 0
    """At the size and time of a file."""
    steps: int = 0
    """Tens of instructions of SQLite."""
    chroma: Counter[str] = field(default_factory=Counter)
    """Calls of Chroma, by name."""
    loaded: int = 0

    def count(self, frame: FrameType, event: str, argument: Any) -> None:
        """Count a call; see `sys.setprofile`."""
        self.calls += event in ("call", "c_call")
        if event == "c_call":
            owner = type(getattr(argument, "__self__", None)).__name__
            self.looks += owner == "DirEntry" and argument.__name__ == "stat"
            if owner == "Bindings":
                self.chroma[argument.__name__] += 1


def work(home: Home, monkeypatch: pytest.MonkeyPatch) -> Work:
    """What a run does."""
    found, connect, send = Work(), database._connect, Loader.send

    def connected(uri: str) -> sqlite3.Connection:
        connection = connect(uri)
        connection.set_progress_handler(stepped, _COUNTED_EVERY)
        return connection

    def stepped() -> int:
        found.steps += 1
        return 0

    def sent(self: Loader, path: Path, source: str) -> None:
        found.loaded += 1
        send(self, path, source)

    before = sys.getprofile()
    with monkeypatch.context() as patch:
        patch.setattr(database, "_connect", connected)
        patch.setattr(Loader, "send", sent)
        sys.setprofile(found.count)
        try:
            home.index()
        finally:
            sys.setprofile(before)
    return found


def edited(home: Home, monkeypatch: pytest.MonkeyPatch) -> Work:
    """What the second edit does: the first one leaves no version to forget."""
    for n in (1, 2):
        home.write("0/0.txt", f"Report 0 was edited {n} times.")
        found = work(home, monkeypatch)
    return found


def written(folder: Path, files: int) -> Home:
    home = Home(folder)
    for n in range(files):
        home.write(f"{n % 10}/{n}.txt", f"Report {n} counts {n * 7919} ships.")
    home.index()
    return home


def test_an_edit_costs_a_glance_at_every_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = edited(written(tmp_path / "few", FEW), monkeypatch)
    many = edited(written(tmp_path / "many", MANY), monkeypatch)
    assert few.loaded == many.loaded == 1
    assert (few.looks, many.looks) == (FEW, MANY)
    assert (many.calls - few.calls) / (MANY - FEW) < CALLS_A_FILE
    assert (many.steps - few.steps) / (MANY - FEW) * _COUNTED_EVERY < STEPS_A_FILE
    asked = {"add", "get", "count", "delete"}
    assert {name: many.chroma[name] for name in asked} == dict.fromkeys(asked, 1)
    assert many.chroma == few.chroma


def test_a_run_without_a_change_asks_chroma_only_for_its_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = work(written(tmp_path, FEW), monkeypatch)
    assert found.loaded == 0
    assert found.chroma["count"] == 1
    assert found.chroma.keys().isdisjoint({"add", "get", "delete"})


def test_all_vectors_are_compared_after_somebody_else_has_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = written(tmp_path, FEW)
    home.write("0/0.txt", "Report 0 was edited.")
    with monkeypatch.context() as patch:
        patch.setattr(Vectors, "drop_others", dies)
        with pytest.raises(SystemError):
            home.index()
    assert work(home, monkeypatch).chroma["get"] == 1
    assert work(home, monkeypatch).chroma["get"] == 0


def dies(*_: object) -> None:
    raise SystemError("the power went")
