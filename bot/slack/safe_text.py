"""Text of documents and people made harmless for Slack, and still readable.

Nothing in a document may mention anyone, become a link, an image or an emoji, or leave the
quotation it stands in. Two ways, by where the text goes: `markdown` for a markdown block, `plain`
(or `plain_lines`) for `plain_text` objects and the fallback text. Rich text needs neither, since
its words are literal; `code_stretches` says what in them is better set as code all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_LINE_BREAKS = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINER = re.compile(r"(?<=[^\x00-\x7f])[\u200c\u200d](?=[^\x00-\x7f])")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

# What Slack would bring to life is shown as code instead: readable, complete, dead. File names
# count as pages: Slack links "readme.md", whose ending is a country's.
_ALIVE = re.compile(
    r"""
    (?<![\w+.-]) [\w+.-]*:// [^\s<>`]*                                          # addresses
    | :// [^\s<>`]*                               # one whose scheme something else has swallowed
    | (?<!\w) (?: www\. | mailto: | tel: ) [^\s<>`]+
    | (?<![/:]) // [^\s<>`]+
    | (?<![\w+.-]) [\w+.-]+ @ [\w-]+ (?: \.[\w-]+ )+                             # people
    | @ [\w.-]+                                                                  # mentions
    | (?<![\w./-]) [\w./-]* \w \. (?: xn--\w | [^\W\d_]{2} ) \w* (?: [@:/?\#.-][^\s<>`]* )?  # pages
    | [^\s<>`.\w] \. (?: xn--\w | [^\W\d_a-z]{2} ) \w* (?: [@:/?\#.-][^\s<>`]* )?      # with signs
    | : (?= [\w+'-]{0,99}[a-z_+-] ) [\w+'-]{1,100} : (?!//)                      # emoji
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOSING = ".,;:!?)]}'\"”’»…"
_MARKUP = re.compile(r"[\\`*_\[\]~|]")
_CONTROL_OPENING = re.compile(r"(?<=<)[!@#]")
_LINE_OPENING = re.compile(r"^(?=[#+=-])|^\d+(?=[.)])")
_OWN_ADDRESS = re.compile(r"https?://[^\s<>|\"`]{1,1000}")
_ANGLES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def displayable(text: str) -> str:
    """`text` without characters that hide, reorder or cannot be shown; line breaks stay.

    Joiners stay between letters beyond ASCII, where scripts and emoji need them.
    """
    if text.isprintable():
        return text
    lines = _LINE_BREAKS.split(text)
    return "\n".join(_displayable_line(line) for line in lines)


def markdown(text: str) -> str:
    """`text` as it reads, for a markdown block: no markup, mention or link in it works."""
    return "\n".join(_markdown_line(line) for line in displayable(text).split("\n"))


def plain(text: str) -> str:
    """`text` on one line for a `plain_text` object or a fallback text."""
    return " ".join(displayable(text).split()).translate(_ANGLES)


def plain_lines(text: str) -> str:
    """`text` line by line for a `plain_text` object."""
    return displayable(text).strip("\n").translate(_ANGLES)


def one_line(text: str, max_chars: int) -> str:
    """`text` on one line, displayable and not too long, but not yet made harmless."""
    # What hides is dropped, so more is read than is shown; but not all of a text without end.
    return shorten(" ".join(displayable(text[: 10 * max_chars]).split()), max_chars)


def fit(text: str, max_chars: int, safe: Callable[[str], str]) -> tuple[str, bool]:
    """The most of `text` that takes at most `max_chars` once made `safe`, and whether it is all.

    >>> fit("one two three", 10, plain)
    ('one two …', False)
    """
    room = max_chars
    while room > 0:
        kept = shorten(text, room)
        shown = safe(kept)
        if len(shown) <= max_chars:
            return shown, kept == text
        room = min(room * max_chars // len(shown), room - 1)
    return "", not text


def shorten(text: str, max_chars: int) -> str:
    """Return `text`, or its beginning up to a word boundary with "…" when it is longer."""
    if len(text) <= max_chars:
        return text
    kept = text[: max(max_chars - 2, 0)]
    boundary = max(kept.rfind(" "), kept.rfind("\n"))
    if boundary > max_chars // 2:
        kept = kept[:boundary]
    return f"{kept.rstrip()} …"


def shorten_start(text: str, max_chars: int) -> str:
    """Return `text`, or its end from a word boundary on with "…" when it is longer."""
    if len(text) <= max_chars:
        return text
    kept = text[len(text) - max(max_chars - 2, 0) :]
    boundary = min((at for at in (kept.find(" "), kept.find("\n")) if at >= 0), default=-1)
    if 0 <= boundary < max_chars // 2:
        kept = kept[boundary + 1 :]
    return f"… {kept.lstrip()}"


def is_address(text: str) -> bool:
    """Whether an address that Slack gave us can stand in a link without ending it."""
    return _OWN_ADDRESS.fullmatch(text) is not None


def code_stretches(text: str) -> list[tuple[int, int]]:
    """Where `text` would come alive; neighbours are one stretch, as code spans cannot touch."""
    stretches: list[tuple[int, int]] = []
    for match in _ALIVE.finditer(text):
        start, end = match.start(), _end(match)
        if stretches and stretches[-1][1] == start:
            start, _ = stretches.pop()
        stretches.append((start, end))
    return stretches


def _end(match: re.Match[str]) -> int:
    """Where an address ends: the full stop after it is the sentence's."""
    is_address = "/" in match[0] or "." in match[0]
    return match.start() + len(match[0].rstrip(_CLOSING)) if is_address else match.end()


def _displayable_line(line: str) -> str:
    if line.isprintable():
        return line
    joiners = {match.start() for match in _JOINER.finditer(line)}
    return "".join(
        character
        for at, character in enumerate(line.replace("\t", " "))
        if at in joiners or unicodedata.category(character) not in _INVISIBLE
    )


def _markdown_line(line: str) -> str:
    body = line.lstrip(" ")
    # Four spaces would open a code block; no-break spaces only look like it.
    indent = "\u00a0" * min(len(line) - len(body), 40)
    parts = []
    done = 0
    for start, end in code_stretches(body):
        parts.append(_escape(body[done:start], opens_line=done == 0 and not indent))
        parts.append(f"`{body[start:end]}`")
        done = end
    parts.append(_escape(body[done:], opens_line=done == 0 and not indent))
    return indent + "".join(parts)


def _escape(text: str, *, opens_line: bool) -> str:
    escaped = _CONTROL_OPENING.sub(r"\\\g<0>", _MARKUP.sub(r"\\\g<0>", text))
    if opens_line:
        escaped = _LINE_OPENING.sub(r"\g<0>\\", escaped)
    return escaped.translate(_ANGLES)
