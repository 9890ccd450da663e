"""Cut a block into sentences that slice back exactly.

A stop ends a sentence unless what stands before it is an abbreviation, or what follows goes on in
lower case. Two rules protect attribution, which is part of what is said: a short quotation is
never cut inside, and it stays together with the words that say whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retrieval.ingest.abbreviations import ends_sentence
from retrieval.model import BlockKind, Sentence

LONGEST_SENTENCE = 1_200
"""Longer ones are cut at semicolons and line ends, where they have any."""
LONGEST_QUOTATION = 400
"""Longer quotations are cut between their sentences."""
LONGEST_PARENTHESIS = 200
_LONGEST_EXCHANGE = 600
"""How long a sentence may become by taking in the quotation after it."""

Span = tuple[int, int]

# Both patterns begin with one set of characters, which the regex engine looks for at full speed;
# the branches then look back at which of them it was.
_STOP = re.compile(
    r"""
    [.!?…؟۔।॥።。！？｡\n]
    (?: (?<=[.!?…؟۔।॥።])(?P<more>[.!?…]*(?:\ [.!?…]+)*)   # "?!", "...", ". . ."
        (?P<closers>(?:["”’»)\]}*_`]|\s?''|\ [)\]]|\(\S*?\)|\[\d+\])*)
        (?=\s|\Z)
      | (?<=[。！？｡])(?:(?!["”’」』）】》])|["”’」』）】》]+(?=\s|\Z))  # no space need follow
      | (?<=\ \ \n) | (?<=\\\n)                          # a hard line break of Markdown
    )
    """,
    re.VERBOSE,
)
_NEXT = re.compile(r"\s+(?!\|)[\"“‘'(\[«„`*_¿¡…–—•-]*(?P<word>\w[\w’'.-]*)?")
_PROTECTED = re.compile(
    rf"""
    ["“„«「`(]
    (?: (?<=")(?<![^\s(\[“‘—–/-]")(?=\S)[^"]{{1,{LONGEST_QUOTATION}}}(?<=\S)"(?!\w)
      | (?<=“)[^“”]{{1,{LONGEST_QUOTATION}}}”
      | (?<=„)[^„“”]{{1,{LONGEST_QUOTATION}}}[“”]
      | (?<=«)[^«»]{{1,{LONGEST_QUOTATION}}}»
      | (?<=「)[^「」]{{1,{LONGEST_QUOTATION}}}」
      | (?<=`)`(?:(?!``|'').){{1,{LONGEST_QUOTATION}}}''
      | (?<=\()[^()]{{1,{LONGEST_PARENTHESIS}}}\)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTE_OPENERS = ('"', "“", "„", "«", "「", "``")
_QUOTE_CLOSERS = re.compile(r"[\"”“»」]|''")
_SPEECH = (
    r"(?:said|says|asked|asks|added|adds|told|tells|replied|responded|answered|stated|states"
    r"|explained|argued|wrote|writes|noted|observed|commented|insisted|stressed|claimed|alleged"
    r"|denied|admitted|confirmed|declared|announced|reported|testified|predicted|suggested|urged"
    r"|vowed|continued|exclaimed|shouted|cried|whispered|recalled|warned|remarked|concluded"
    r"|quipped|joked|quoted|posted|tweeted|according)"
)
_SPOKEN = re.compile(rf"\b{_SPEECH}\b")
_GOES_ON = re.compile(
    rf"\s+(?:(?:(?:[^\W\d_a-z][\w.’'-]*|the|a|an|his|her|their),?\s+){{1,5}}?{_SPEECH}\b|\()"
)
"""What goes on after a quotation that ends with a stop: who said it, or the year of a title."""
_CUT = re.compile(r";\s|\n")
_LABELLED = re.compile(
    r"^[ \t>*_]*[^\W_a-z][^\n:.!?;]{0,40}:[*_]*(?:[ \t]+\S|[ \t]*$)", re.MULTILINE
)
"""A line that begins with a label: "Present: …", "**Due date:** …"."""


def split_sentences(text: str, start: int, end: int, kind: BlockKind) -> list[Sentence]:
    """The sentences of `text[start:end]` in order, together everything that is not blank."""
    body = text[start:end]
    spans: Iterable[Span] = [_trim(body, 0, len(body))]
    if kind in (BlockKind.PROSE, BlockKind.ITEM):
        lines = _labelled_lines(body)
        spans = [
            (first + a, first + b) for first, after in lines for a, b in _prose(body[first:after])
        ]
    sentences = []
    for span in spans:
        for first, after in [span] if span[1] - span[0] <= LONGEST_SENTENCE else _cut(body, *span):
            if after > first:
                sentences.append(Sentence(start + first, start + after, body[first:after], kind))
    return sentences


def _labelled_lines(body: str) -> list[Span]:
    """The parts of a block in which each line has a label of its own; else the whole block.

    Such lines end without a stop, and each says something else.
    """
    starts = [match.start() for match in _LABELLED.finditer(body)]
    if len(starts) < 2 or body[: starts[0]].strip():
        return [(0, len(body))]
    return [*zip([0, *starts[1:]], [*starts[1:], len(body)], strict=True)]


def _prose(body: str) -> Iterable[Span]:
    protected = [match.span() for match in _PROTECTED.finditer(body)]
    start, spans = 0, []
    for end in _ends(body, protected):
        spans.append(_trim(body, start, end))
        start = end
    return _with_their_speakers(body, spans, set(protected)) if protected else spans


def _ends(body: str, protected: list[Span]) -> Iterator[int]:
    """The offsets after each sentence's last character, the end of the body last."""
    caseless = body.islower()
    start, kept = 0, iter([*protected, (len(body), len(body))])
    low, high = next(kept)
    for match in _STOP.finditer(body):
        while high < match.end() and high < len(body):
            low, high = next(kept)
        if low < match.start() and match.end() < high:
            continue
        if match["closers"] is None or _ends_here(body, match, start, caseless):
            start = match.end() + _set_apart_closer(body, start, match.end())
            yield start
    yield len(body)


def _set_apart_closer(body: str, start: int, end: int) -> int:
    """The length of a quotation mark with white space around it, if it closes a quotation."""
    apart = body.startswith(' "', end) and body[end + 2 : end + 3].strip() == ""
    return 2 if apart and body.count('"', start, end) % 2 else 0


def _ends_here(body: str, match: re.Match[str], start: int, caseless: bool) -> bool:
    follows = _NEXT.match(body, match.end())
    word = (follows["word"] or "") if follows else ""
    if not follows or (word[:1].islower() and not word[1:2].isupper() and not caseless):
        return False
    if _QUOTE_CLOSERS.search(match["closers"]) and _GOES_ON.match(body, match.end()):
        return False
    if match["more"] or body[match.start()] != ".":
        return True
    return ends_sentence(body[start : match.start()].lstrip(), word)


def _with_their_speakers(body: str, spans: list[Span], protected: set[Span]) -> Iterator[Span]:
    """Join a sentence that is nothing but a quotation to the words of speech before it."""
    held: Span | None = None
    for start, end in spans:
        bare = (start, end) in protected and body.startswith(_QUOTE_OPENERS, start)
        if held is None:
            held = (start, end)
        elif bare and end - held[0] <= _LONGEST_EXCHANGE and _SPOKEN.search(body, *held):
            held = (held[0], end)
        else:
            yield held
            held = (start, end)
    if held is not None:
        yield held


def _cut(body: str, start: int, end: int) -> Iterator[Span]:
    """Cut what is too long to be a sentence at semicolons and line ends."""
    cut = start
    for match in _CUT.finditer(body, start, end):
        if match.end() - start > LONGEST_SENTENCE and cut > start:
            yield _trim(body, start, cut)
            start = cut
        cut = match.end()
    if end - start > LONGEST_SENTENCE and cut > start:
        yield _trim(body, start, cut)
        start = cut
    yield _trim(body, start, end)


def _trim(body: str, start: int, end: int) -> Span:
    """Without the white space at both ends."""
    piece = body[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, end - (len(piece) - len(piece.rstrip())))
