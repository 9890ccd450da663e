from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from bot.slack.clients import web_client
from bot.slack.poster import (
    AbandonedError,
    Poster,
    Reply,
    UndeliverableError,
)
from bot.slack.render import Message, render
from bot.workspace.workspace import Workspace
from tests.bot.slack.examples import answer

POST = "chat.postMessage"


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as workspace:
        yield workspace


def make_poster(workspace: Workspace, interval_s: float = 0.0, backoff_s: float = 0.01) -> Poster:
    return Poster(
        web_client(workspace.api_url, workspace.bot_token),
        interval_s=interval_s,
        first_backoff_s=backoff_s,
    )


@pytest.fixture
def poster(workspace: Workspace) -> Poster:
    return make_poster(workspace)


@pytest.fixture
def reply(workspace: Workspace) -> Reply:
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, "a question")
    return Reply("answer-1", channel, ts, ts, render(answer()))


def posted(workspace: Workspace, reply: Reply) -> list[str]:
    return [message.ts for message in workspace.replies(reply.channel, reply.thread)]


def test_a_reply_stands_in_its_thread_and_nothing_unfurls(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply)

    assert posted(workspace, reply) == [ts]
    (call,) = workspace.recorder.calls(POST)
    assert [call.arguments[name] for name in ("unfurl_links", "unfurl_media")] == [False, False]
    assert (call.arguments["parse"], call.arguments["link_names"]) == ("none", False)


def test_a_post_that_was_cut_after_slack_took_it_is_not_repeated(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    workspace.faults.cut_after_accept()

    ts = poster.post(reply)

    assert posted(workspace, reply) == [ts]
    assert workspace.recorder.count(POST) == 1


def test_a_post_that_slack_did_not_take_is_repeated(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    workspace.faults.answer_5xx(times=3, method=POST)

    ts = poster.post(reply)

    assert posted(workspace, reply) == [ts]


def test_while_the_thread_cannot_be_read_nothing_is_posted_again(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    workspace.faults.cut_after_accept()
    workspace.faults.answer_5xx(times=7, method="conversations.replies")

    ts = poster.post(reply)

    assert posted(workspace, reply) == [ts]


def test_rate_limits_are_waited_out(workspace: Workspace, poster: Poster, reply: Reply) -> None:
    workspace.faults.answer_429(times=2, retry_after_s=0)

    ts = poster.post(reply)

    assert posted(workspace, reply) == [ts]
    assert workspace.recorder.count("conversations.replies") == 0


def test_an_answer_posted_before_a_restart_is_recognised(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply)

    assert make_poster(workspace).post(reply, maybe_posted=True) == ts
    assert workspace.recorder.count(POST) == 1


def test_the_answer_to_another_question_of_the_thread_is_not_taken_for_it(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    poster.post(Reply("answer-0", reply.channel, reply.thread, reply.thread, reply.message))

    poster.post(reply, maybe_posted=True)

    assert len(posted(workspace, reply)) == 2


def test_an_earlier_answer_is_found_in_a_long_thread(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    for n in range(230):
        workspace.post_as(workspace.member.id, reply.channel, f"talk {n}", thread_ts=reply.thread)
    ts = poster.post(reply)

    assert make_poster(workspace).post(reply, maybe_posted=True) == ts


def test_blocks_that_slack_refuses_are_sent_in_the_plainest_form(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    odd = Message("The answer.", ({"type": "no_such_block"},))

    poster.post(Reply(reply.answer_id, reply.channel, reply.thread, reply.thread, odd))

    (message,) = workspace.replies(reply.channel, reply.thread)
    assert [block["type"] for block in message.blocks] == ["section"]
    assert message.text == "The answer."


def test_what_slack_refuses_for_good_is_undeliverable(poster: Poster, reply: Reply) -> None:
    with pytest.raises(UndeliverableError, match="channel_not_found"):
        poster.post(Reply("a", "C0NOWHERE", reply.thread, reply.thread, reply.message))


def test_posts_into_one_channel_keep_their_distance(workspace: Workspace, reply: Reply) -> None:
    poster = make_poster(workspace, interval_s=0.2)
    for n in range(3):
        poster.post(Reply(f"a{n}", reply.channel, reply.thread, reply.thread, reply.message))

    times = [float(ts) for ts in posted(workspace, reply)]
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.15


def test_a_stopping_bot_gives_up_waiting(workspace: Workspace, reply: Reply) -> None:
    poster = make_poster(workspace, backoff_s=60)
    workspace.faults.answer_5xx(times=100, method=POST)
    ended = threading.Event()

    def post() -> None:
        with pytest.raises(AbandonedError):
            poster.post(reply)
        ended.set()

    thread = threading.Thread(target=post)
    thread.start()
    poster.abandon()
    assert ended.wait(timeout=10)
    thread.join()
