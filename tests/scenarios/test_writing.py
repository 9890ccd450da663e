"""A chat model in Slack: what is posted of what it writes, and what an admin sees of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack.desk.options import BotOptions
from bot.workspace.workspace import Workspace
from retrieval.answer.chain import Answerer
from retrieval.answer.writing.asking import Asker
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.writer import Writer
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.reader import Index
from retrieval.ingest.pipeline import index_corpus
from tests.retrieval.answer.corpora import PRODUCT
from tests.retrieval.answer.writing.models import Judge, ToolModel, called, said
from tests.scenarios.conftest import StartBot

QUOTED = "The warranty lasts 36 months from the date of purchase."
WRITTEN = "From the date of purchase, the warranty lasts 36 months."
LIE = "From the date of purchase, the warranty lasts 99 years."


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    for source, text in PRODUCT.items():
        (corpus / source).parent.mkdir(parents=True, exist_ok=True)
        (corpus / source).write_text(text)
    index_corpus(corpus, data, embedder=StaticEmbedder())
    opened = Index.open(data, StaticEmbedder())
    yield opened
    opened.close()


def ask(workspace: Workspace) -> Any:
    channel = workspace.channel_id("general")
    text = f"{workspace.bot.mention} How long does the warranty of the Aquila 300 last?"
    ts = workspace.post_as(workspace.member.id, channel, text)
    assert workspace.wait_for(lambda: len(workspace.replies(channel, ts)) == 1)
    assert workspace.wait_until_delivered()
    (message,) = workspace.replies(channel, ts)
    return message


def test_what_holds_is_posted_once_and_the_rest_is_kept_for_the_admin(
    workspace: Workspace, start_bot: StartBot, index: Index
) -> None:
    replies = [called(said((WRITTEN, [1]), (LIE, [2]))), ConnectionError()]
    model = ToolModel(replies=replies)
    writer = Writer("scripted", Asker(model, timeout_s=30), Checker(Judge(), 0.5))
    admin = workspace.admin.id
    start_bot(Answerer(index, writer=writer), options=BotOptions(admins=frozenset({admin})))

    written, quoted = ask(workspace), ask(workspace)

    assert f"{WRITTEN} [1]" in written.blocks[0]["text"]
    assert "99 years" not in str(written.blocks) + written.text
    assert "pump.html" in str(written.blocks)
    assert "The chat model failed, so the documents are quoted" in quoted.blocks[0]["text"]
    assert f"> {QUOTED}" in quoted.blocks[0]["text"]
    # Nothing is shown before it is checked: each answer is one post, never changed.
    assert len(workspace.recorder.calls("chat.postMessage")) == 2
    assert not workspace.recorder.calls("chat.update")

    workspace.command_as(admin, workspace.channel_id("general"), "/onrecord written")

    assert workspace.wait_for(lambda: bool(workspace.ephemerals(admin)))
    told = workspace.ephemerals(admin)[0].text
    assert "provider failed" in told
    assert "1 posted, 1 dropped; 110 tokens" in told
    assert LIE in told
