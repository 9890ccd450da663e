"""Spelling: one form for words that are written in several ways, only for comparing, never shown.

British and American spellings fall together ("centre", "center"), and so do the irregular forms
of a word ("wrote", "written", "write"), which no stemmer joins.
"""

from __future__ import annotations

import re

_IRREGULAR = {
    form: base
    for base, *forms in map(
        str.split,
        """arise arose arisen|awake awoke awoken|become became|begin began begun|bend bent
        bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought
        build built|burn burnt|buy bought|catch caught|choose chose chosen|come came|creep crept
        deal dealt|dig dug|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
        fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown
        forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven
        freeze froze frozen|give gave given|go went gone|grow grew grown|hang hung|hear heard
        hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|lend lent|lose lost
        make made|mean meant|meet met|pay paid|prove proven|ride rode ridden|ring rang rung
        rise rose risen|run ran|say said|seek sought|sell sold|send sent|shake shook shaken
        shine shone|shoot shot|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat
        sleep slept|slide slid|speak spoke spoken|spend spent|spin spun|stand stood
        steal stole stolen|stick stuck|strike struck stricken|swear swore sworn|sweep swept
        swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told
        think thought|throw threw thrown|understand understood|undertake undertook undertaken
        overcome overcame|overthrow overthrew overthrown|uphold upheld|wear wore worn|weep wept
        win won|withdraw withdrew withdrawn|withhold withheld|write wrote written
        rewrite rewrote rewritten|rebuild rebuilt
        man men|woman women|child children|foot feet|tooth teeth|mouse mice|goose geese
        life lives|wife wives|knife knives|wolf wolves|half halves|shelf shelves|thief thieves
        crisis crises|criterion criteria|phenomenon phenomena""".replace("\n", "|").split("|"),
    )
    for form in forms
}
"""Forms that are words of their own as well ("left", "saw", "ground") are left alone."""

_AMERICAN = (
    (
        # Not where "is" belongs to the stem: "precise", "revise", "promise", "advertise".
        re.compile(
            r"(?<=\w{3})(?<![aeouvw])(?<![ecmnrx]c)(?<!pr)(?<!(?:pro|pre|sur)m)(?<!vert)"
            r"is(?=(?:e(?:[drs]|rs|dly|ments?)?|ing(?:s|ly)?|ation(?:s|al|ally)?|able)$)"
        ),
        "iz",
    ),
    (re.compile(r"(?<=\w[tb])re(?=s?$)"), "er"),
    (
        re.compile(r"(?<=\w{3})our(?=(?:s|ed|ing|al|able|ful|less|hood|ite|ites|er|ers|ly|ism)?$)"),
        "or",
    ),
    (re.compile(r"(?<=(?:def|off|lic|ret)en)c(?=es?$)"), "s"),
    (re.compile(r"(?<=aly)s(?=e[ds]?$|ing$)"), "z"),
    (re.compile(r"(?<=ogram)me(?=s?$)"), ""),
    (re.compile(r"(?<=\w[ai]log)ue(?=s?$)"), ""),
    (re.compile(r"(?<=dg)e(?=ments?$)"), ""),
)


def standard(word: str) -> str:
    """The form of a folded word under which all its spellings are compared."""
    base = _IRREGULAR.get(word)
    if base:
        return base
    if len(word) > 4:
        for pattern, replacement in _AMERICAN:
            word = pattern.sub(replacement, word)
    return word
