"""An index lives through whatever is done to it as a plain Python dictionary would."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot import cancelling
from bot.cancelling import cancellable
from retrieval.errors import (
    EmbeddingError,
    NoIndexError,
    NothingKeptError,
    RunCancelledError,
    UsageError,
)
from retrieval.index.run import Start, cancel, running
from retrieval.index.vectors import Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.ingest.compact import compact_index
from retrieval.ingest.probes import Probes
from retrieval.ingest.verify import verify_index
from tests.retrieval.ingest.home import Home

LIVES = int(os.environ.get("LIVES", "1"))
"""How many indexes live."""
EVENTS = 15
"""What happens to each."""

SOURCES = st.sampled_from(["a.txt", "b.txt", "c/d.txt", "c/e.txt"])
TEXTS = st.integers(0, 3).map(lambda n: f"Report {n} counts {n * 7919} ships.")
STEPS = st.sampled_from(
    [
        (Vectors, "add"),
        (Probes, "check"),
        (CatalogWriter, "publish"),
        (CatalogWriter, "count_misplaced"),
        (Vectors, "delete"),
        (Vectors, "drop_others"),
    ]
)


class Life(RuleBasedStateMachine):
    """A corpus folder and its index, beside what they must hold."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.home = Home(Path(self._folder.name))
        self.files: dict[str, str] = {}
        self.published: dict[str, str] = {}
        self.kept: dict[str, str] | None = None
        self.generation = 0

    @rule(source=SOURCES, text=TEXTS)
    def write(self, source: str, text: str) -> None:
        self.home.write(source, text)
        self.files[source] = text

    @rule(source=SOURCES)
    def remove(self, source: str) -> None:
        if self.files.pop(source, None) is not None:
            (self.home.corpus / source).unlink()

    @rule(source=SOURCES, other=SOURCES)
    def rename(self, source: str, other: str) -> None:
        if source in self.files and source != other:
            (self.home.corpus / other).parent.mkdir(exist_ok=True)
            (self.home.corpus / source).replace(self.home.corpus / other)
            self.files[other] = self.files.pop(source)

    @rule()
    def index(self) -> None:
        if not self.files:
            with pytest.raises(UsageError):
                self.home.index()
            return
        report = self.home.index()
        assert report.sources == len(self.files)
        self._publish(self.files)
        assert report.generation == self.generation

    @rule()
    def fail(self) -> None:
        self.home.embedder.fails = True
        with suppress(EmbeddingError, UsageError):  # nothing new to embed: it may succeed
            self.home.index()
            self._publish(self.files)
        self.home.embedder.fails = False

    @rule(step=STEPS, after=st.booleans())
    def crash(self, step: tuple[type, str], after: bool) -> None:
        def die() -> None:
            raise SystemError("the power went")

        with at_step(step, after, die), suppress(SystemError, UsageError):
            self.home.index()
        self._find_published()

    @rule(step=STEPS, after=st.booleans())
    def cancel(self, step: tuple[type, str], after: bool) -> None:
        start = Start("the test")

        def wait_for_the_end() -> None:
            assert cancel(self.home.data, "somebody", start.id)
            assert not Event().wait(10), "nobody has ended it"

        with (
            at_step(step, after, wait_for_the_end),
            suppress(RunCancelledError, UsageError),
            cancellable(self.home.data, start),
        ):
            self.home.index(start=start)
        assert running(self.home.data) is None
        self._find_published()

    @rule()
    def roll_back(self) -> None:
        if self.kept is None:
            with pytest.raises((NothingKeptError, NoIndexError)):
                self.home.roll_back()
            return
        self.home.roll_back()
        self._publish(self.kept)

    @precondition(lambda self: self.published)
    @rule()
    def compact(self) -> None:
        compact_index(self.home.data, embedder=self.home.embedder)

    @precondition(lambda self: self.published)
    @rule()
    def verify(self) -> None:
        found = verify_index(self.home.data, embedder=self.home.embedder)
        assert {fault.kind for fault in found.faults} <= {"orphans"}  # of a run that died

    @invariant()
    def serves_what_was_published(self) -> None:
        assert self.served() == self.published

    def served(self) -> dict[str, str]:
        try:
            self.home.served()  # everything is found by meaning
            with self.home.snapshot() as snapshot:
                found = {info.source: snapshot.document(info.source) for info in snapshot.sources()}
        except NoIndexError:
            return {}
        return {source: document.text for source, document in found.items() if document}

    def _find_published(self) -> None:
        """Find out whether a run had published when it ended early."""
        if self.served() != self.published:
            self._publish(self.files)

    def _publish(self, documents: dict[str, str]) -> None:
        if documents != self.published:
            self.kept = self.published or None
            self.published = dict(documents)
            self.generation += 1

    def teardown(self) -> None:
        self._folder.cleanup()


@contextmanager
def at_step(step: tuple[type, str], after: bool, do: Callable[[], None]) -> Iterator[None]:
    """Do something before or after a step of each run."""
    owner, name = step
    original = getattr(owner, name)

    def stepped(*arguments: object, **named: object) -> object:
        if not after:
            do()
        result = original(*arguments, **named)
        if after:
            do()
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, stepped)
        patch.setattr(cancelling, "_LOOK_S", 0.01)
        yield


class TestLife(Life.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(
        max_examples=LIVES,
        stateful_step_count=EVENTS,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
