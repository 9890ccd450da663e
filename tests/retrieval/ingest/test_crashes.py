"""A run that dies anywhere leaves the old or the new generation, whole, and the next run clean."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from retrieval.errors import NoIndexError, StorageFullError
from retrieval.ingest import pipeline
from retrieval.ingest.verify import verify_index
from tests.retrieval.ingest.dying import Death, Nursery
from tests.retrieval.ingest.home import Home
from tests.retrieval.ingest.small_disk import small_disk

CRASHES = int(os.environ.get("CRASHES", "5"))
"""How often a run is killed, half of the times at a step and half at any moment."""
DISKS = int(os.environ.get("FULL_DISKS", "2"))
"""How many runs meet with a full disk."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is published, what has changed since, and what is done."""

    name: str
    act: str
    change: Callable[[Home], None]
    published: bool = True


def _nothing(home: Home) -> None:
    """Leave the documents as they are."""


def _edit(home: Home) -> None:
    home.write("1.txt", "Report 1 counts no ships. All of them sail.")
    home.write("new.txt", "A new report counts 12 ships.")


def _remove(home: Home) -> None:
    for n in range(2, 6):
        (home.corpus / f"{n}.txt").unlink()


SCENES = (
    Scene("first", "index", _nothing, published=False),
    Scene("incremental", "index", _edit),
    Scene("removing", "index", _remove),
    Scene("in two processes", "background", _edit),
    Scene("compacting", "compact", _nothing),
)


@dataclass(frozen=True, slots=True)
class Set:
    """A scene set up: its folders are copied for each death."""

    folder: Path
    old: dict[str, str] | None
    new: dict[str, str]
    steps: int
    seconds: float

    def copy(self, folder: Path) -> Home:
        shutil.copytree(self.folder, folder)
        return Home(folder)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    started = Nursery()
    yield started
    started.close()


@pytest.fixture(scope="module")
def set_up(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Scene], Set]:
    """Sets up a scene, once."""
    published = Home(tmp_path_factory.mktemp("published") / "home")
    for n in range(8):
        published.write(f"{n}.txt", f"Report {n} counts {n * 7919} ships. All of them sail.")
    new = shutil.copytree(published.corpus.parent, tmp_path_factory.mktemp("new") / "home")
    published.index()
    published.write("0.txt", "Report 0 counts no ships.")  # so that a generation is kept
    published.index()

    def made(scene: Scene) -> Set:
        folder = tmp_path_factory.mktemp("scene")
        from_ = published.corpus.parent if scene.published else new
        home = Home(shutil.copytree(from_, folder / "before"))
        old = home.served() if scene.published else None
        scene.change(home)
        whole = Home(shutil.copytree(folder / "before", folder / "whole"))
        ended = nursery.run(Death(str(whole.corpus), str(whole.data), act=scene.act))
        assert not ended.died
        return Set(folder / "before", old, whole.served(), ended.steps, ended.seconds)

    return cache(made)


@pytest.mark.parametrize("number", range(CRASHES))
def test_a_run_that_is_killed_loses_nothing(
    number: int, set_up: Callable[[Scene], Set], nursery: Nursery, tmp_path: Path
) -> None:
    scene, rng = SCENES[number % len(SCENES)], random.Random(number)
    made = set_up(scene)
    home = made.copy(tmp_path / "home")
    at_step = rng.randint(1, made.steps) if number // len(SCENES) % 2 == 0 else None
    after_s = rng.uniform(0, made.seconds) if at_step is None else None
    death = Death(str(home.corpus), str(home.data), at_step, after_s, scene.act)
    assert nursery.run(death).died or at_step is None
    _check(home, made)


def _check(home: Home, made: Set) -> None:
    """What is served is one generation, whole; the next run publishes all and leaves no waste."""
    assert _served(home) in (made.old, made.new)
    home.index()
    assert home.served() == made.new
    assert verify_index(home.data, embedder=home.embedder).faults == ()
    assert len(list((home.data / "chroma").iterdir())) == 1


def _use(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))


def _served(home: Home, *, by_meaning: bool = True) -> dict[str, str] | None:
    try:
        return home.served(by_meaning=by_meaning)
    except NoIndexError:
        return None


@pytest.mark.parametrize("number", range(DISKS))
def test_a_disk_that_fills_loses_nothing(
    number: int, set_up: Callable[[Scene], Set], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, rng = SCENES[number % 4], random.Random(number)
    made = set_up(scene)
    more = _use(made.folder.with_name("whole")) - _use(made.folder) + 200_000
    with small_disk(tmp_path / "disk", 60_000_000) as disk:
        home = made.copy(disk.folder / "home")
        if scene.act == "background":
            monkeypatch.setattr(pipeline, "_LARGE_BYTES", 0)
        with contextlib.ExitStack() as running:
            bot = made.old and running.enter_context(home.snapshot())
            disk.resize(_use(disk.folder) + rng.randint(0, more))
            try:
                home.index()
            except StorageFullError:
                # Who starts now may not even open the catalog: SQLite needs a little room to read.
                with contextlib.suppress(StorageFullError):
                    assert _served(home, by_meaning=False) in (made.old, made.new)
            if bot:
                assert len(bot.dense("ships", 99)) == bot.searched.passages
                assert [info.source for info in bot.sources()] == sorted(made.old or ())
        disk.resize()
        _check(home, made)
