"""Splitting: a chat model takes apart what a message states, as far as it keeps to its words.

The rule has found the statements already; of each, the model's parts are taken only if the
statement carries every one of them, by the gates that a written sentence has to pass, and if
together they lose nothing of it. Otherwise the statement stays whole. No part is a verdict: that
rests on the documents.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from prompts.loading import load_prompt
from retrieval.answer.message_claims import MOST_CLAIMS, MessageClaim
from retrieval.answer.writing.asking import new_marker
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.frozen import Quotation
from retrieval.answer.writing.patience import Patience
from retrieval.answer.writing.rewriting import usage_of
from retrieval.model import Citation
from retrieval.text.polarity import negations
from retrieval.text.terms import terms

MOST_PARTS = 6
"""Parts of one statement; what is taken apart further was not taken apart by its words."""
_LINE = re.compile(r"^\W*(?P<number>\d{1,2})\s*[:.)]\s*(?P<text>\S.*?)\s*$", re.MULTILINE)

logger = logging.getLogger(__name__)


class Splitter:
    """Takes statements apart with one chat model; safe to use from several threads."""

    def __init__(
        self,
        model: BaseChatModel,
        checker: Checker,
        *,
        timeout_s: float,
        patience: Patience | None = None,
        marker: Callable[[], str] = new_marker,
    ) -> None:
        self._model = model
        self._checker = checker
        self._timeout_s = timeout_s
        self._patience = patience or Patience()
        self._marker = marker

    def split(self, stated: Sequence[MessageClaim]) -> tuple[MessageClaim, ...]:
        """The parts of the statements, or a statement itself where they do not hold.

        Never raises; at most as many claims as a message may have.
        """
        if not stated:
            return ()
        drafted = self._drafted(stated)
        found: list[MessageClaim] = []
        for number, claim in enumerate(stated, 1):
            parts = [text for n, text in drafted if n == number]
            holds = claim.is_whole and self._holds(parts, claim.text)
            found.extend(map(MessageClaim, parts) if holds else [claim])
        distinct = tuple(dict.fromkeys(found))
        return distinct if len(distinct) <= MOST_CLAIMS else tuple(stated)

    def _drafted(self, stated: Sequence[MessageClaim]) -> list[tuple[int, str]]:
        """What the model makes of the statements, each part with its statement's number."""
        started = time.monotonic()
        rules, request = load_prompt("claims"), load_prompt("claims_request")
        marker = self._marker()
        lines = (f"{n}: {json.dumps(c.text, ensure_ascii=False)}" for n, c in enumerate(stated, 1))
        messages: list[BaseMessage] = [
            SystemMessage(rules.filled({"marker": marker})),
            HumanMessage(request.filled({"marker": marker, "statements": "\n".join(lines)})),
        ]
        try:
            reply = self._patience.within(self._timeout_s, lambda: self._model.invoke(messages))
            drafted = [(int(m["number"]), m["text"]) for m in _LINE.finditer(reply.text)]
        except Exception as error:  # each provider raises its own kinds
            logger.info("not_split error=%s", type(error).__name__)
            return []
        usage = usage_of(reply, time.monotonic() - started)
        logger.info(
            "split statements=%d parts=%d tokens=%d prompts=%s,%s",
            len(stated),
            len(drafted),
            usage.input_tokens + usage.output_tokens,
            rules.sha256[:12],
            request.sha256[:12],
        )
        return drafted

    def _holds(self, parts: Sequence[str], whole: str) -> bool:
        """Whether a statement carries each part and the parts lose nothing of it."""
        if not 1 < len(parts) <= MOST_PARTS:
            return False
        quotation = Quotation(1, (_as_citation(whole),), "", leads=True)
        return not _lost(parts, whole) and all(
            self._checker.check(part, (1,), (quotation,)) == 1 for part in parts
        )


def _lost(parts: Sequence[str], whole: str) -> bool:
    """Whether a word or a denial of the statement stands in no part."""
    kept = {term for part in parts for term in terms(part)}
    denials = sum(map(negations, parts))
    return not kept.issuperset(terms(whole)) or denials < negations(whole)


def _as_citation(text: str) -> Citation:
    """A statement of a message, in the form that the gates compare with."""
    return Citation("message", "", None, None, 0, len(text), text, 0)
