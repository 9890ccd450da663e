"""The bot for a WSGI server: `gunicorn --threads 16 bot.wsgi:application`.

Needs SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET. Several processes may run side by side: all take in
what Slack sends, one of them answers, and another follows when it is gone. The index is what
`onrecord index` has published. Nothing is read before the server asks for `application`.
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

from bot.serve import opened_application
from bot.services import LocalServices
from bot.settings import load_settings

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


@cache
def _application() -> WSGIApplication:
    opened = ExitStack()
    application = opened.enter_context(opened_application(load_settings(), LocalServices()))
    atexit.register(opened.close)
    return application


def __getattr__(name: str) -> WSGIApplication:
    if name != "application":
        raise AttributeError(name)
    return _application()
