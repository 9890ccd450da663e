"""Sentences put into somebody's mouth, and claims that keep, drop, swap or change who says it how.

Claims and quotations draw their wording apart from each other, so that only the meaning tells them
apart: "X denied that …" beside "It is untrue that …, X insists".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from retrieval.text.names import names

SUPPORTS, CONTRADICTS, NEITHER = 0, 1, 2
Made = tuple[str, str, int, str]
"""Claim, quotation, label, what was done."""

_WORDINGS: dict[str, tuple[str, ...]] = {
    "says": (
        "{S} said that {y}", "{S} said {y}", "According to {s}, {y}", "{Y}, {s} said",
        "{Y}, according to {s}", "“{Y},” said {s}", "{S} stated that {y}", "{S} noted that {y}",
        "{S} explained that {y}", "{S} reported that {y}", "{S} wrote that {y}",
        "{S} told reporters that {y}", "In {s}’s account, {y}", "In the words of {s}, {y}",
        "{S}, 10:42: {Y}", "As {s} puts it, {y}", "{S} points out that {y}",
        "{S} concludes that {y}", "{S} found that {y}", "{S} lets it be known that {y}",
        "{S} speaks of this: {y}", "{Y}: that is what {s} reports", "{S} argues that {y}",
        "{S} mentioned that {y}", "{S} added that {y}", "{S} confirmed that {y}",
    ),
    "denies": (
        "{S} denied that {y}", "{S} denies that {y}", "{S} rejected the claim that {y}",
        "{S} disputes that {y}", "{S} says it is not true that {y}", "{S} contradicts this: {y}",
        "It is untrue that {y}, {s} insists", "{S} called it false that {y}",
        "That {y} is false, according to {s}", "{S} dismissed reports that {y}",
        "There is no truth in the report that {y}, {s} said", "{S} refuted the idea that {y}",
        "{S} wrote that it is wrong that {y}", "It is not the case that {y}, {s} maintains",
    ),
    "alleges": (
        "{S} alleged that {y}", "{S} claims that {y}", "{S} claimed that {y}",
        "{S} insists that {y}", "{S} suspects that {y}", "{S} complained that {y}",
        "If one believes {s}, {y}", "In {s}’s telling, {y}", "{S} accuses others: {y}",
        "{S} has made the allegation that {y}", "{S} contends that {y}", "{S} maintains that {y}",
        "{Y}, or so {s} claims", "There is a rumour, passed on by {s}, that {y}",
        "{S}, 15:34: Rumour has it that {y}", "The allegation of {s} is that {y}",
    ),
    "predicts": (
        "{S} predicted that {y}", "{S} expects that {y}", "{S} forecasts that {y}",
        "{S} anticipates that {y}", "In {s}’s forecast, {y}", "{S} reckons that one day {y}",
        "The expectation of {s} is that {y}", "{S} foresees that {y}", "{S} assumes that {y}",
        "{S} warned of the possibility that {y}",
    ),
    "doubts": (
        "{S} doubts that {y}", "{S} doubted that {y}", "{S} is not convinced that {y}",
        "{S} is sceptical that {y}", "{S} questions whether {y}", "{S} is not persuaded that {y}",
        "{S} finds it hard to believe that {y}", "{S} has doubts whether {y}",
        "{S} remains unconvinced that {y}", "Whether {y} is doubtful, says {s}",
    ),
    "leaves open": (
        "{S} has not confirmed that {y}", "{S} could not say whether {y}",
        "There is no confirmation from {s} that {y}", "{S} declined to say whether {y}",
        "{S} would neither confirm nor deny that {y}", "{S} has not verified that {y}",
        "{S} cannot confirm that {y}", "Whether {y}, {s} did not say",
        "{S} has not commented on whether {y}", "It is not known to {s} whether {y}",
    ),
    "retracts": (
        "{S} retracted the statement that {y}", "{S} withdrew the claim that {y}",
        "{S} took back the message that {y}", "{S} no longer maintains that {y}",
        "{S} has corrected the report that {y}", "{S} recanted the testimony that {y}",
        "{S} has withdrawn the finding that {y}", "{S} takes it back that {y}",
    ),
    "asks": (
        "{S} asked whether {y}", "{S} wanted to know whether {y}", "{S} asked if {y}",
        "{S} wondered whether {y}", "The question of {s} was whether {y}",
        "{S} raised the question whether {y}", "{S} inquired if {y}",
        "{S}, 13:33: Is it so that {y}?",
    ),
    "modal": (
        "It may be that {y}", "It is possible that {y}", "Perhaps {y}", "Possibly {y}",
        "There is a chance that {y}", "It could be that {y}", "It might be that {y}",
        "Maybe {y}", "It cannot be ruled out that {y}", "It is likely that {y}",
    ),
    "plans": (
        "{S} plans to {v}", "{S} intends to {v}", "{S} wants to {v}", "{S} hopes to {v}",
        "{S} has pledged to {v}", "{S} promised to {v}", "{S} aims to {v}",
        "{S} is planning to {v}", "{S} has announced plans to {v}", "{S} proposed to {v}",
        "It is the intention of {s} to {v}", "{S}, 10:11: I intend to {v}",
        "{S} has set itself the goal to {v}", "To {v} is what {s} has in mind",
    ),
}  # fmt: skip
_OPPOSED = {("says", "denies"), ("denies", "says"), ("alleges", "denies"), ("denies", "alleges"),
            ("retracts", "says"), ("says", "retracts")}  # fmt: skip
_LIKE = {frozenset(("predicts", "modal")), frozenset(("says", "alleges")),
         frozenset(("doubts", "leaves open")), frozenset(("doubts", "denies"))}  # fmt: skip
"""Stances too near to each other to call one a change of the other."""
_NESTED = (
    "{S} said that {o} had told {them} that {y}", "{S} said {o} told {them} {y}",
    "According to {s}, {o} said that {y}", "{S} reported that {o} had written that {y}",
    "{S} noted that {o} had assured {them} that {y}", "{S}, 11:31: {O} told me that {y}",
    "{S} has heard from {o} that {y}, {s} said", "{O}, {s} reports, said that {y}",
    "{S} passed on the word of {o} that {y}", "{S} wrote that {o} had informed {them} that {y}",
)  # fmt: skip
_TAKEN_UP = {
    "denies": ("{S} denied this.", "{S} rejects this claim.", "{S} says that this is not true.",
               "{S}, 15:40: That is not true.", "{S} contradicted that."),
    "doubts": ("{S} doubts this.", "{S} is not convinced of that.", "{S} questions this."),
    "leaves open": ("{S} has not confirmed this.", "{S} has not verified this statement.",
                    "{S}, 13:45: I cannot confirm that."),
    "says": ("{S} confirmed this.", "{S} said that this was so.", "{S} said the same."),
    "retracts": ("Later {s} retracted this statement.", "{S} has since withdrawn this.",
                 "{S}, 13:30: I take that back."),
}  # fmt: skip
"""A second sentence that takes up what the first one says."""
_ROLES = (
    "the ministry", "a spokesperson", "the union", "the company", "the committee", "the mayor",
    "the director", "the prosecution", "the opposition", "the manufacturer", "the team manager",
    "a witness", "the agency", "the school doctor", "the chief engineer", "the museum",
    "the supplier", "the auditor", "the works council", "the farmers", "the police",
    "the health office", "the landlord", "the tenants", "the coach", "the editor", "the lawyer",
    "the operator", "the vendor", "the head of sales", "the residents", "the authors",
    "a reviewer", "the administrator", "the personnel office", "the club", "the hospital",
    "the association", "the treasurer", "the captain", "the driver", "the neighbours",
    "the waterworks", "the bank", "the board", "the founder", "the insurer", "the headmaster",
    "an expert", "the defendant", "the guard", "the council", "the observatory", "the institute",
)  # fmt: skip
_TITLES = ("Minister", "Director", "Professor", "Spokesperson", "Engineer", "Judge", "Manager",
           "Coach", "Biologist", "Councillor")  # fmt: skip
_VERBS = (
    ("open", "opened"), ("close", "closed"), ("repair", "repaired"), ("replace", "replaced"),
    ("sell", "sold"), ("buy", "bought"), ("test", "tested"), ("move", "moved"),
    ("expand", "expanded"), ("publish", "published"), ("review", "reviewed"), ("stop", "stopped"),
    ("rebuild", "rebuilt"), ("cancel", "cancelled"), ("launch", "launched"),
)  # fmt: skip
_OBJECTS = (
    "a second office", "the old bridge", "the audit", "forty buses", "its northern branch",
    "the new system", "the main hall", "two ferries", "the report", "six heaters",
    "the training centre", "the programme", "its archive", "the pumps", "the contract",
)  # fmt: skip
_TIMES = ("in August", "next year", "by 2029", "before the winter", "this week", "on Monday",
          "within six months", "in the spring", "today", "by the end of June")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Somebody who speaks, as first named and as named again."""

    full: str
    short: str

    def named(self, random: Random) -> str:
        """The speaker as a claim names them."""
        return self.full if random.random() < 0.6 else self.short


@dataclass(frozen=True, slots=True)
class _Deed:
    """What somebody plans, and as done."""

    base: str
    past: str


def voices(sentence: str, people: list[str], random: Random) -> Iterator[Made]:
    """Claims about one true sentence in somebody's mouth, of one kind drawn at random."""
    speaker, other = _speakers(people, random)
    draw = random.random()
    if draw < 0.2:
        yield from _nested(sentence, speaker, other, random)
    elif draw < 0.35:
        yield from _taken_up(sentence, speaker, other, random)
    elif draw < 0.47:
        yield from _planned(speaker, other, random)
    else:
        yield from _spoken(sentence, speaker, other, random)


def can_be_spoken(sentence: str) -> bool:
    """Whether a sentence can go on behind "that": it begins with a small word or a name."""
    first = sentence.split(" ", 1)[0]
    return first in _OPENERS or any(n.start == 0 for n in names(sentence))


def spoken_as(sentence: str, stance: str, speaker: str, random: Random) -> str:
    """A sentence in a speaker's mouth, worded at random."""
    return _fill(random.choice(_WORDINGS[stance]), speaker, sentence)


def _spoken(sentence: str, speaker: _Speaker, other: _Speaker, random: Random) -> Iterator[Made]:
    stance = random.choice([s for s in _WORDINGS if s != "plans"])
    quotation = spoken_as(sentence, stance, speaker.full, random)
    ways: list[Callable[[], Made | None]] = [
        lambda: (spoken_as(sentence, stance, speaker.named(random), random), quotation,
                 SUPPORTS, "kept"),
        lambda: (sentence, quotation, *_flattened(stance)),
        lambda: _restanced(sentence, stance, speaker, quotation, random),
        lambda: None if stance == "modal" else (
            spoken_as(sentence, stance, other.named(random), random), quotation, NEITHER,
            "swapped"),
    ]  # fmt: skip
    yield from filter(None, (way() for way in (ways[0], random.choice(ways[1:]))))


def _flattened(stance: str) -> tuple[int, str]:
    """A plain "said" may be dropped; a denial says the opposite."""
    if stance == "says":
        return SUPPORTS, "flattened"
    return (CONTRADICTS if stance in ("denies", "retracts") else NEITHER), "flattened"


def _restanced(
    sentence: str, stance: str, speaker: _Speaker, quotation: str, random: Random
) -> Made | None:
    """The same speaker, who is made to do something else with it."""
    changed = [
        s for s in _WORDINGS
        if s not in (stance, "plans", "modal") and frozenset((s, stance)) not in _LIKE
    ]  # fmt: skip
    chosen = "says" if random.random() < 0.5 and "says" in changed else random.choice(changed)
    label = CONTRADICTS if (stance, chosen) in _OPPOSED else NEITHER
    return spoken_as(sentence, chosen, speaker.named(random), random), quotation, label, "restanced"


def _nested(sentence: str, speaker: _Speaker, other: _Speaker, random: Random) -> Iterator[Made]:
    quotation = _nest(sentence, speaker.full, other.full, random)
    kept = _nest(sentence, speaker.named(random), other.named(random), random)
    yield kept, quotation, SUPPORTS, "kept"
    claim = random.choice((
        sentence,
        spoken_as(sentence, "says", other.named(random), random),
        spoken_as(sentence, "says", speaker.named(random), random),
        _nest(sentence, other.named(random), speaker.named(random), random),
    ))  # fmt: skip
    yield claim, quotation, NEITHER, "nested"


def _taken_up(sentence: str, speaker: _Speaker, other: _Speaker, random: Random) -> Iterator[Made]:
    stance = random.choice(list(_TAKEN_UP))
    second = random.choice(_TAKEN_UP[stance])
    who = speaker if stance == "retracts" else other
    first = spoken_as(sentence, "says", speaker.full, random)
    quotation = f"{first} {_fill(second, who.full, sentence, whole=True)}"
    yield spoken_as(sentence, stance, who.named(random), random), quotation, SUPPORTS, "kept"
    if stance == "says":
        claim = spoken_as(sentence, "denies", who.named(random), random)
    elif random.random() < 0.5:
        claim = spoken_as(sentence, "says", who.named(random), random)
        if stance == "retracts":
            claim = f"{_upper(who.named(random))} stands by the statement that {_lower(sentence)}"
    else:
        yield sentence, quotation, NEITHER, "flattened"
        return
    label = NEITHER if stance in ("doubts", "leaves open") else CONTRADICTS
    yield claim, quotation, label, "restanced"


def _planned(speaker: _Speaker, other: _Speaker, random: Random) -> Iterator[Made]:
    base, past = random.choice(_VERBS)
    rest = f"{random.choice(_OBJECTS)} {random.choice(_TIMES)}"
    deed = _Deed(f"{base} {rest}", f"{past} {rest}")
    quotation = _plan(deed, speaker.full, random)
    yield _plan(deed, speaker.named(random), random), quotation, SUPPORTS, "kept"
    who = _upper(speaker.named(random))
    yield random.choice((
        (f"{who} {deed.past}.", quotation, NEITHER, "flattened"),
        (f"{who} has {deed.past}.", quotation, NEITHER, "flattened"),
        (f"{who} will {deed.base}.", quotation, NEITHER, "flattened"),
        (_plan(deed, other.named(random), random), quotation, NEITHER, "swapped"),
        (f"{who} does not want to {deed.base}.", quotation, CONTRADICTS, "restanced"),
        (f"{who} has no plans to {deed.base}.", quotation, CONTRADICTS, "restanced"),
    ))  # fmt: skip


def _plan(deed: _Deed, speaker: str, random: Random) -> str:
    wording = random.choice(_WORDINGS["plans"])
    return _fill(wording.replace("{v}", deed.base), speaker, "")


def _nest(sentence: str, outer: str, inner: str, random: Random) -> str:
    wording = random.choice(_NESTED).replace("{O}", _upper(inner)).replace("{o}", inner)
    them = random.choice(("him", "her", "them", "it"))
    return _fill(wording.replace("{them}", them), outer, sentence)


def _fill(wording: str, speaker: str, sentence: str, *, whole: bool = False) -> str:
    """The wording with speaker and content; a full stop at its end."""
    content = sentence.rstrip(" .")
    text = (
        wording.replace("{S}", _upper(speaker)).replace("{s}", speaker)
        .replace("{y}", _lower(content)).replace("{Y}", content).replace("s’s ", "s’ ")
    )  # fmt: skip
    return text if whole or text.endswith("?") else f"{text}."


def _speakers(people: list[str], random: Random) -> tuple[_Speaker, _Speaker]:
    one, other = _speaker(people, random), _speaker(people, random)
    while set(one.short.split()) & set(other.full.split()) - {"the", "a", "an"}:
        other = _speaker(people, random)
    return one, other


def _speaker(people: list[str], random: Random) -> _Speaker:
    draw = random.random()
    role = random.choice(_ROLES)
    if draw < 0.45 or not people:
        return _Speaker(role, role)
    name = random.choice(people)
    last = name.split()[-1]
    if draw < 0.7:
        return _Speaker(name, last)
    if draw < 0.85:
        return _Speaker(f"{random.choice(_TITLES)} {name}", name)
    bare = role.split(" ", 1)[1]
    return _Speaker(f"{bare} {name}", random.choice((name, last)))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """A sentence as it goes on behind "that": a first word that may be no name in small letters."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in _OPENERS else text


_OPENERS = frozenset(
    "The A An In It This He They She These There Many Some Most All On At After Before During By "
    "For His Her Their Its When While Although As Another Both Each Several With From".split()
)
