"""Form: gates on a written sentence as a piece of text, whatever it says.

Each returns why the sentence may not be posted, or None. What a quotation may show because it is
one (a link, a mark, an address to the reader) a written sentence may not.
"""

from __future__ import annotations

import re
import unicodedata

from retrieval.answer.integrity import leans
from retrieval.answer.orders import addresses_a_machine
from retrieval.model import Sentence
from retrieval.text.terms import words

LONGEST = 400
"""Characters of a written sentence."""
_FEWEST_WORDS = 3

_LINK = re.compile(
    r"[a-z][\w+.-]*:/{1,2}\S|\bwww\.|\b(?:mailto|tel|javascript|data):\S|(?<![\w/:.])//\w"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?!\d)[^\W\d_]{2,}\b(?!\.?\w)|\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?:^|[^\w.])@\w|[\w.+-]+@[\w-]+|<[@#!]|\B#\w")
_MARKUP = re.compile(
    r"[<>`|\\~^{}\[\]]|\*|(?<!\w)_+\w|\w_+(?!\w)|^\s*(?:#|[-+•] |\d+[.)] )|&\w+;|:[a-z_+-]{2,}:"
    r"|!\[|={3,}|-{3,}"
)
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”»“\"]")
_CODE = re.compile(r"`([^`\n]+)`")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b(?:e\.g|i\.e|a\.m|p\.m|vs|etc|approx)\.", re.I)
_PERSONAL = re.compile(
    r"\b(?:i|me|my|mine|we|us|our|ours|you|your|yours|yourself|please|let['’]?s)\b", re.IGNORECASE
)
_SELF = re.compile(
    r"\b(?:as an ai|language model|ai assistant|quotations?\b.{0,20}\b(?:says?|states?|do(?:es)?"
    r"|mentions?|above|provided)|provided (?:quotations?|context|texts?|documents?)"
    r"|(?:in|to|from) (?:the )?(?:quotations?|context)\b|based on the|cannot answer)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"The (?:two|three|same) [\w-]+\b")
_CASED = frozenset({"US", "WE", "ME", "I", "MINE"})
"""Personal words that are names where they stand in capitals."""


def length(text: str) -> str | None:
    """One line of at least three words and at most 400 characters."""
    if "\n" in text or "\r" in text:
        return "more than one line"
    if len(text) > LONGEST:
        return f"over {LONGEST} characters"
    return None if len(words(text)) >= _FEWEST_WORDS else "too short to say anything"


def characters(text: str) -> str | None:
    """No character that hides, reorders or cannot be shown."""
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"):
            return f"the character U+{ord(char):04X}"
    if unicodedata.normalize("NFKC", text) != unicodedata.normalize("NFC", text):
        odd = [c for c in text if _is_disguised(c)]
        return f"the character U+{ord(odd[0]):04X}" if odd else None
    return None


def _is_disguised(char: str) -> bool:
    """Whether a character is a letter or digit in disguise: full-width, mathematical, circled."""
    plain = unicodedata.normalize("NFKC", char)
    return plain != char and plain.isascii() and plain.isalnum() and char not in "ªº²³¹"


def links(text: str) -> str | None:
    """No address, with or without a scheme."""
    found = _LINK.search(_ABBREVIATION.sub(" ", _CODE.sub(" ", text)))
    return f"the link {found.group()!r}" if found else None


def mentions(text: str) -> str | None:
    """Nobody and no channel is called."""
    found = _MENTION.search(text)
    return f"the mention {found.group().strip()!r}" if found else None


def markup(text: str, quoted: str) -> str | None:
    """No markup, but for code that stands so in the quotation."""
    kept = _CODE.sub(lambda m: " " if m.group() in quoted else m.group(), text)
    found = _MARKUP.search(kept)
    return f"the markup {found.group().strip()!r}" if found else None


def statement(text: str, quoted: str) -> str | None:
    """A statement that can be understood by itself: no question, no pronoun without a name."""
    if "?" in text:
        return "a question"
    if leans(Sentence(0, len(text), text)) and not _names_its_own(text, quoted):
        return "it leans on a sentence before it"
    return None


def balance(text: str) -> str | None:
    """No bracket or quotation mark that is opened and not closed."""
    for opening, closing in ("()", "“”"):
        if text.count(opening) != text.count(closing):
            return f"a {opening!r} without {closing!r}"
    return "a '\"' without another" if text.count('"') % 2 else None


def verbatim(text: str, quoted: str) -> str | None:
    """What stands in quotation marks stands so in the quotation."""
    theirs = _plain(quoted)
    for inner in _QUOTED.findall(text):
        if _plain(inner).strip(" ,.") not in theirs:
            return f"the words {inner!r} in quotation marks"
    return None


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def _names_its_own(text: str, quoted: str) -> bool:
    """Whether the opening that seems to lean stands so inside the quotation: "the two valves"."""
    opening = _DEFINITE.match(text)
    return opening is not None and f" {opening.group().casefold()}" in quoted


def address(text: str, quoted: str) -> str | None:
    """No order to a machine, no word to the reader, none about itself."""
    if addresses_a_machine(text):
        return "an order to a machine"
    own = _SELF.search(text)
    if own and own.group().casefold() not in quoted.casefold():
        return "it speaks of itself or of the quotations"
    allowed = {found.casefold() for found in _PERSONAL.findall(quoted)}
    for found in _PERSONAL.findall(text):
        if found.casefold() not in allowed and found not in _CASED:
            return f"the word {found!r}"
    return None
