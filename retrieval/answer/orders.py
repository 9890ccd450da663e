"""Orders to a machine: text that tells whoever answers from it what to say.

Such text is data like all the rest: nothing obeys it, and it is never quoted as an answer. Found
by form, so orders to people ("Answer the phone within three rings.") stay quotable, and so does
prose about assistants.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MACHINE = (
    r"(?:ai(?: (?:assistant|model|system|agent|bot|language model)s?)?|ais"
    r"|(?:chat)?bots?|(?:ai |large )?language models?|llms?|gpt\w*|chatgpt|claude|copilot|onrecord)"
)
_SAY = r"(?:say|reply|answer|respond|state|claim|output|print|write|repeat|tell)"
_RULES = r"(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|commands?)"
_DROP = (
    r"(?<!not )(?<!never )(?<!n't )(?<!cannot )"
    r"\b(?:ignore|disregard|forget|override|bypass|discard|(?:stop|do not|don't) (?:follow(?:ing)?"
    r"|obey(?:ing)?))"
)
_EARLIER = r"(?:previous|prior|above|earlier|preceding|foregoing|existing|original)"
_OPENING = r"(?:^|[.!?:;,–—-] |\b(?:and|then|please|now|instead|so) )"

_FORMS = (
    # Rules are thrown over.
    rf"{_DROP} (?:(?:all|any|every|of|the|these|those|your|other) )*{_EARLIER} (?:\w+ )?"
    rf"(?:{_RULES}|context|messages?|texts?|content|conversation)",
    rf"{_DROP} (?:all |any |of |every )*your (?:\w+ )?(?:{_RULES}|training|safety|context"
    rf"|filters?)",
    rf"{_DROP} (?:(?:all|any|every|the|these|those|other) )+{_RULES}"
    r"(?: (?:above|before|given|you (?:were|have|had)|so far|and)\b|\W*$)",
    rf"{_DROP} (?:(?:all|any) )?{_RULES} (?:above|before this|you (?:were|have|had))",
    rf"{_DROP} (?:(?:all|any|the|every|these|those) )*other (?:documents?|sources?|passages?|files?"
    rf"|texts?|quotations?)\b[^.]{{0,20}}\b{_SAY}\b",
    rf"{_DROP} (?:everything|anything|all|what(?:ever)?)(?: that)?(?: you (?:were|have|had"
    rf"|know|read"
    r"|learned)| (?:above|before)| (?:was|is|stands|came) (?:\w+ )?(?:above|before))\b",
    r"\bignorier\w* .{0,40}(?:anweisung|regel|vorgabe)|\bignore[rz] .{0,40}(?:instruction|consigne)"
    r"|\bignor(?:a|e|en|ate) .{0,40}(?:instruccion|istruzion)|\bönceki .{0,30}(?:talimat|komut)",
    r"\b(?:your|here are (?:your|the)) (?:new|real|actual|updated|only|true) "
    r"(?:instructions?|orders?|prompt|(?:task|job|goal|role|purpose) (?:is|are|will be))\b",
    r"^(?:new|updated|hidden|secret|special|important) (?:system )?(?:instructions?|prompt) ?[:.]",
    r"\byour (?:task|job|role|goal|instructions?) (?:is|are) now\b|\bfrom now on,? (?:you\b|"
    rf"(?:always |only )?{_SAY}\b)",
    # The reader is told what it is.
    rf"\byou(?: are|'re) (?:now )?(?:an? |the )?(?:[\w-]+ ){{0,2}}?(?:{_MACHINE}|dan)\b",
    r"^(?:\w+,? )?you(?: are|'re) (?:now )?(?:an? |the )?(?:[\w-]+ ){0,2}?assistant\b"
    r"(?! (?:manager|director|professor|editor|coach|to)\b)",
    r"\byou(?: are|'re) (?:now )?(?:in|entering) (?:developer|debug|admin|god|dan"
    r"|jailbreak) mode\b",
    r"\b(?:enable|enter|activate|switch to) (?:developer|dan|god|jailbreak|unrestricted) mode\b",
    r"\byou(?: are|'re)? (?:now )?(?:no longer|not|have no|free of|without) (?:\w+ )?"
    r"(?:restrictions|filters|content policy|bound by)\b",
    rf"{_OPENING}(?:act|behave|respond|speak) (?:as|like)(?: if you (?:are|were))? (?:an? |the )?"
    rf"(?:[\w-]+ ){{0,2}}?(?:{_MACHINE}|assistant|dan)\b",
    r"^(?:please |now )?(?:pretend|imagine|roleplay|simulate)(?: to be| that you| you)\b",
    rf"\bas an? (?:{_MACHINE}|(?:ai|virtual|helpful) assistant),? (?:you|always|never|please"
    rf"|{_SAY})\b",
    # The machine is called.
    rf"\b(?:dear|attention|note (?:to|for)|hey|hello|hi|listen|instructions? (?:to|for)|message"
    rf" (?:to|for)|if you(?: are|'re)|^to|(?<=[.!?;:] )to) (?:all |any |the |every |an? )*"
    rf"(?:{_MACHINE}|assistant)"
    r"(?: (?:reading|processing|that reads?|assistant|model)| ?[,:!–—-]|\W*$)",
    rf"^(?:{_MACHINE}|assistant),? (?:please )?(?:{_SAY}|ignore|you must|always|never|do not)\b"
    r"(?!s)",
    rf"\b(?:{_MACHINE}|assistants?) (?:(?:reading|processing|summari[sz]ing|answering|that reads?"
    r"|who reads?) [\w ]{0,30}?)?(?:must|should|shall|has to|have to|will|needs? to)"
    r" (?:always |only |never |not )*(?:tell|say|answer|reply|respond|claim|recommend|state)\b"
    r" (?:the |all |every |any )*(?:users?|that|with|yes|no|only|anyone|everyone|this)\b",
    rf"\b(?:{_MACHINE}|assistants?) (?:reading|processing|summari[sz]ing) this\b",
    # Its answer is put into its mouth.
    rf"\b(?:when|whenever|if|once) (?:you(?: are|'re) |ever |anyone |anybody |someone |somebody "
    rf"|people |users? |an? \w+ |the user |they )?(?:ever )?(?:is |are )?ask(?:s|ed)?\b"
    rf"(?! (?:\w+ )?(?:for|to)\b)[^.]{{0,80}}?[, ](?:always |only |just |simply |you (?:must|should"
    rf"|will) )*(?:{_SAY})\b",
    rf"{_OPENING}{_SAY} [^.]{{0,80}}\b(?:when|whenever|if) (?:you(?: are|'re)|anyone|someone"
    rf"|anybody"
    r"|users?|people|the user) (?:ever )?(?:asked|asks?)\b(?! (?:\w+ )?for\b)",
    rf"\b(?:whoever|whatever|no matter (?:what|who|which)"
    rf"|regardless of)\b[^.,]{{0,60}}\b(?:asks?|asked"
    rf"|questions?)\b[^.]{{0,40}}\b{_SAY}\b",
    rf"\b(?:to|for|on) (?:any|every|all|each|the next) (?:questions?|prompts?|quer(?:y|ies))\b"
    rf"[^.]{{0,60}}\b{_SAY}\b",
    rf"{_OPENING}(?:you (?:must|should|will|shall) )?(?:always |only )?(?:answer|reply|respond)"
    r"(?: (?:to|only|always))* (?:any|every|all|each|the next) (?:\w+ )?(?:questions?|prompts?"
    r"|quer(?:y|ies)|requests?)\b[^.]{0,60}\b(?:with|by saying|that|as)\b",
    r"\b(?:answer|response|reply) to (?:any|every|all|each) (?:\w+ )?(?:questions?|prompts?|quer)",
    rf"{_OPENING}(?:you (?:must|should|will|shall) )?(?:always |only |just |simply )*"
    r"(?:reply|respond|answer)(?: (?:only|always|exactly|just|with|by|saying|that|the words?))*"
    r":? ?[\"“'‘]",
    r"^(?:always |only |just |simply |you (?:must|should|will) )*say(?: (?:only|exactly|that|the"
    r" words?))*:? ?[\"“'‘]",
    rf"{_OPENING}(?:reply|respond|output|print|repeat|write|say|answer) (?:only |exactly "
    rf"|nothing but"
    r" |just )+(?:with |the )*(?:following|words?|sentence|text|this)\b",
    r"\b(?:output|print|repeat|write) the following (?:text |words? |sentence )?(?:exactly|verbatim"
    r"|word for word)",
    r"\b(?:begin|start|end|finish|preface|prefix|append) (?:your|every|each|all|any) (?:answers?"
    r"|repl(?:y|ies)|responses?|outputs?|messages?)\b",
    r"\bin (?:your|every|each|any) (?:answers?|repl(?:y|ies)|responses?|summar(?:y"
    r"|ies)),? (?:include"
    r"|mention|say|state|add|always|never|do not|write|recommend|you must)\b",
    r"\byour (?:next |final |only )?(?:answers?|repl(?:y|ies)|responses?|outputs?) (?:must"
    r"|should|has"
    r" to|shall|will|is to|needs? to)\b",
    r"\binstead of (?:answering|refusing)\b|\byou must (?:not|never) refuse\b"
    r"|\bnever refuse (?:a|any"
    r"|the) (?:question|request|prompt)",
    r"\b(?:do not|don't|never) (?:tell|reveal to|inform|warn|show|mention (?:this|it) to) (?:the )?"
    r"users?\b|\b(?:do not|don't|never) (?:mention|reveal|disclose|quote) (?:this|these|that"
    r"|your|the"
    r" (?:above|system)) (?:instructions?|prompt|notes?|text|message|you)\b",
    r"\b(?:do not|don't|never) reveal that you\b",
    r"\b(?:do not|don't|never) (?:cite|quote|use|trust|rely on) any other (?:documents?|sources?"
    r"|passages?)\b|\b(?:cite|quote|use) only this (?:document|page|passage|source)\b",
    r"\bdecode (?:and|then|this|the following)\b[^.]{0,40}\b(?:obey|follow|execute|run|do|say)\b",
    r"\btreat (?:this|the following) (?:\w+ )?as (?:the only|your|a system|an instruction)",
    # Its inside is asked for, or its format forged.
    r"\b(?:reveal|print|show|repeat|output|leak|display|expose|send|tell me)(?: \w+){0,3} (?:system"
    r"|developer|initial|hidden) (?:prompt|message|instructions?)\b",
    r"^(?:begin|end|start of|end of|new)? ?(?:system|developer) (?:prompt|message"
    r"|instructions?|note)"
    r" ?(?::|$)|\b(?:begin|end) (?:system|developer) (?:prompt|message)\b",
    r"<\| ?(?:system|im_start|im_end|assistant|user|endoftext)|</?(?:system|assistant"
    r"|instructions?)>"
    r"|<</?sys>>|\[ ?/?(?:inst|system) ?\]",
    r"^(?:(?-i:SYSTEM|ASSISTANT)|\[(?:system|assistant)\]) ?(?::|-|$)",
    r"(?:^|[.!?][\"”’)]* [\"“‘'(]*)(?:assistant|ai assistant|chatbot) ?: ",
    r"^(?:system|assistant|ai|bot|instructions?) ?: .*\b(?:you|your|yourself|ignore|answer|reply"
    r"|respond|say that|tell)\b",
)  # fmt: skip
_ORDER = re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)
_HINTS = (
    *"ignor disregard forget overrid bypass discard follow obey önceki you answer repl".split(),
    *"respon say ask question quer prompt instruct output print repeat write system".split(),
    *"assistant bot model llm gpt claude copilot onrecord user pretend imagin roleplay".split(),
    *"simulat treat cite quote decode < [".split(),
    *(" mode", " ai"),
)
"""No order lacks all of these; most sentences do, and the forms take 0.2 ms to try."""
_GOES_ON = re.compile(
    rf"^(?:instead,? |now,? |then,? |and |always |only |just )*{_SAY}\b", re.IGNORECASE
)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MARKS = re.compile(r"\*+|^[\s#>_`~\"“'-]+")


_LABEL = re.compile(
    r"^(?:(?:please |kindly )?note|important|urgent|attention|warning|reminder|ps|fyi)\b\W*", re.I
)
"""What an order may begin with and stay one."""
_SPACED = re.compile(r"\b(?:[^\W\d_] )+[^\W\d_]\b")
_LEET = re.compile(r"\b(?=\w*[^\W\d_])(?=\w*\d)\w{2,}\b")
_DIGITS = str.maketrans("013457", "oieast")
_LOOKALIKES = str.maketrans("асеіјорѕухдѵαερονι", "aceijopsyxdvaepovi")
"""Cyrillic and Greek letters that look like Latin ones."""
_TAGS = re.compile("[\U000e0020-\U000e007e]")
_TURNED = re.compile("\u202e(?P<text>[^\u202c]*)")
_ENDED = re.compile(r"[.!?…。！？][\"”’»)\]*_]*\s*$")


@lru_cache(maxsize=8192)
def addresses_a_machine(text: str) -> bool:
    """Whether a sentence gives orders to whoever answers from it."""
    plain = _plain(text)
    return _gives_order(plain) or any(map(_gives_order, _undisguised(text, plain)))


def _gives_order(plain: str) -> bool:
    folded = f" {plain.lower()} "
    return any(hint in folded for hint in _HINTS) and _ORDER.search(plain) is not None


def _undisguised(text: str, plain: str) -> set[str]:
    """What a text says without its disguises: letters apart, in other scripts or turned round."""
    shown = _SPACED.sub(lambda m: m.group().replace(" ", ""), _LABEL.sub("", plain))
    if not shown.isascii():
        shown = shown.lower().translate(_LOOKALIKES)
    found = {shown, _LEET.sub(lambda m: m.group().translate(_DIGITS), shown)}
    if not text.isascii():
        found.add(_plain(_TAGS.sub(lambda m: chr(ord(m.group()) - 0xE0000), text)))
        found.update(_plain(m["text"][::-1]) for m in _TURNED.finditer(text))
    return found - {plain}


def continues_an_order(before: str, text: str) -> bool:
    """Whether a sentence goes on with an order of the sentence before it, or says what it wants."""
    if _GOES_ON.match(_plain(text)) and addresses_a_machine(before):
        return True
    return not _ENDED.search(before) and addresses_a_machine(f"{before} {text}")


def _plain(text: str) -> str:
    """The text without what hides words from a pattern: unseen characters, marks, line ends."""
    shown = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'")
    return " ".join(_MARKS.sub("", shown).split())
