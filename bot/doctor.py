"""`onrecord doctor`: look at each part of the set-up and say what to do about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.chat_model import chat_model
from bot.environment import tracing_note
from bot.findings import Finding
from bot.services import open_index
from retrieval.errors import OnrecordError
from retrieval.model import Answer, Question

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.answer.chain import Answerer
    from retrieval.index.reader import Index

NONSENSE = "Which colour did the Quonxian zantor Brivelda Plorch give her seventh glimmerwort?"
_UNUSED = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
_MODES = {
    True: "the bot token and the app token are set: Socket Mode",
    False: "the bot token and the signing secret are set: HTTP mode",
}


def diagnose(settings: Settings) -> Iterator[Finding]:
    """Look at the documents, the models, the index, what it answers, and Slack."""
    yield Finding("Settings", "every name and value is valid")
    yield _finding("Documents", lambda: _documents(settings))
    yield _finding("Collections", lambda: _collections(settings))
    yield _finding("Embedding model", lambda: _embedding_model(settings))
    yield _finding("Judges", _judges)
    yield _finding("Chat model", lambda: chat_model(settings))
    yield from _answering(settings)
    yield from _environment(settings)
    yield from _slack(settings)


def _finding(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part, look())
    except OnrecordError as error:
        return Finding(part, error.message, error.remedy)


def _documents(settings: Settings) -> str:
    from bot.audiences import read_collections
    from retrieval.ingest.files import find_files

    folders = read_collections(settings.collections).folders
    listing = find_files(settings.corpus_dir, folders or {})
    if not listing.files:
        raise OnrecordError(
            f"{settings.corpus_dir} holds no document.",
            "Put .txt, .md, .html, .pdf or .docx files there and run `onrecord index`.",
        )
    if listing.failures:
        first = listing.failures[0]
        raise OnrecordError(
            f"{len(listing.failures)} of {settings.corpus_dir} cannot be read: {first.source}.",
            str(first.error),
        )
    passed_over = f", {len(listing.unsupported)} of other formats" if listing.unsupported else ""
    return f"{len(listing.files)} in {settings.corpus_dir}{passed_over}"


def _collections(settings: Settings) -> str:
    from bot.audiences import read_collections

    found = read_collections(settings.collections)
    if not found.is_set:
        return "none are defined: every member may see every document"
    if found.unseen:
        raise OnrecordError(
            f"Nobody may see {', '.join(found.unseen)}.",
            "Name people, groups or channels there, or everyone = true.",
        )
    return f"{', '.join(found.audiences)}: each has an audience"


def _embedding_model(settings: Settings) -> str:
    from retrieval.index.embeddings import open_embedder

    return open_embedder(settings.embedding_model).name


def _judges() -> str:
    """Load the weights and read with them: a file that is missing or damaged shows here."""
    from retrieval.answer.encoding import Reading
    from retrieval.answer.judge import load_decision
    from retrieval.answer.models import answers_model, supports_model
    from retrieval.answer.verify import load_verifier

    pair = [Reading("When did the bridge open?", "The bridge opened in 1932.")]
    try:
        load_decision()
        load_verifier()
        answers_model().read(pair)
        supports_model().weigh(pair)
    except Exception as error:  # each library that reads weights raises its own kinds
        raise OnrecordError(
            f"The weights cannot be read ({type(error).__name__}: {error}).",
            "Install Onrecord again, with everything in retrieval/weights.",
        ) from error
    return "the weights of both are there and can be read with"


def _answering(settings: Settings) -> Iterator[Finding]:
    """The index, and whether it answers what it can and refuses what it cannot."""
    try:
        with open_index(settings) as index:
            yield from _asked(settings, index)
    except OnrecordError as error:
        yield Finding("Index", error.message, error.remedy)


def _asked(settings: Settings, index: Index) -> Iterator[Finding]:
    from retrieval.answer.chain import Answerer
    from retrieval.answer.judge import Strictness

    yield _published(index)
    yield _finding("Vectors", lambda: _vectors(index))
    answerer = Answerer(index, Strictness(settings.strictness))
    yield _known_question(answerer)
    yield _nonsense(answerer)


def _published(index: Index) -> Finding:
    status = index.snapshot().status()
    fact = (
        f"generation {status.generation}, {status.documents} documents, {status.passages} "
        f"passages, indexed {status.published_at}, built with this version and embedding model"
    )
    if not status.failed:
        return Finding("Index", fact)
    first = status.failed[0]
    return Finding(
        "Index",
        f"{fact}; {len(status.failed)} could not be read, for instance {first.source}",
        first.error,
    )


def _vectors(index: Index) -> str:
    return f"{index.count_vectors()} in {index.place}"


def _known_question(answerer: Answerer) -> Finding:
    suggested = answerer.suggestions()
    if suggested:
        return Finding("Known question", f"“{suggested[0]}” is answered")
    return Finding("Known question", "no heading makes a question to try; ask one of your own")


def _nonsense(answerer: Answerer) -> Finding:
    result = answerer.ask(Question(NONSENSE))
    if isinstance(result, Answer):
        return Finding(
            "Nonsense",
            f"“{NONSENSE}” is answered: {result.text}",
            "Set ONRECORD_STRICTNESS=careful, and measure with `onrecord eval`.",
        )
    return Finding("Nonsense", f"a question about nothing is refused ({result.reason})")


def _environment(settings: Settings) -> Iterator[Finding]:
    there = [name for name in _UNUSED if os.environ.get(name)]
    if there:
        yield Finding(
            "Environment", f"{' and '.join(there)} set, and not used: the bot token is enough"
        )
    if note := tracing_note(wanted=settings.tracing):
        yield Finding("Tracing", note)


def _slack(settings: Settings) -> Iterator[Finding]:
    bot, app = settings.slack_bot_token, settings.slack_app_token
    secret = settings.slack_signing_secret
    if not (bot or app or secret):
        yield Finding("Slack", "no tokens are set; `onrecord serve` opens the local workspace")
    elif bot is None:
        has = "SLACK_APP_TOKEN" if app else "SLACK_SIGNING_SECRET"
        yield Finding(
            "Slack",
            f"{has} is set, but SLACK_BOT_TOKEN is not set",
            "Set it as well, or none of them.",
        )
    elif not (app or secret):
        yield Finding(
            "Slack",
            "SLACK_BOT_TOKEN is set, but SLACK_APP_TOKEN is not set",
            "Set it as well (or SLACK_SIGNING_SECRET, for HTTP mode), or none of them.",
        )
    else:
        both = "; the signing secret is set as well, and not used" if app and secret else ""
        yield Finding("Slack", _MODES[app is not None] + both)
        yield from _installed(settings)


def _installed(settings: Settings) -> Iterator[Finding]:
    from bot.audiences import read_collections
    from bot.slack.checkup import check_up
    from bot.slack.connect import SlackAccess

    bot, app = settings.slack_bot_token, settings.slack_app_token
    secret = settings.slack_signing_secret
    access = SlackAccess(
        bot.get_secret_value() if bot else "",
        app.get_secret_value() if app else "",
        settings.slack_api_url,
        signing_secret=secret.get_secret_value() if secret else "",
        http_host=settings.http_host,
        http_port=settings.http_port,
    )
    yield from _admins(settings)
    try:
        collections = read_collections(settings.collections)
    except OnrecordError:
        collections = None  # what is wrong with the file has been said
    yield from check_up(
        access,
        admins=settings.admins,
        owners_channel=settings.owners_channel,
        collections=collections,
    )


def _admins(settings: Settings) -> Iterator[Finding]:
    if not settings.admins and not settings.trust_workspace_admins:
        yield Finding("Admins", "none (ONRECORD_ADMINS): nobody can re-index from Slack")
    if not settings.owners_channel:
        yield Finding(
            "Owners' channel", "none (ONRECORD_OWNERS_CHANNEL): refusals offer no person to ask"
        )
