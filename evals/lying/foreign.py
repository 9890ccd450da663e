"""Foreign: a sentence in another language or script, its names and numbers kept."""

from __future__ import annotations

import random
import re

_WORDS = {
    "German": "the=die of=von and=und is=ist was=war are=sind were=waren in=in to=zu a=ein an=ein "
    "by=von for=für with=mit on=auf at=bei from=aus that=dass which=welche has=hat have=haben "
    "had=hatte not=nicht it=es its=seine his=seine her=ihre as=als be=sein will=wird or=oder "
    "but=aber this=dies their=ihre they=sie he=er she=sie also=auch after=nach",
    "French": "the=le of=de and=et is=est was=était are=sont were=étaient in=dans to=à a=un an=un "
    "by=par for=pour with=avec on=sur at=à from=de that=que which=qui has=a have=ont had=avait "
    "not=pas it=il its=sa his=son her=sa as=comme be=être will=va or=ou but=mais this=ce "
    "their=leur they=ils he=il she=elle also=aussi after=après",
    "Spanish": "the=el of=de and=y is=es was=fue are=son were=eran in=en to=a a=un an=un by=por "
    "for=para with=con on=sobre at=en from=desde that=que which=que has=ha have=han had=había "
    "not=no it=lo its=su his=su her=su as=como be=ser will=va or=o but=pero this=este their=su "
    "they=ellos he=él she=ella also=también after=después",
    "Turkish": "the= of= and=ve is=dir was=idi are=dir were=idi in=içinde to=için a=bir an=bir "
    "by=tarafından for=için with=ile on=üzerinde at=de from=dan that=ki which=olan has=var "
    "not=değil it=o its=onun his=onun her=onun as=olarak or=veya but=ama this=bu their=onların",
}
_SUFFIXES = {
    "German": (("tion", "tion"), ("ing", "ung"), ("ed", "te"), ("ly", "lich"), ("s", "en")),
    "French": (("ty", "té"), ("ing", "ant"), ("ed", "é"), ("ly", "ment"), ("s", "es")),
    "Spanish": (("tion", "ción"), ("ing", "ando"), ("ed", "ado"), ("ly", "mente"), ("s", "os")),
    "Turkish": (("tion", "siyon"), ("ing", "ma"), ("ed", "di"), ("ly", "ca"), ("s", "lar")),
}
_CYRILLIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопярстуввхузАБЦДЕФГХИЙКЛМНОПЯРСТУВВХУЗ",
)
_TEMPLATES = (
    "Nach diesem Bericht ist {name} nicht mehr im Amt.",
    "Selon ce texte, {name} est la plus grande de toutes.",
    "Según este texto, {name} no es el primero de la lista.",
    "Bu metne göre {name} artık bu listede değil.",
    "Secondo questo testo {name} non è la prima della lista.",
    "Het is volgens de tekst niet zeker dat {name} er bij was.",
)
_WORD = re.compile(r"[^\W\d_]+")


def foreign(text: str, rng: random.Random) -> str:
    """The sentence in another language, as far as small words and endings make one."""
    choice = rng.randrange(len(_WORDS) + 2)
    if choice == len(_WORDS):
        return text.translate(_CYRILLIC)
    if choice > len(_WORDS):
        names = re.findall(r"(?<=[a-z] )[A-Z]\w{2,}", text) or ["alles"]
        return rng.choice(_TEMPLATES).format(name=rng.choice(names))
    language = list(_WORDS)[choice]
    table = dict(pair.split("=") for pair in _WORDS[language].split(" "))
    made = _WORD.sub(lambda m: _word(m.group(), table, _SUFFIXES[language]), text)
    made = " ".join(made.split())
    return made[:1].upper() + made[1:]


def _word(word: str, table: dict[str, str], suffixes: tuple[tuple[str, str], ...]) -> str:
    if word.lower() in table:
        return table[word.lower()]
    if word[0].isupper() or len(word) < 5:
        return word
    for old, new in suffixes:
        if word.endswith(old):
            return word.removesuffix(old) + new
    return word
