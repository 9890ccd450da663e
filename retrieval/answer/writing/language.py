"""Language: a written sentence is in the script and the language of the quotation it rests on."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from retrieval.text.terms import fold, words

_SMALL_WORDS = {
    language: frozenset(fold(row).split())
    for language, row in {
        "English": "the of and to in is was are were that for by with on at from as which it has "
        "have had been not but this these will would their its an be who",
        "German": "der die das und ist war sind waren nicht mit von zu den dem des ein eine einer "
        "einen wird wurde wurden für auf im am als auch sich nach bei dass hat haben über",
        "French": "le la les des du et est était sont dans que qui pour pas une sur au aux avec "
        "ont été par plus cette ces il elle se ne sera",
        "Spanish": "el la los las del y es fue son en que por para con una se su no como más al "
        "lo han ha está este esta desde sido",
        "Italian": "il lo gli della delle dei e è era sono nel nella che per con una non si da "
        "di al alla come più ha hanno stato questo",
        "Portuguese": "o os das dos do da e é foi são em que para com uma não se no na ao como "
        "mais por seu sua tem foram",
        "Dutch": "de het een en is was zijn van in op te dat die voor met niet aan bij ook door "
        "worden werd heeft naar om",
        "Turkish": "ve bir bu için ile da de olarak olan daha çok gibi kadar sonra ancak her "
        "değil tarafından göre ise oldu edildi olduğunu",
        "Polish": "i w na się jest z do nie że po od za przez ale jak był była są który która "
        "oraz został",
    }.items()
}
_LEAST = 2
"""Small words that it takes to tell a language."""


@lru_cache(maxsize=4096)
def language_of(text: str) -> str | None:
    """The language whose small words stand in a text most often; None where that is not clear."""
    found = [fold(text[start:end]) for start, end in words(text)]
    counts = sorted(
        ((sum(word in small for word in found), name) for name, small in _SMALL_WORDS.items()),
        reverse=True,
    )
    (most, language), (second, _) = counts[:2]
    return language if most >= _LEAST and most > second else None


@lru_cache(maxsize=4096)
def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of a text: "LATIN", "CYRILLIC", …"""
    return frozenset(
        unicodedata.name(char, "UNKNOWN").split(" ")[0].split("-")[0]
        for char in set(text)
        if char.isalpha()
    )


def language(text: str, quoted: str) -> str | None:
    """Another script or language than the quotation's; None if it is the same, or not clear."""
    foreign = scripts(text) - scripts(quoted) - {"LATIN"}
    if foreign:
        return f"letters in {sorted(foreign)[0].title()}"
    if "LATIN" not in scripts(quoted) and "LATIN" in scripts(text):
        return "letters in Latin"
    mine, theirs = language_of(text), language_of(quoted)
    return f"{mine} instead of {theirs}" if mine and theirs and mine != theirs else None
