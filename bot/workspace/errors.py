"""The one way in which the workspace says no: an error code of Slack's."""

from __future__ import annotations

from collections.abc import Iterable

from bot.workspace.payload import JsonObject, JsonValue


class SlackError(Exception):
    """A call that Slack answers with `ok: false`; `details` stand beside the code."""

    def __init__(self, code: str, **details: JsonValue) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def response(self) -> JsonObject:
        """Return the body that Slack sends."""
        return {"ok": False, "error": self.code, **self.details}


class RateLimitedError(SlackError):
    """Too many calls: HTTP 429, to be tried again after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("ratelimited")
        self.retry_after_s = retry_after_s


def missing_scope(needed: Iterable[str], provided: Iterable[str]) -> SlackError:
    """Say which of the app's scopes is missing; any one of those needed would do."""
    return SlackError("missing_scope", needed=",".join(needed), provided=",".join(sorted(provided)))


def invalid_arguments(*messages: str) -> SlackError:
    """Say which arguments are wrong, as Slack does in `response_metadata`."""
    return explained("invalid_arguments", messages)


def explained(code: str, messages: tuple[str, ...]) -> SlackError:
    """Return an error whose reasons stand in `response_metadata`."""
    return SlackError(code, response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})
