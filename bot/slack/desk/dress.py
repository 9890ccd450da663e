"""A posted refusal shown again after one of its buttons was pressed."""

from __future__ import annotations

from bot.slack.desk.interactions import Press
from bot.slack.desk.post import Post
from bot.slack.records import Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.records.gaps import Wish
from bot.slack.show.answers import Dress, answer_message

HANDED_ON = "Asked the owners of the documents."


def redress(
    post: Post, records: Records, kept: KeptAnswer, press: Press, *, has_owners: bool
) -> None:
    """Replace the buttons that are used up by what came of them."""
    wishes = records.gaps.of(kept.answer_id)
    dress = Dress(
        answer_id=kept.answer_id,
        has_owners=has_owners,
        is_private=press.is_ephemeral,
        handed_on=HANDED_ON if Wish.ASKED in wishes else "",
        gap_reported=Wish.REPORTED in wishes,
    )
    message = answer_message(kept.result, dress)
    if press.is_ephemeral:
        post.respond(press.response_url, message, replaces=True)
    else:
        post.change(press.channel, press.message_ts, message)
