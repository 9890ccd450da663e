"""The links that a message or a view would have, once Slack has made everything alive. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.workspace.payload import JsonObject, JsonValue

_CODE: Final = re.compile(r"(?<![`\\])(`+)(?!`)(?:.+?)(?<!`)\1(?!`)", re.DOTALL)
_BARE: Final = re.compile(
    r"(?<![\w+.-])[\w+.-]+://[^\s<>|)\]]+"
    r"|(?<![\w.])www\.[^\s<>|)\]]+"
    r"|(?<!\w)(?:mailto|tel):[^\s<>|)\]]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_BROADCAST: Final = re.compile(r"<(![^<>|]+)(?:\|[^<>]*)?>")
_MARKDOWN_LINK: Final = re.compile(r"(?<!\\)\]\(\s*([^)\s]+)")
_MARKDOWN_SIGN: Final = re.compile(r"(?<!\\)\]:\s*(\S+)")


def strange_links(values: Mapping[str, JsonValue], origin: str) -> list[str]:
    """Return the addresses in what an app sends to be shown that do not lead to a message here.

    Calls to everybody (`<!channel>`, `<!subteam^S1>`) count as well.
    """
    home = f"{origin}archives/"
    return [address for address in _addresses(values) if not address.startswith(home)]


def _addresses(values: Mapping[str, JsonValue]) -> Iterator[str]:
    blocks = _decoded(values.get("blocks"))
    if not blocks:
        # Beside blocks, the text is only for notifications, which have no links.
        yield from _in_mrkdwn(_string(values.get("text")))
    yield from _in_markdown(_string(values.get("markdown_text")))
    for name in ("view", "chunks"):
        yield from _inside(_decoded(values.get(name)))
    yield from _inside(blocks)


def _inside(value: JsonValue) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _inside(item)
    elif isinstance(value, dict):
        yield from _in_object(value)
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from _inside(item)


def _in_object(value: JsonObject) -> Iterator[str]:
    for name in ("url", "image_url", "thumb_url", "title_url"):
        yield from filter(None, [_string(value.get(name))])
    read = _READERS.get(_string(value.get("type")))
    if read is not None:
        yield from read(_string(value.get("text")))


def _in_mrkdwn(text: str) -> Iterator[str]:
    alive = _CODE.sub(" ", text)
    yield from (match[0] for match in _BARE.finditer(alive))
    yield from (match[1] for match in _BROADCAST.finditer(alive))


def _in_markdown(text: str) -> Iterator[str]:
    alive = _CODE.sub(" ", text)
    yield from _in_mrkdwn(text)
    for link in (_MARKDOWN_LINK, _MARKDOWN_SIGN):
        for match in link.finditer(alive):
            if not _BARE.match(match[1]):
                yield match[1]


_READERS: Final[Mapping[str, Callable[[str], Iterator[str]]]] = {
    "mrkdwn": _in_mrkdwn,
    "markdown": _in_markdown,
    "markdown_text": _in_markdown,
}


def _decoded(value: JsonValue) -> JsonValue:
    if not isinstance(value, str):
        return value
    try:
        decoded: JsonValue = json.loads(value)
    except ValueError:
        return None
    return decoded


def _string(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
