from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.carried import Kind, Lack
from retrieval.answer.comparison import Comparison
from retrieval.answer.evidence import Window
from retrieval.answer.models import Support
from retrieval.answer.question import analyse
from retrieval.answer.search import Hit
from retrieval.answer.verify import Weighed, forbids
from retrieval.answer.weighing import Weighing, load_weighing, traits
from retrieval.model import Passage, Sentence
from retrieval.text.attribution import Stance

STATEMENT = analyse("The Norden Company built the pier.")
TEXT = "The pier was built by the Norden Company."
SURE, AGAINST = Support(0.98, 0.01, 0.01), Support(0.01, 0.98, 0.01)
WHOLE = Comparison(coverage=1.0, subject=0.0, mismatch=None, supported=False)
SAID = Lack(Kind.ATTRIBUTION, "", "Ana said", stance=Stance.SAYS)
REPLACED = Lack(Kind.ATTRIBUTION, "Bob said", "Ana said", clash=True, stance=Stance.SAYS)
numbers = st.floats(-1, 1)


def window(text: str = TEXT) -> Window:
    passage = Passage("a.txt", 0, len(text), text, (Sentence(0, len(text), text),), 0, "Minutes")
    return Window(1, passage, 0, Hit(1, 1.0))


def likely(support: Support, lack: Lack | None = None) -> tuple[float, float]:
    return load_weighing().probabilities(traits(STATEMENT, window(), WHOLE, support, lack))


def weighed(lack: Lack | None, *, about: bool = True, verbatim: bool = False) -> Weighed:
    return Weighed(window(), WHOLE, SURE, lack, about, verbatim, (0.9, 0.05))


@given(st.dictionaries(st.sampled_from(["bias", "supports", "lack"]), numbers), numbers)
def test_probabilities_stay_probabilities(row: dict[str, float], weight: float) -> None:
    supports, contradicts = Weighing({"bias": weight, "supports": 900.0}, row).probabilities(row)
    assert supports >= 0 <= contradicts
    assert supports + contradicts <= 1


def test_support_and_denial_rise_with_what_the_judge_reads() -> None:
    assert likely(SURE)[0] > 0.5 > likely(SURE)[1]
    assert likely(AGAINST)[1] > 0.5 > likely(AGAINST)[0]


def test_what_is_lacking_lowers_support() -> None:
    lack = Lack(Kind.NUMBER, "14")
    assert likely(SURE, lack)[0] < likely(SURE)[0]


def test_what_a_rule_forbids_is_never_supported_however_likely() -> None:
    assert weighed(None).supports == 0.9
    assert weighed(Lack(Kind.DATE, "2019")).supports == 0
    assert weighed(REPLACED).supports == 0
    assert weighed(Lack(Kind.NAME, "Norden"), verbatim=True).supports == 0


def test_a_plain_speaker_left_out_is_named_and_one_replaced_is_not() -> None:
    assert weighed(SAID).supports == 0.9
    assert not forbids(SAID)
    assert forbids(REPLACED)


def test_a_window_about_something_else_says_nothing() -> None:
    elsewhere = weighed(None, about=False)
    assert elsewhere.supports == elsewhere.contradicts == 0


def test_what_stands_there_word_for_word_needs_no_weighing() -> None:
    assert weighed(None, verbatim=True).supports == 1.0


@pytest.mark.parametrize(
    ("text", "speaker"),
    [("Ana Vrk said that the Norden Company built the pier.", "Ana Vrk"),
     ("Ana Vrk, 10:42: The Norden Company built the pier.", "Ana Vrk")],
)  # fmt: skip
def test_the_speaker_left_out_is_known_also_in_a_chat(text: str, speaker: str) -> None:
    found = Weighed(window(text), WHOLE, SURE, SAID, True, False, (0.9, 0.0))
    assert found.speaker == speaker
