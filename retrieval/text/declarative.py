"""Declaratives: the clause of a question turned into a statement, or None where that is not sure.

"did the plant close" becomes "the plant closed".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.text.clauses import participle_at, past_at, predicate_at, verb_at
from retrieval.text.verbs import (
    base_of,
    is_base,
    is_noun_too,
    is_past,
    is_regular_past,
    is_third_person,
    past,
    third_person,
)
from retrieval.text.wording import AUXILIARIES, BETWEEN, DETERMINERS, OPENING, PREPOSITIONS, Words

DO = frozenset({"do", "does", "did"})
BE = frozenset({"is", "are", "was", "were"})
HAVE = frozenset({"has", "have", "had"})
_SHORT = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can", "cant": "can"}
_SHORT |= {"wont": "will"}
_UNNAMED = frozenset(
    """i you he she it this that these those one me my your his her its their someone somebody
    anyone anybody""".split()
)
"""Subjects that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in its parts: who, the verb as it is said of them, and the rest."""

    subject: str
    verb: str
    rest: str

    @property
    def text(self) -> str:
        """The whole, without capital and full stop."""
        return " ".join(part for part in (self.subject, self.verb, self.rest) if part)


def auxiliary(word: str) -> tuple[str, bool] | None:
    """The auxiliary that a word is, and whether it is negated ("didn't": did, True)."""
    if word in AUXILIARIES and word != "am":
        return word, False
    if word in _SHORT:
        return _SHORT[word], True
    positive = re.sub(r"n'?t$", "", word)
    return (positive, True) if positive != word and positive in AUXILIARIES else None


def inverted(words: Words, *, is_whole: bool = False) -> Statement | None:
    """The statement of a clause that begins with its auxiliary: "did the plant close".

    `is_whole` says that the question leaves no place open in it ("why"); else a negation is only
    of what is asked ("where was the war not fought").
    """
    found = auxiliary(words.at(0))
    if found is None or len(words) < 3:
        return None
    aux, negated = found
    if words.at(1) in _UNNAMED and not _is_expletive(words, aux):
        return None
    if words.at(1) == "there" and aux not in BE:
        return None
    verb = _verb_place(words, aux, is_whole)
    if verb is None:
        late = past_at(words, 1) if aux == "did" and not negated else None
        return _parted(words, late) if late and _is_subject(words.until(late)) else None
    if not _is_subject(words.until(verb)) or (negated and not is_whole):
        return None
    found_ = _stated(words, aux, negated, verb)
    return found_ if is_whole or "not" not in found_.verb.split() else None


def _parted(words: Words, verb: int) -> Statement:
    return Statement(words.text(1, verb), words.raw[verb], words.text(verb + 1))


def _is_subject(words: Words) -> bool:
    """Whether an auxiliary and words behind it are that: no verb or clause is among them."""
    return not any(
        word in OPENING
        or word in AUXILIARIES
        or _is_only_verb(word)
        or (is_regular_past(word) and words.at(at) not in DETERMINERS | PREPOSITIONS and at)
        for at, word in enumerate(words.low[1:])
        if not words.named[at + 1]
    )


def _is_only_verb(word: str) -> bool:
    """Whether a word is a finite verb and no plural ("emerges"): then the subject ended before."""
    base = base_of(word)
    return base is not None and third_person(base) == word and not is_noun_too(base)


def _is_expletive(words: Words, aux: str) -> bool:
    """Whether "it" stands for a clause behind: "is it forbidden to smoke"."""
    return (
        words.at(1) == "it"
        and aux in BE
        and any(word in ("to", "that") for word in words.low[3:6])
        and words.at(2) not in DETERMINERS | PREPOSITIONS | OPENING
    )


def _verb_place(words: Words, aux: str, is_whole: bool) -> int | None:
    if words.at(1) == "it":
        return 2
    if aux in BE:
        return predicate_at(words, 1, is_whole=is_whole)
    return participle_at(words, 1) if aux in HAVE else verb_at(words, 1)


def _stated(words: Words, aux: str, negated: bool, verb: int) -> Statement:
    end = verb
    while (
        end > 2
        and words.at(end - 1) in BETWEEN | {"first", "last"}
        and words.at(end - 2) not in DETERMINERS
    ):
        end -= 1
    between = [word for word in words.low[end:verb] if word not in ("not", "ever")]
    negated = negated or "not" in words.low[end:verb]
    if aux in DO:
        said = _with_do(words.raw[verb].lower().rstrip(","), aux, negated)
        said = [said[0], *between, *said[1:]] if negated else [*between, *said]
    else:
        denied = ["cannot"] if negated and aux == "can" else [aux, *(["not"] if negated else [])]
        said = [*denied, *between, words.raw[verb]]
    rest = words.text(verb + 1)
    if aux in DO and not negated and words.at(verb + 1) == "and" and is_base(words.at(verb + 2)):
        rest = " ".join(["and", *_with_do(words.at(verb + 2), aux, False), words.text(verb + 3)])
    comma = "," if aux in DO and words.raw[verb].endswith(",") else ""
    return Statement(words.text(1, end).rstrip(","), " ".join(said) + comma, rest.strip())


def _with_do(base: str, aux: str, negated: bool) -> list[str]:
    if negated:
        return [f"{aux} not", base]
    forms = {"did": past, "does": third_person}
    return [forms[aux](base) if aux in forms else base]


def declared(words: Words) -> Statement | None:
    """A clause in the order of a statement, if it has a verb: "the office opens at nine"."""
    if len(words) < 2 or words.at(0) in _UNNAMED | OPENING or auxiliary(words.at(0)):
        return None
    ended = words.at(len(words) - 1) in AUXILIARIES
    finite = next((at for at in range(1, len(words)) if _is_finite(words, at)), None)
    if ended or finite is None or any(word in OPENING for word in words.low[:finite]):
        return None
    return Statement(words.text(0, finite), words.raw[finite], words.text(finite + 1))


def main_verb(statement: Statement) -> str:
    """The base of the full verb of a statement."""
    verb = statement.verb.split()[-1]
    return base_of(verb) or verb


def _is_finite(words: Words, at: int) -> bool:
    word = words.at(at)
    return not words.named[at] and (
        auxiliary(word) is not None or is_past(word) or is_third_person(word)
    )
