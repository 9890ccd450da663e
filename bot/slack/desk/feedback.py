"""Thumbs up, thumbs down, and what was wrong."""

from __future__ import annotations

from bot.slack.desk.interactions import Press, Submission
from bot.slack.desk.post import Post
from bot.slack.records import Records
from bot.slack.records.feedback import Kind
from bot.slack.show.answers import note_message
from bot.slack.show.feedback import feedback_view

THANKS = "Thank you. It is kept with this answer, for those who look after me."
TOO_OLD = "That answer is older than what I keep, so I cannot note this."


class FeedbackDesk:
    """Keeps what people say of answers."""

    def __init__(self, post: Post, records: Records) -> None:
        self._post = post
        self._records = records

    def say(self, press: Press) -> None:
        """Keep a thumb at once; a thumb down also asks what was wrong."""
        verdict, _, answer_id = press.value.partition(":")
        kept = self._records.answers.find(answer_id)
        if kept is None:
            self._tell(press, TOO_OLD)
            return
        is_good = verdict == "up"
        # Kept before it is asked about: what is sent off in the modal must come later.
        self._records.feedback.say(kept, press.user, is_good=is_good)
        if is_good:
            self._tell(press, THANKS)
            return
        view = feedback_view(answer_id, kept.question, kept.outcome != "answered")
        self._post.open_view(press.trigger_id, view)

    def explain(self, submission: Submission) -> None:
        """Keep what was wrong; the metadata of the modal names the answer."""
        kept = self._records.answers.find(submission.metadata)
        if kept is None:
            return
        self._records.feedback.say(
            kept,
            submission.user,
            is_good=False,
            kind=Kind(submission.values.get("kind", "")),
            right_passage=submission.values.get("right_passage", ""),
            comment=submission.values.get("comment", ""),
        )

    def _tell(self, press: Press, text: str) -> None:
        self._post.respond(press.response_url, note_message(text), thread=press.thread)
