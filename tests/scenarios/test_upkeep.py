"""What the bot does by itself: indexing when the folder changes or the time has come."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.slack.app import SlackBot, running_bot
from bot.slack.connect import SlackAccess
from bot.slack.desk.options import BotOptions
from bot.slack.desk.upkeep import Upkeep
from bot.slack.records import RECORDS_FILE, Records
from bot.workspace.workspace import Workspace
from retrieval.answer.opened import Compared, compare
from retrieval.errors import OnrecordError
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.reader import Index
from retrieval.index.run import Progress, Start
from retrieval.ingest.pipeline import index_corpus
from retrieval.ingest.report import IndexReport
from retrieval.model import Answer, Citation, Question
from tests.bot.examples import citation
from tests.bot.slack.examples import ScriptedAnswerer, answer
from tests.scenarios.conftest import QUICK, StartBot
from tests.scenarios.test_asking import mention, replied
from tests.scenarios.test_desk import REPORT, UPKEEP

EMBEDDER = StaticEmbedder()


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records.open(tmp_path / RECORDS_FILE)) as records:
        yield records


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


class Indexing:
    """Counts runs, and lets a test say how they end."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.error: OnrecordError | None = None
        self.by: list[str] = []

    def __call__(self, progress: Callable[[Progress], None], start: Start) -> IndexReport:
        self.by.append(start.by)
        self.begun.release()
        if self.error is not None:
            raise self.error
        return REPORT


def options(workspace: Workspace, indexing: Indexing, **changes: object) -> BotOptions:
    upkeep = Upkeep(indexing, UPKEEP.rollback)
    given = BotOptions(admins=frozenset({workspace.admin.id}), upkeep=upkeep)
    return replace(given, **changes)  # type: ignore[arg-type]  # names of fields


def test_a_document_that_changes_is_indexed_without_anybody_asking(
    workspace: Workspace, start_bot: StartBot, corpus: Path, records: Records
) -> None:
    indexing = Indexing()
    bot = start_bot(ScriptedAnswerer(), options=options(workspace, indexing, watched=(corpus,)))
    assert indexing.begun.acquire(timeout=20)  # what has changed while nobody watched

    (corpus / "bridges.md").write_text("The bridge opened in 1932.")

    assert indexing.begun.acquire(timeout=20)
    bot.close()
    assert [act.outcome[:12] for act in records.audit.recent(5)] == ["generation 8"] * 2
    assert set(indexing.by) == {"a change in the folder"}
    assert workspace.messages(workspace.direct_channel_id(workspace.admin.id)) == []


def test_admins_are_told_once_of_runs_that_fail_and_once_that_they_work_again(
    workspace: Workspace, start_bot: StartBot
) -> None:
    indexing = Indexing()
    indexing.error = OnrecordError("The corpus folder is gone.", "Mount it again.")
    start_bot(ScriptedAnswerer(), options=options(workspace, indexing, reindex_every_s=0.05))

    def said() -> list[str]:
        direct = workspace.direct_channel_id(workspace.admin.id)
        return [message.text for message in workspace.messages(direct)]

    for _ in range(4):
        assert indexing.begun.acquire(timeout=20)
    assert workspace.wait_for(lambda: bool(said()))
    indexing.error = None
    assert workspace.wait_for(lambda: len(said()) == 2)
    for _ in range(4):
        assert indexing.begun.acquire(timeout=20)

    failed, well = said()
    assert "The corpus folder is gone. Mount it again." in failed
    assert "Indexing works again" in well


def test_of_several_processes_only_the_one_that_answers_indexes(
    workspace: Workspace, access: SlackAccess, tmp_path: Path
) -> None:
    requests = replace(access, app_token="", signing_secret="s3cr3t" * 4, http_port=0)
    answering, waiting = Indexing(), Indexing()

    def bot(indexing: Indexing) -> AbstractContextManager[SlackBot | None]:
        given = options(workspace, indexing, reindex_every_s=0.05)
        return running_bot(requests, tmp_path, ScriptedAnswerer(), limits=QUICK, options=given)

    with bot(answering) as first:
        assert first is not None
        assert answering.begun.acquire(timeout=20)
        with bot(waiting):
            for _ in range(4):
                assert answering.begun.acquire(timeout=20)
            assert waiting.by == []
            first.stop()
            assert waiting.begun.acquire(timeout=20)


BRIDGE = "# Bridges\n\nThe bridge of the city opened in 1932.\n"


class Library:
    """A corpus folder, its index, and a bot that answers from it with a sentence of the test's."""

    def __init__(self, corpus: Path, data: Path) -> None:
        self._corpus, self._data = corpus, data
        self.publish(BRIDGE)

    def publish(self, text: str) -> None:
        """Write the document and index, as another process does."""
        (self._corpus / "bridges.md").write_text(text, encoding="utf-8")
        index_corpus(self._corpus, self._data, embedder=EMBEDDER)

    @contextmanager
    def answerer(self, quote: str) -> Iterator[ScriptedAnswerer]:
        """Quotes the same sentence to every question, and knows what is published."""
        with closing(Index.open(self._data, EMBEDDER)) as index:

            class Quoting(ScriptedAnswerer):
                def ask(self, question: Question) -> Answer:
                    snapshot = index.snapshot()
                    document = snapshot.document("bridges.md")
                    assert document is not None
                    cited = citation(
                        quote,
                        source="bridges.md",
                        start=(start := document.text.index(quote)),
                        end=start + len(quote),
                        generation=snapshot.generation,
                    )
                    made = answer(quote)
                    return replace(made, citations=(cited,), generation=snapshot.generation)

                def generation(self) -> int:
                    return index.snapshot().generation

                def compare(self, citations: Sequence[Citation], since: int) -> Compared:
                    return compare(index.snapshot(), citations, since)

            yield Quoting()


def test_below_an_answer_it_is_said_once_that_its_document_has_changed(
    workspace: Workspace, start_bot: StartBot, corpus: Path, tmp_path: Path
) -> None:
    library = Library(corpus, tmp_path / "index")
    noticing = BotOptions(notice_days=7, notice_look_s=0.05)
    general, member = workspace.channel_id("general"), workspace.member.id
    opened = "The bridge of the city opened in 1932."

    def replies(ts: str) -> list[str]:
        return [message.text for message in workspace.replies(general, ts)]

    with library.answerer(opened) as answerer:
        bot = start_bot(answerer, options=noticing)
        asked = workspace.post_as(member, general, mention(workspace, "When did it open?"))
        assert workspace.wait_for(lambda: len(replies(asked)) == 1)
        workspace.command_as(member, general, "/onrecord ask When did it open?")
        assert workspace.wait_for(lambda: bool(workspace.ephemerals(member)))

        library.publish(f"A line before.\n\n{BRIDGE}")
        library.publish(BRIDGE.replace("1932", "1933"))
        assert workspace.wait_for(lambda: len(replies(asked)) == 2)
        bot.close()
        library.publish(BRIDGE.replace("1932", "1934"))
        bot = start_bot(answerer, options=noticing)
        calm = workspace.post_as(member, general, mention(workspace, "Is it calm?"))
        assert workspace.wait_for(lambda: bool(replies(calm)))

    assert "was changed: what I quoted as [1] does not stand there any more" in replies(asked)[1]
    assert len(replies(asked)) == 2
    assert len(workspace.ephemerals(member)) == 1

    workspace.delete_as(member, general, asked)
    assert workspace.wait_for(lambda: replies(asked) == [])


def test_a_note_whose_fate_is_unknown_is_found_after_a_restart_and_not_repeated(
    workspace: Workspace, start_bot: StartBot, corpus: Path, tmp_path: Path
) -> None:
    library = Library(corpus, tmp_path / "index")
    noticing = BotOptions(notice_days=7, notice_look_s=0.05)
    general = workspace.channel_id("general")

    with library.answerer("The bridge of the city opened in 1932.") as answerer:
        bot = start_bot(answerer, options=noticing)
        asked = workspace.post_as(workspace.member.id, general, mention(workspace, "When?"))
        replied(workspace, general, asked)
        # Slack takes the note, its word on that is lost, and until the end it says no more.
        workspace.faults.cut_after_accept()
        workspace.faults.answer_5xx(times=1_000, method="conversations.replies")
        library.publish(BRIDGE.replace("1932", "1933"))
        assert workspace.wait_for(lambda: len(workspace.replies(general, asked)) == 2)
        bot.close()
        workspace.faults.clear()
        start_bot(answerer, options=noticing)
        assert workspace.wait_for(lambda: noted(tmp_path) == ["posted"])

    assert len(workspace.replies(general, asked)) == 2


def noted(folder: Path) -> list[str]:
    """What has become of the notes."""
    with closing(sqlite3.connect(folder / RECORDS_FILE)) as file:
        return [state for (state,) in file.execute("SELECT state FROM notices")]
