"""Verbs: their forms, and which words are verbs, from a table of the commonest ones.

Irregular forms stand in the table, regular ones are made by rule ("stop", "stopped"). A word that
the table does not have is no verb here, unless its ending or a prefix says so ("localise",
"retrain").
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("verbs.txt")
_PREFIX = re.compile(r"(?:re|over|mis)(?=\w{3})|(?:re|co|over|under|out|mis|pre|de|un|counter)-")
_ENDING = re.compile(r"\w{4,}(?:i[sz]e|ify)")
_NOUNS = frozenset(
    """expertise enterprise compromise surprise sunrise merchandise paradise otherwise likewise
    franchise premise promise exercise precise concise treatise demise reprise cruise""".split()
)
"""Words that end as verbs do."""
_VOWELS = "aeiou"
_DOUBLED = frozenset(
    """admit commit permit submit omit emit transmit remit acquit occur incur recur refer prefer
    transfer confer defer infer deter regret control patrol cancel travel label signal model fuel
    begin forget forbid equip allot expel compel repel propel rebel excel level channel marshal
    fulfil enrol instil kidnap worship handicap program outfit upset abet reset offset input
    output""".split()
)
"""Verbs of several syllables that double their last letter."""
_NO_PARTICIPLES = frozenset(
    """hundred sacred naked wicked red bed seed speed need feed breed creed greed weed deed indeed
    shed sled embed exceed proceed succeed hatred kindred rugged ragged crooked aged beloved
    alfred fred ted mohammed muhammad ahmed mohamed infrared""".split()
)
_NO_GERUNDS = frozenset(
    """building thing king ring string spring wing ceiling morning evening something nothing
    anything everything during wedding beijing meeting housing clothing painting offering ruling
    hearing funding sterling viking sibling briefing warning crossing finding landing filling
    opening beginning ending setting earning saving feeling lightning pudding duckling darling
    according following including training parking drilling boxing banking mining fishing shipping
    shooting bombing uprising gathering christening reading writing drawing recording""".split()
)


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    """Base -> past and participle."""
    found = {}
    for line in _section("irregular"):
        base, past_, *rest = line.split()
        found[base] = (past_, rest[0] if rest else past_)
    return found


@cache
def _regular() -> frozenset[str]:
    return frozenset(" ".join(_section("verbs")).split())


@cache
def _nouns_too() -> frozenset[str]:
    return frozenset(" ".join(_section("nouns too")).split())


def _section(name: str) -> list[str]:
    text = _TABLE.read_text(encoding="utf-8")
    body = text.partition(f"[{name}]\n")[2].partition("\n[")[0]
    return [line for line in body.splitlines() if line]


@cache
def _bases() -> dict[str, str]:
    """Past, participle, present and -ing form -> base."""
    found: dict[str, str] = {}
    for base in sorted(_irregular().keys() | _regular() | _nouns_too()):
        for form in (past(base), participle(base), third_person(base), gerund(base)):
            found.setdefault(form, base)
    return found


def is_base(word: str) -> bool:
    """Whether a lower-case word may be a verb in its base form."""
    return _is_listed(word) or (_ENDING.fullmatch(word) is not None and word not in _NOUNS)


def is_noun_too(word: str) -> bool:
    """Whether a base form is as often a noun ("strike", "order")."""
    return _without_prefix(word) in _nouns_too()


def _is_listed(word: str) -> bool:
    return _is_entry(_without_prefix(word))


def _is_entry(word: str) -> bool:
    return word in _irregular() or word in _regular() or word in _nouns_too()


def _without_prefix(word: str) -> str:
    """The verb behind a prefix ("co-chair"), where the word as it stands is not known."""
    prefix = _PREFIX.match(word)
    if _is_entry(word) or prefix is None:
        return word
    rest = word[prefix.end() :]
    return rest if _is_entry(rest) else word


def past(base: str) -> str:
    """The past tense: "stop", "stopped"; "write", "wrote"."""
    return _inflected(base, 0)


def participle(base: str) -> str:
    """The past participle: "stop", "stopped"; "write", "written"."""
    return _inflected(base, 1)


def _inflected(base: str, form: int) -> str:
    known = _without_prefix(base)
    if known in _irregular():
        return base.removesuffix(known) + _irregular()[known][form]
    if base.endswith("e"):
        return base + "d"
    if re.search(rf"[^{_VOWELS}]y$", base):
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def gerund(base: str) -> str:
    """The -ing form: "stop", "stopping"."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def third_person(base: str) -> str:
    """The form for he, she and it: "try", "tries"."""
    if base in ("have", "be"):
        return {"have": "has", "be": "is"}[base]
    if re.search(rf"[^{_VOWELS}]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh|[^o]o)$", base) else "s")


def _doubled(base: str) -> str:
    """The base with its last letter doubled where the ending asks for it."""
    known = _without_prefix(base)
    if base.endswith("c") and base[-2:-1] in "ai":
        return base + "k"
    short = re.fullmatch(rf"(?:[^{_VOWELS}]*|qu|squ)[{_VOWELS}][^{_VOWELS}wxy]", known)
    return base + base[-1] if short or known in _DOUBLED else base


def base_of(form: str) -> str | None:
    """The base of an inflected form, as far as the table knows it."""
    found = _bases().get(form)
    if found:
        return found
    prefix = _PREFIX.match(form)
    rest = _bases().get(form[prefix.end() :]) if prefix else None
    return prefix.group() + rest if prefix and rest else None


def is_past(word: str) -> bool:
    """Whether a lower-case word may be a verb in the past tense."""
    if is_regular_past(word):
        return True
    base = base_of(word)
    return base is not None and past(base) == word


def is_participle(word: str) -> bool:
    """Whether a lower-case word may be a past participle."""
    if is_regular_past(word):
        return True
    base = base_of(word) or (word if _is_listed(word) else None)
    return base is not None and participle(base) == word


def is_regular_past(word: str) -> bool:
    """Whether a word ends as regular pasts and participles do."""
    return len(word) > 3 and word.endswith("ed") and word not in _NO_PARTICIPLES


def is_gerund(word: str) -> bool:
    """Whether a word may be the -ing form of a verb and is not mostly a noun."""
    return len(word) > 4 and word.endswith("ing") and word not in _NO_GERUNDS


def is_third_person(word: str) -> bool:
    """Whether a word may be a verb in the present, with "he" or "it" before it."""
    base = base_of(word)
    return base is not None and third_person(base) == word
