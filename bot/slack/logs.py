"""What never reaches a log: tokens, and what people wrote.

Whatever writes a token, a filter on the handlers takes it out.
"""

from __future__ import annotations

import logging
import re
import traceback

from retrieval.errors import OnrecordError

_TOKEN = re.compile(r"\b(xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w-]+")
_TRACEBACKS = logging.Formatter()


class TokenRedaction(logging.Filter):
    """Replaces Slack tokens in messages and tracebacks with their kind."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place; never drops it."""
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = redact(message), ()
        if record.exc_info and not record.exc_text:
            # Formatters print this text instead of formatting the traceback themselves.
            record.exc_text = redact(_TRACEBACKS.formatException(record.exc_info))
        return True


def redact(text: str) -> str:
    """Take the secret part out of every token in `text`: "xoxb-…"."""
    return _TOKEN.sub(r"\1-…", text)


def redact_tokens() -> None:
    """Put the filter on every handler that now writes for the root logger."""
    for handler in [*logging.getLogger().handlers, logging.lastResort]:
        if handler is not None and not any(
            isinstance(existing, TokenRedaction) for existing in handler.filters
        ):
            handler.addFilter(TokenRedaction())


def library_log(name: str, level: int) -> logging.Logger:
    """Return a library's logger at a level at which it prints no payloads and no chatter."""
    library = logging.getLogger(name)
    library.setLevel(level)
    return library


def where(error: Exception) -> str:
    """Name an error for the log without its text, which may hold what somebody wrote."""
    if isinstance(error, OnrecordError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
    return f"{type(error).__name__} at {place}"
