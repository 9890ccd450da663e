from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from langchain_core.tracers.langchain import wait_for_all_tracers
from langsmith.utils import get_env_var

from retrieval.answer.chain import Answerer
from retrieval.answer.judge import Strictness
from retrieval.model import Answer, Label, Question, Reason, Refusal, Turn
from tests.retrieval.answer.conftest import Library

Maker = Callable[[Mapping[str, str]], Library]
BRIDGE = {"bridge.txt": "The bridge over the Zarn opened in 1998. It carries 40,000 cars a day.\n"}
QUESTION = Question("When did the bridge over the Zarn open?")
CLAIM = "The bridge over the Zarn opened in 1998."


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("When did the port of Vessa reopen?", "reopened on March 12, 2025"),
        ("How many fishing boats did the storm sink?", "sank 14 fishing boats"),
        ("How long does the warranty of the Aquila 300 last?", "The warranty lasts 36 months"),
        ("How do I reset the pump?", "hold the green button"),
        ("Why did the nightly backup fail?", "the disk was full"),
        ("hi, can you tell me when unused leave expires?", "Unused leave expires on 31 March."),
    ],
)
def test_a_question_is_answered_by_quoting(library: Library, question: str, quoted: str) -> None:
    result = library.answerer.ask(Question(question))
    assert isinstance(result, Answer)
    assert quoted in result.text


def test_a_message_is_quoted_with_the_one_that_overtakes_it(make_library: Maker) -> None:
    chat = (
        "Nora (2026-05-04 10:01): Dinner on Friday is at the Blue Lantern.\n"
        "Sam (2026-05-05 10:20): The train leaves at nine.\n"
        "Nora (2026-05-06 09:15): The Blue Lantern has cancelled, dinner is at the Mill.\n"
    )
    library = make_library({"offsite.txt": chat})
    result = library.answerer.ask(Question("Where is dinner on Friday?"))
    assert isinstance(result, Answer)
    assert "dinner is at the Mill" in result.text


def test_what_is_said_of_a_namesake_is_no_answer_but_pointed_to(make_library: Maker) -> None:
    profile = "# August Heckscher\n\nHeckscher was born in Hamburg. He moved to New York in 1867.\n"
    library = make_library({"august.md": profile})
    result = library.answerer.ask(Question("Where was Eli Heckscher born?"))
    assert isinstance(result, Refusal)
    assert "Hamburg" in result.nearest[0].quote
    library.publish({"eli.md": "# Eli Heckscher\n\nHeckscher was born in Stockholm.\n"})
    result = library.answerer.ask(Question("Where was Eli Heckscher born?"))
    assert isinstance(result, Answer)
    assert [c.quote for c in result.citations] == ["Heckscher was born in Stockholm."]


def test_a_misspelt_word_is_looked_for_as_the_documents_spell_it(library: Library) -> None:
    result = library.answerer.ask(Question("when did the port of vessa repoen"))
    assert isinstance(result, Answer)
    assert "reopened on March 12, 2025" in result.text
    assert result.looked_for == "when did the port of vessa reopen"


def test_an_unknown_name_is_not_taken_for_a_known_one(library: Library) -> None:
    result = library.answerer.ask(Question("When did the port of Vesso reopen?"))
    assert result.looked_for is None


def test_a_row_is_read_with_the_names_of_its_columns(library: Library) -> None:
    result = library.answerer.ask(Question("what is the expense limit for a taxi"))
    assert isinstance(result, Answer)
    assert "Taxi | 40 euros" in result.text


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Xylophone quokka?", Reason.NOTHING_FOUND),
        ("Who is the captain of the ferry to Ostra?", Reason.NOT_ANSWERED),
        ("Why will the eastern pier be demolished?", Reason.CONTRADICTED),
        ("", Reason.UNCLEAR),
        (" \n\t", Reason.UNCLEAR),
        ("*** <> `` ~~", Reason.UNCLEAR),
        ("?!?!", Reason.UNCLEAR),
        ("who is it and what are those?", Reason.UNCLEAR),
    ],
)
def test_a_refusal_says_why(library: Library, question: str, reason: Reason) -> None:
    result = library.answerer.ask(Question(question))
    assert isinstance(result, Refusal)
    assert result.reason is reason
    assert result.message


def test_a_refusal_names_what_no_document_mentions(library: Library) -> None:
    result = library.answerer.ask(Question("Who is the captain of the ferry to Ostra?"))
    assert isinstance(result, Refusal)
    assert "“captain”" in result.message
    assert result.nearest


def test_a_false_premise_is_set_right_with_a_quotation(library: Library) -> None:
    result = library.answerer.ask(Question("Why will the eastern pier be demolished?"))
    assert isinstance(result, Refusal)
    assert "denied reports" in result.citations[0].quote


def test_a_follow_up_is_read_with_the_question_before_it(library: Library) -> None:
    history = (Turn("ada", "How long does the warranty of the Aquila 300 last?"), Turn("bot", "36"))
    result = library.answerer.ask(Question("and does it cover frost?", history))
    assert isinstance(result, Answer)
    assert "does not cover damage by frost" in result.text
    assert result.looked_for == "and does the warranty of the Aquila 300 cover frost?"


def test_the_same_question_gets_the_same_answer(library: Library) -> None:
    question = Question("What did the storm damage?")
    again = Answerer(library.index)
    assert library.answerer.ask(question) == again.ask(question) == again.ask(question)


def test_an_explanation_names_the_gate(library: Library) -> None:
    result, explanation = library.answerer.ask_explained(Question("What of the captain?"))
    assert isinstance(result, Refusal)
    assert explanation.gate == "decide"
    assert explanation.score is not None
    assert explanation.threshold is not None
    assert explanation.score < explanation.threshold
    first, last = explanation.considered[0], explanation.considered[-1]
    assert first.probability >= last.probability
    assert first.features["logit"] == pytest.approx(first.logit / 10)
    assert first.span is None or first.span in first.text


def test_a_stricter_answerer_answers_no_more(library: Library) -> None:
    questions = [Question(q) for q in ("What did the storm damage?", "Who owns the old pier?")]
    counts = [
        sum(isinstance(Answerer(library.index, level).ask(q), Answer) for q in questions)
        for level in (Strictness.CAREFUL, Strictness.BALANCED, Strictness.EAGER)
    ]
    assert counts == sorted(counts)


@pytest.mark.parametrize("size", [2_000, 50_000, 1_000_000])
def test_a_question_of_any_length_gets_a_result(library: Library, size: int) -> None:
    question = Question(("When did the port of Vessa reopen? " + "lorem " * size)[:size])
    result = library.answerer.ask(question)
    assert result.question == question.text
    assert not (isinstance(result, Refusal) and result.reason is Reason.ERROR)


def test_a_claim_too_long_to_compare_whole_is_never_supported(library: Library) -> None:
    claim = "The port of Vessa reopened on March 12, 2025." + " the" * 1_000 + " It sank."
    verdict = library.answerer.check(claim)
    assert verdict.label is Label.NOT_IN_CORPUS
    assert verdict.message.startswith("Not checked")
    assert verdict.claim == claim


@pytest.mark.parametrize("claim", ["", "  ", "?!", "it was what they were"])
def test_a_claim_of_nothing_is_said_to_be_unchecked(library: Library, claim: str) -> None:
    verdict = library.answerer.check(claim)
    assert verdict.label is Label.NOT_IN_CORPUS
    assert verdict.message.startswith("Not checked")


def test_threads_get_the_answers_that_one_alone_gets(library: Library) -> None:
    questions = [
        Question(text)
        for text in (
            "When did the port of Vessa reopen?",
            "How do I reset the pump?",
            "Who is the captain of the ferry to Ostra?",
            "Why will the eastern pier be demolished?",
        )
    ]
    alone = [library.answerer.ask(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(library.answerer.ask, questions * 10))
    assert together == alone * 10


def test_an_answer_follows_what_is_published(make_library: Maker) -> None:
    made = make_library(BRIDGE)
    before = made.answerer.ask(QUESTION)
    made.publish({"bridge.txt": "The bridge over the Zarn opened in 2003.\n"})
    after = made.answerer.ask(QUESTION)
    assert isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert "1998" in before.text
    assert "2003" in after.text
    assert after.generation > before.generation


class TestDamage:
    """What is broken under the chain is told without details; those are in the log."""

    def _assert_told(
        self, made: Library, caplog: pytest.LogCaptureFixture, words: str, logged: str
    ) -> None:
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            result, verdict = made.answerer.ask(QUESTION), made.answerer.check(CLAIM)
        assert isinstance(result, Refusal)
        assert result.reason is Reason.ERROR
        assert words in result.message
        assert verdict.label is Label.NOT_IN_CORPUS
        assert verdict.message.startswith("Not checked.")
        assert words in verdict.message
        for shown in (result.text, verdict.text):
            assert str(made.data) not in shown
            assert "sqlite" not in shown.lower()
        assert caplog.text.count(logged) == 2
        assert "Zarn" not in caplog.text

    def test_a_deleted_catalog(self, make_library: Maker, caplog: pytest.LogCaptureFixture) -> None:
        made = make_library(BRIDGE)
        for file in made.data.glob("catalog.sqlite3*"):
            file.unlink()
        self._assert_told(made, caplog, "Nothing is indexed", "NoIndexError")

    def test_deleted_vectors(self, make_library: Maker, caplog: pytest.LogCaptureFixture) -> None:
        made = make_library(BRIDGE)
        shutil.rmtree(made.data / "chroma")
        self._assert_told(made, caplog, "The index cannot be read", "IndexDamagedError")

    def test_a_catalog_damaged_on_the_way(
        self, make_library: Maker, caplog: pytest.LogCaptureFixture
    ) -> None:
        made = make_library(BRIDGE)
        with closing(sqlite3.connect(made.data / "catalog.sqlite3")) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%fts5%'")
            for (table,) in tables.fetchall():
                connection.execute(f"DROP TABLE {table}")
            connection.commit()
        self._assert_told(made, caplog, "The index cannot be read", "IndexDamagedError")

    def test_a_document_changed_behind_the_index(
        self, make_library: Maker, caplog: pytest.LogCaptureFixture
    ) -> None:
        made = make_library(BRIDGE)
        snapshot = made.index.snapshot()
        assert snapshot.quote("bridge.txt", 0, 10) == "The bridge"
        del snapshot
        _replace_everywhere(made, "opened in 1998", "opened in 2055")
        result = made.answerer.ask(QUESTION)
        assert not (isinstance(result, Answer) and "1998" in result.text)


def _replace_everywhere(made: Library, old: str, new: str) -> None:
    """Change the stored document but not the passages made of it."""
    with closing(sqlite3.connect(made.data / "catalog.sqlite3")) as connection:
        changed = 0
        for table, column in _text_columns(connection):
            if "doc" in table or "source" in table or "text" in table:
                changed += connection.execute(
                    f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (old, new)
                ).rowcount
        connection.commit()
    assert changed


def _text_columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        (table, row[1])
        for (table,) in tables
        if "fts" not in table
        for row in connection.execute(f"PRAGMA table_info({table})")
        if row[1] == "text"
    ]


class _Collector(BaseHTTPRequestHandler):
    requests: list[str]

    def do_GET(self) -> None:
        self.server.requests.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    do_POST = do_PATCH = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize(
    ("name", "traced"),
    [
        ("LANGSMITH_TRACING", False),
        ("LANGCHAIN_TRACING_V2", False),
        ("LANGCHAIN_TRACING", False),
        ("LANGSMITH_TRACING", True),
    ],
)
def test_questions_stay_here_unless_tracing_is_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch, name: str, traced: bool
) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Collector)
    server.requests = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        monkeypatch.setenv(name, "true")
        for setting, value in {
            "ENDPOINT": f"http://127.0.0.1:{server.server_port}",
            "API_KEY": "not-a-key",
        }.items():
            monkeypatch.setenv(f"LANGSMITH_{setting}", value)
            monkeypatch.setenv(f"LANGCHAIN_{setting}", value)
        get_env_var.cache_clear()  # type: ignore[attr-defined]
        result = Answerer(library.index, traced=traced).ask(Question("How do I reset the pump?"))
        assert isinstance(result, Answer)
        wait_for_all_tracers()
        assert bool(server.requests) is traced  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        get_env_var.cache_clear()  # type: ignore[attr-defined]
