"""Lacks: what a quotation does not carry of a claim, in words that a reader can check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.text.attribution import Stance


class Kind(StrEnum):
    """The part of a claim that is not carried."""

    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    MODALITY = "modality"
    QUANTIFIER = "quantifier"
    COMPARATIVE = "comparative"
    ATTRIBUTION = "attribution"
    CAUSE = "cause"
    DOER = "doer"


@dataclass(frozen=True, slots=True)
class Lack:
    """Words of a claim that a quotation does not carry, and what it has instead.

    `words` is empty where the claim leaves something out ("may", "he denied that"). `clash` says
    that the quotation contradicts; else it merely says less. `stance` is what the speaker of a
    quotation does whose speaker or stance is missing.
    """

    kind: Kind
    words: str
    instead: str = ""
    clash: bool = False
    stance: Stance | None = None
