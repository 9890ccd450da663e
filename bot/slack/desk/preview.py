"""Before an admin's index run: what it would change is looked up, shown, and agreed to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread

from bot.slack.desk.interactions import Submission
from bot.slack.desk.post import Post
from bot.slack.desk.running import BUSY, STARTED, Runs
from bot.slack.logs import where
from bot.slack.poster import AbandonedError, UndeliverableError
from bot.slack.show.answers import note_message
from bot.slack.show.message import View
from bot.slack.show.preview import REMOVE, comparing_view, no_preview_view, preview_view
from retrieval.errors import OnrecordError
from retrieval.ingest.report import IndexReport

log = logging.getLogger(__name__)


class Previews:
    """Opens a modal at once, fills it when the comparison is done, starts the run it agrees to."""

    def __init__(self, post: Post, runs: Runs, preview: Callable[[], IndexReport]) -> None:
        self._post = post
        self._runs = runs
        self._preview = preview

    def open(self, trigger_id: str) -> None:
        """Show what a run would change."""
        progress = self._runs.progress
        if progress:
            self._post.open_view(trigger_id, no_preview_view(BUSY.format(progress=progress)))
            return
        view_id = self._post.open_view(trigger_id, comparing_view())
        Thread(target=self._fill, args=(view_id,), name="preview", daemon=True).start()

    def agreed(self, submission: Submission) -> None:
        """Start the run that somebody has agreed to."""
        ticked = submission.values.get(REMOVE) or "0"
        said = self._runs.reindex(submission.user, allow_removals=int(ticked))
        if said != STARTED:
            self._post.send(submission.user, note_message(said))

    def _fill(self, view_id: str) -> None:
        try:
            self._post.update_view(view_id, self._compare())
        except (UndeliverableError, AbandonedError) as error:
            log.info("preview_not_shown error=%s", error)  # closed, mostly
        except Exception as error:
            # The Slack edge: nobody else would hear of what a thread ends with.
            log.error("preview_failed error=%s", where(error))

    def _compare(self) -> View:
        try:
            return preview_view(self._preview())
        except OnrecordError as error:
            return no_preview_view(error.message, error.remedy)
