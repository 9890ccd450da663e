"""Whatever documents, people and mistakes bring, Slack takes it and nothing in it is alive."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.safe_text import displayable
from bot.slack.show.answers import (
    Dress,
    answer_message,
    help_message,
    note_message,
    shared_message,
    without_markup,
)
from bot.slack.show.corpus import (
    Digest,
    digest_message,
    digest_view,
    sources_message,
    status_message,
)
from bot.slack.show.feedback import feedback_view
from bot.slack.show.home import AdminPart, AskedBefore, home_view
from bot.slack.show.home_admin import Done
from bot.slack.show.owners import owners_message
from bot.slack.show.passages import MAX_QUOTE_CHARS, passages_view
from bot.slack.show.running import (
    progress_message,
    report_message,
    run_failed_message,
)
from bot.slack.show.verdicts import checking_view, failed_view, verdicts_message, verdicts_view
from retrieval.answer.opened import Opened
from retrieval.index.run import Progress
from retrieval.index.status import CorpusStatus, FailedFile
from retrieval.ingest.report import IndexReport
from retrieval.model import Answer, Refusal, SentenceRole, Verdict
from tests.bot.slack.show.hostile import (
    answers,
    opened,
    optional,
    refusals,
    statuses,
    texts,
    verdicts,
    written,
)
from tests.bot.slack.show.rules import (
    ORIGIN,
    blocks_of,
    bold_words,
    check_message,
    check_shown_view,
    paragraphs,
    without_spaces,
)

often = settings(max_examples=30)
dresses = st.builds(
    Dress,
    answer_id=st.just("a1"),
    has_owners=st.booleans(),
    is_private=st.booleans(),
    note=written,
    handed_on=written,
    gap_reported=st.booleans(),
)
digests = st.builds(Digest, st.integers(0, 10**6), st.lists(texts, max_size=30).map(tuple))
asked_before = st.builds(
    AskedBefore,
    question=texts,
    outcome=st.sampled_from(["answered", "not_answered", "busy"]) | written,
    at=st.floats(allow_nan=True, allow_infinity=True),
    permalink=st.none() | st.just(f"{ORIGIN}archives/C1/p1?thread_ts=1.2&cid=C1"),
)


def quotations_of(result: Answer | Refusal) -> set[str]:
    """How each quotation reads where it is shown: whole, with its numbers."""
    return {
        without_spaces(f"{displayable(s.text)}{''.join(f'[{n}]' for n in s.citations)}")
        for s in set(result.sentences)
        if s.kind is SentenceRole.QUOTE
    }


@often
@given(answers(), dresses)
def test_an_answer(result: Answer, dress: Dress) -> None:
    message = answer_message(result, dress)

    check_message(message)
    check_message(without_markup(message))
    (block,) = blocks_of(message, "markdown")
    shown = {without_spaces(t) for kind, t in paragraphs(block["text"]) if kind == "quotation"}
    assert shown <= quotations_of(result)


@often
@given(refusals(), dresses, texts)
def test_a_refusal(result: Refusal, dress: Dress, question: str) -> None:
    for message in (answer_message(result, dress), shared_message(question, result, dress)):
        check_message(message)
        (block,) = blocks_of(message, "markdown")
        shown = {without_spaces(t) for kind, t in paragraphs(block["text"]) if kind == "quotation"}
        assert shown <= quotations_of(result)


@often
@given(refusals(), texts, written)
def test_a_question_for_the_owners(result: Refusal, question: str, asker: str) -> None:
    link = f"{ORIGIN}archives/C1/p1?thread_ts=1.2&cid=C1"

    check_message(owners_message(question, "U0MEMBER", result, link))
    check_message(owners_message(question, asker, result, None))


@often
@given(st.lists(opened(), max_size=6), st.sampled_from([1, 1, 500]), st.booleans())
def test_passages(found: list[Opened], times: int, are_nearest: bool) -> None:
    check_shown_view(passages_view(found * times, are_nearest=are_nearest))


@often
@given(opened())
def test_an_opened_quotation_is_whole_and_bold(one: Opened) -> None:
    bold = bold_words(passages_view([one])["blocks"])

    if len(one.quote) <= MAX_QUOTE_CHARS:
        assert bold == displayable(one.quote)
    else:
        beginning = bold.removesuffix(" …")
        assert displayable(one.quote).startswith(beginning)
        assert len(beginning) < len(one.quote)


@often
@given(texts, st.lists(verdicts(), max_size=4), st.sampled_from([1, 1, 300]), st.booleans())
def test_verdicts(text: str, found: list[Verdict], times: int, is_kept: bool) -> None:
    message = verdicts_message(text, found * times, "a1", is_kept=is_kept)

    check_message(message)
    check_shown_view(verdicts_view(text, found * times))
    quotes = {without_spaces(displayable(c.quote)) for v in found for c in v.citations}
    for block in blocks_of(message, "markdown"):
        for kind, shown in paragraphs(block["text"]):
            assert kind == "paragraph" or without_spaces(shown).rpartition("[")[0] in quotes


@often
@given(
    written,
    st.none() | statuses(),
    st.lists(texts, max_size=5),
    st.lists(asked_before, max_size=7),
    digests,
    written,
)
def test_a_home(
    name: str,
    status: CorpusStatus | None,
    suggestions: list[str],
    asked: list[AskedBefore],
    digest: Digest,
    line: str,
) -> None:
    done = tuple(Done(said, "U0ADMIN", said, f"{said}.") for said in digest.lines)
    admin = AdminPart(status, line, digest, digest, line, done) if status else None

    check_shown_view(home_view(name, status, suggestions, asked, admin, just_asked=line))


@often
@given(statuses(), digests, texts)
def test_lists(status: CorpusStatus, digest: Digest, text: str) -> None:
    check_message(sources_message(status))
    check_message(status_message(status, len(text), text, in_work=text))
    check_message(digest_message(text, digest, text))
    check_shown_view(digest_view(text, digest, text))


@given(texts, texts, written)
def test_notes_and_modals(text: str, other: str, name: str) -> None:
    for message in (note_message(text), run_failed_message(text, other)):
        check_message(message)
        check_message(without_markup(message))
    check_message(help_message(name, is_admin=True), with_lists=True)
    for view in (checking_view(text), failed_view(text), feedback_view("a1", text, bool(other))):
        check_shown_view(view)


@given(
    st.lists(st.builds(FailedFile, texts, texts), max_size=20).map(tuple),
    st.integers(0, 10**9),
    st.floats(0, 10**9),
    optional,
)
def test_runs(
    failed: tuple[FailedFile, ...], number: int, seconds: float, source: str | None
) -> None:
    report = IndexReport(number, number, number, number, 0, 0, number, failed, seconds)

    reached = Progress(number // 2, number, number, source or "", seconds, seconds)

    check_message(report_message(report))
    check_message(progress_message(reached, "run"))
