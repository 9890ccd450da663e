"""Whether a full stop ends a sentence, or belongs to an abbreviation, an initial or a number."""

from __future__ import annotations

import re

_NEVER_LAST = frozenset(
    """mr mrs ms messrs mme mlle dr prof gen lt col sgt cpl capt cmdr adm brig maj rev hon sen rep
    gov pres st mt ft fr e.g i.e eg ie vs cf viz approx ca incl resp v""".split()
)
"""What follows always belongs to these."""

_BEFORE_NUMBER = frozenset(
    """no nos nr art arts sec secs fig figs p pp vol vols ch chap para paras eq eqs op v c n d b
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
"""Abbreviations when a number follows, otherwise words or ends like any other."""

_MAYBE_LAST = frozenset(
    "inc corp co ltd plc bros llc dept est univ assn jr sr etc al bldg ave blvd rd esq ph.d".split()
)
"""These may end a sentence: the next word decides."""

_STARTERS = frozenset(
    """the a an it its he she they we you i this that these those there here in on at by for from
    with as after before when while if but and or so however although though since during
    according meanwhile his her their our my your what who why how where which also both each every
    some many most several no not once then thus therefore moreover furthermore finally such under
    until upon yet to another other all any despite because unlike instead today later earlier
    is are was were do does did one two three""".split()
)
"""Words that, with a capital, begin a sentence rather than continue a name."""

_TIME_GOES_ON = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sep sept oct
    nov dec est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest eastern central
    pacific local""".split()
)
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NUMERAL = re.compile(r"\d|[IVXLC]+\b")
_JOINED = re.compile(r"[/-]")
_OPENERS = "([{\"“‘'«„`*_—–"
_LOOK_BACK = 24


def ends_sentence(before: str, following: str) -> bool:
    """Whether the stop after `before` ends a sentence when `following` is the next word.

    >>> ends_sentence("He met Gen", "Smith"), ends_sentence("It was 5 p.m", "Police")
    (False, True)
    """
    if before[-1:].isspace():
        return True  # tokenised text: the stop was set apart on purpose
    token = _JOINED.split((before[-_LOOK_BACK:].split() or [""])[-1].lstrip(_OPENERS))[-1]
    word = token.lower()
    if word in _NEVER_LAST:
        return False
    if word in _BEFORE_NUMBER and _NUMERAL.match(following):
        return False
    if token.isdigit():
        return len(before) > len(token) or len(token) > 3  # "1." at the start is a numbering
    if word in ("a.m", "p.m"):
        return following.rstrip(".").lower() not in _TIME_GOES_ON
    initial = len(token) == 1 and token.isupper()
    if initial or word in _MAYBE_LAST or _ACRONYM.fullmatch(token):
        return following.lower() in _STARTERS
    return True
