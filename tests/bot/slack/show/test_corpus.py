from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.slack.show.corpus import (
    Digest,
    digest_message,
    digest_view,
    sources_message,
    status_message,
)
from bot.slack.show.message import Message
from retrieval.index.status import FailedFile
from tests.bot.slack.show.examples import STATUS
from tests.bot.slack.show.rules import all_words, check_message

NOW = datetime(2026, 11, 24, 15, 45, tzinfo=UTC)


def words(message: Message) -> list[str]:
    return all_words(list(message.blocks))


def test_the_documents_are_listed() -> None:
    message = sources_message(STATUS)

    assert words(message) == [
        "2 documents",
        "Bridges · 2025-01-31 · city/bridges.md · 80 passages\n"
        "Tunnels · city/tunnels.md · 40 passages",
    ]
    assert message.text == (
        "2 documents. Bridges, 2025-01-31, city/bridges.md, 80 passages. "
        "Tunnels, city/tunnels.md, 40 passages."
    )


def test_of_many_documents_the_first_are_listed_and_the_rest_is_counted() -> None:
    message = sources_message(replace(STATUS, documents=9_000, sources=STATUS.sources * 4_500))

    check_message(message)
    assert words(message)[0] == "9,000 documents"
    assert words(message)[-1].endswith("\nand 8,960 more documents")


def test_an_empty_index_says_so() -> None:
    message = sources_message(replace(STATUS, documents=0, sources=()))

    assert message.text == "No documents. Nothing is indexed yet."


def test_the_status_says_how_much_how_fresh_what_waits_and_what_is_missing() -> None:
    status = replace(STATUS, failed=(FailedFile("scan.pdf", "It holds no text. Run OCR first."),))

    assert words(status_message(status, 2, "generation 8: 1 added", now=NOW)) == [
        "Status",
        "2 documents with 120 passages\n"
        "Last indexed 24 Nov 2026, 13:30 UTC (2 hours ago)\n"
        "2 questions waiting\n"
        "Last run: generation 8: 1 added\n"
        "Not indexed: 1 file\n"
        "scan.pdf: It holds no text. Run OCR first.",
    ]
    assert "No question is waiting" in words(status_message(STATUS, 0, "", now=NOW))[1]


def test_a_digest_says_how_many_and_shows_the_newest() -> None:
    digest = Digest(30, tuple(f"Line {n}" for n in range(25)))

    assert words(digest_message("Gaps", digest, "None."))[0] == "Gaps: 30, the newest 20"
    assert words(digest_message("Gaps", Digest(1, ("One.",)), "None.")) == ["Gaps: 1", "One."]
    assert all_words(digest_view("Gaps", digest, "None.")["blocks"])[0] == "Gaps: 30, the newest 20"


def test_an_empty_digest_says_so() -> None:
    assert words(digest_message("Gaps", Digest(0, ()), "Nobody has.")) == ["Gaps", "Nobody has."]
    assert all_words(digest_view("Gaps", Digest(0, ()), "Nobody has.")) == [
        *("Gaps", "Close", "Nobody has.")
    ]
