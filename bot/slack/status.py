"""The status line in a thread while its question is being answered."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

log = logging.getLogger(__name__)

SEARCHING = "is searching the documents…"


class StatusLine:
    """Sets and clears a thread's status. It is a courtesy: no failure of it reaches an answer."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    @contextmanager
    def searching(self, channel: str, thread: str) -> Iterator[None]:
        """Show that the documents are being searched; cleared on every way out."""
        shown = self._set(channel, thread, SEARCHING)
        try:
            yield
        finally:
            if shown:
                self._set(channel, thread, "")

    def _set(self, channel: str, thread: str, status: str) -> bool:
        try:
            self._client.assistant_threads_setStatus(
                channel_id=channel, thread_ts=thread, status=status
            )
        except (SlackApiError, OSError, HTTPException) as error:
            # A call that was cut may have set it all the same; only Slack's "no" means it did not.
            log.debug("status_failed error=%s", type(error).__name__)
            return not isinstance(error, SlackApiError)
        return True
