"""Canaries: what keeps a generation from being published, and what is said of it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.answer.canaries import Canary, read_canaries
from retrieval.answer.chain import Answerer
from retrieval.errors import CanaryError, UsageError
from retrieval.index.reader import Index
from retrieval.index.unpublished import Unpublished
from retrieval.ingest.files import find_files
from retrieval.ingest.pipeline import Check, IndexReport, index_corpus
from retrieval.model import Answer, Reason, Refusal
from tests.bot.examples import answer, refusal
from tests.retrieval.ingest.home import ALLOWED, Home

CITED = "city/bridges.md"


@pytest.mark.parametrize(
    ("canary", "result", "fails"),
    [
        (Canary("When?", True), answer(), None),
        (Canary("When?", True, CITED), answer(), None),
        (Canary("When?", False), refusal(), None),
        (
            Canary("When?", True, "other.md"),
            answer(),
            f"“When?” must be answered from other.md, and was answered from {CITED}.",
        ),
        (Canary("When?", False), answer(), f"must be refused, and was answered from {CITED}."),
        (Canary("When?", True), refusal(), "must be answered, and was refused (not_answered)."),
        (
            Canary("When?", False),
            Refusal("When?", Reason.ERROR, "It broke.", 7),
            "must be refused, and was refused (error).",
        ),
    ],
)
def test_a_canary_knows_what_must_come(
    canary: Canary, result: Answer | Refusal, fails: str | None
) -> None:
    said = canary.failure(result)
    assert said is None if fails is None else said is not None and said.endswith(fails)


def write(folder: Path, *canaries: object) -> None:
    lines = (c if isinstance(c, str) else json.dumps(c) for c in canaries)
    (folder / "canaries.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("not JSON", "no JSON object"),
        ("[]", "no JSON object"),
        ({"question": "When?", "outcome": "answered", "sauce": "a.md"}, "no JSON object with"),
        ({"question": " ", "outcome": "answered"}, "no question"),
        ({"question": "When?"}, "no outcome"),
        ({"question": "When?", "outcome": "maybe"}, "no outcome"),
        ({"question": "When?", "outcome": "refused", "source": "a.md"}, "a source that no answer"),
        ({"question": "When?", "outcome": "answered", "source": 3}, "a source that no answer"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: object, what: str) -> None:
    write(tmp_path, {"question": "When?", "outcome": "answered"}, "", line)
    with pytest.raises(UsageError, match=f"line 3 has {what}|line 3 is {what}") as caught:
        read_canaries(tmp_path)
    assert '"outcome": "answered"' in caught.value.remedy


def test_without_a_file_nothing_is_asked_and_the_file_is_no_document(tmp_path: Path) -> None:
    assert read_canaries(tmp_path) is None
    write(tmp_path, {"question": "When?", "outcome": "answered"})
    listing = find_files(tmp_path)
    assert (listing.files, listing.unsupported) == ((), ())


class Watched(Home):
    """A home whose generations are looked at before they are published."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seen: list[tuple[int, list[str], str]] = []
        """Generation, sources and the passage nearest to a bridge."""
        self.identity = "1"
        self.fails = False

    def run(self) -> IndexReport:
        return index_corpus(
            self.corpus,
            self.data,
            embedder=self.embedder,
            options=ALLOWED,
            check=Check(self._look, self.identity),
        )

    def _look(self, unpublished: Unpublished) -> None:
        snapshot = unpublished.snapshot()
        (near, _), *_ = snapshot.dense("a\nAlpha opened the bridge.", 1)
        ((word, _),) = snapshot.lexical(["alpha"], 9)
        assert near == word
        (passage,) = snapshot.passages([near])
        assert snapshot.quote(passage.source, passage.start, passage.end) == passage.text
        self.seen.append(
            (snapshot.generation, [s.source for s in snapshot.sources()], passage.text)
        )
        if self.fails:
            raise CanaryError("1 of 1 canaries failed.", "Correct it.")


@pytest.fixture
def home(tmp_path: Path) -> Watched:
    made = Watched(tmp_path)
    made.write("a.txt", "Alpha opened the bridge.")
    made.write("b.txt", "Bravo closed the tunnel.")
    made.run()
    return made


def test_a_generation_is_looked_at_as_it_will_be_before_anybody_sees_it(home: Watched) -> None:
    home.write("a.txt", "Alpha tore down the bridge.")
    (home.corpus / "b.txt").unlink()
    with closing(Index.open(home.data, home.embedder)) as index:
        home.fails = True
        with pytest.raises(CanaryError):
            home.run()
        assert index.snapshot().generation == 1
        home.fails = False
        home.run()
        assert index.snapshot().generation == 2
    assert home.seen == [
        (1, ["a.txt", "b.txt"], "Alpha opened the bridge."),
        (2, ["a.txt"], "Alpha tore down the bridge."),
        (2, ["a.txt"], "Alpha tore down the bridge."),
    ]
    assert home.served() == {"a.txt": "Alpha tore d"}


def test_a_generation_that_does_not_pass_leaves_nothing_behind(home: Watched) -> None:
    old, vectors = home.served(), home.vectors()
    home.write("a.txt", "Alpha tore down the bridge.")
    home.fails = True
    with pytest.raises(CanaryError):
        home.run()
    assert home.served() == old
    home.write("a.txt", "Alpha opened the bridge.")
    home.fails = False
    assert home.run().generation == 1
    assert home.vectors() == vectors


def test_what_has_passed_is_not_looked_at_again_unless_for_something_else(home: Watched) -> None:
    home.run()
    assert len(home.seen) == 1
    home.identity = "2"
    home.fails = True
    for looked in (2, 3):
        with pytest.raises(CanaryError):
            home.run()
        assert len(home.seen) == looked
    home.fails = False
    home.run()
    home.run()
    assert len(home.seen) == 4


def test_canaries_are_asked_of_the_judges(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write("bridge.md", "# The bridge\n\nThe old bridge opened in 1932.\n")
    write(
        home.corpus,
        {"question": "When did the old bridge open?", "outcome": "answered", "source": "bridge.md"},
        {"question": "Who is the king of Norway?", "outcome": "refused"},
    )

    def run() -> IndexReport:
        canaries = read_canaries(home.corpus)
        assert canaries is not None
        return index_corpus(
            home.corpus,
            home.data,
            embedder=home.embedder,
            check=Check(lambda found: canaries.check(Answerer(found)), canaries.identity),
        )

    assert run().generation == 1
    home.write("bridge.md", "# The bridge\n\nIt is closed for repairs.\n")
    with pytest.raises(CanaryError) as caught:
        run()
    assert caught.value.message.startswith(
        "1 of 2 canaries failed. “When did the old bridge open?” must be answered from bridge.md, "
        "and was refused ("
    )
    with home.snapshot() as snapshot:
        assert snapshot.quote("bridge.md", 14, 45) == "The old bridge opened in 1932.\n"
