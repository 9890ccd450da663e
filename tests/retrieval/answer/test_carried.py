from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.carried import Kind, uncarried
from retrieval.text.attribution import Stance

PACT = (
    "Defense Minister Yaşar Güler said on Thursday that the operation, launched in April 2022, "
    "would be completed before the winter."
)
GENERALS = "The center may be led by at least 12 generals from Türkiye, but not from Iraq."


@pytest.mark.parametrize(
    "claim",
    [
        PACT,
        "Yaşar Güler said that the operation would be completed before the winter.",
        "According to Yasar Guler, the operation will be completed before the winter.",
        "The operation was launched in April 2022, Güler said.",
        "Güler said on Thursday the operation was launched in 2022.",
    ],
)
def test_what_is_carried(claim: str) -> None:
    assert uncarried(claim, PACT) is None


@pytest.mark.parametrize(
    ("claim", "kind", "clash"),
    [
        ("Güler said that the operation was launched in April 2021.", Kind.DATE, True),
        ("Güler said that the operation was launched on 3 April 2022.", Kind.DATE, False),
        ("Fidan said that the operation would be completed before the winter.", Kind.ATTRIBUTION,
         True),
        ("Güler denied that the operation would be completed before the winter.",
         Kind.ATTRIBUTION, True),
        ("Güler said that the operation would not be completed before the winter.", Kind.NEGATION,
         True),
        ("Güler said that the operation would be completed after the winter.", Kind.COMPARATIVE,
         True),
        ("Güler said that 3 operations would be completed before the winter.", Kind.NUMBER, False),
        ("Güler said that all operations would be completed before the winter in Iraq.", Kind.NAME,
         False),
        ("Güler said on Friday that the operation was launched in April 2022.", Kind.DATE, True),
    ],
)  # fmt: skip
def test_what_is_not_carried(claim: str, kind: Kind, clash: bool) -> None:
    lack = uncarried(claim, PACT)
    assert lack is not None
    assert (lack.kind, lack.clash) == (kind, clash)


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("The center will be led by at least 12 generals from Türkiye.", Kind.MODALITY),
        ("The center is led by at least 12 generals from Türkiye.", Kind.MODALITY),
        ("The center may be led by 12 generals from Türkiye.", Kind.NUMBER),
        ("The center may be led by at most 12 generals from Türkiye.", Kind.NUMBER),
        ("The center may be led by at least 12 generals from Iraq.", Kind.NEGATION),
        ("The center may be led only by at least 12 generals from Türkiye.", Kind.QUANTIFIER),
        ("The center may not be led by at least 12 generals from Türkiye.", Kind.NEGATION),
    ],
)
def test_what_weakens_a_quotation_may_not_be_left_out(claim: str, kind: Kind) -> None:
    lack = uncarried(claim, GENERALS)
    assert lack is not None
    assert lack.kind is kind


def test_a_plain_speaker_left_out_comes_last_and_is_marked() -> None:
    lack = uncarried("The operation was launched in April 2022.", PACT)
    assert lack is not None
    assert (lack.kind, lack.stance, lack.clash) == (Kind.ATTRIBUTION, Stance.SAYS, False)
    wrong = uncarried("The operation was launched in April 2021.", PACT)
    assert wrong is not None
    assert wrong.kind is Kind.DATE


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("It rained.", "Ana said that Bob had told her that it rained."),
        ("Ana said that it rained.", "Ana said that Bob had told her that it rained."),
        ("Bob said that it rained.", "Ana said that Bob had told her that it rained."),
        ("Bob said that Ana had told him that it rained.",
         "Ana said that Bob had told her that it rained."),
        ("The pipes were sealed.", "Ana noted that the vendor had assured her that the pipes were "
         "sealed."),
    ],
)  # fmt: skip
def test_of_two_speakers_neither_may_be_left_out_or_moved(claim: str, quotation: str) -> None:
    lack = uncarried(claim, quotation)
    assert lack is not None
    assert lack.kind is Kind.ATTRIBUTION
    assert lack.stance is not Stance.SAYS or lack.clash


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("According to Ana, Bob told her that it rained.",
         "Ana said that Bob had told her that it rained."),
        ("Ana said it rained, while Bob stayed at home.",
         "Ana said it rained, and Bob told nobody."),
        ("In the telling of the dockers, two inspectors sealed the hall.",
         "The dockers' union claims that two inspectors sealed the hall."),
        ("The platform team says it did not touch the job.",
         "The platform team denies having touched the job."),
        ("Ana is not convinced that the pump runs.", "Ana doubts that the pump runs."),
        ("If one believes the vendor, as it claims, the pump runs.",
         "The vendor claims that the pump runs."),
        ("Ana believes that the pump will run.", "Ana expects that the pump will run."),
        ("According to one witness, it rained.", "It rained, according to a witness."),
        ("Ana asked whether it rained.", "Ana, 10:05: Does anybody know whether it rained?"),
    ],
)  # fmt: skip
def test_what_may_be_said_in_other_words_is_left_to_the_judge(claim: str, quotation: str) -> None:
    assert uncarried(claim, quotation) is None


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("The curator denies having spoken to the guard.",
         "The guard denies having spoken to the curator."),
        ("The ministry claims that the hall was sealed.",
         "The union claims that the hall was sealed."),
        ("In the words of the report, the hall was sealed.",
         "The union claims that the hall was sealed."),
        ("The platform team says it touched the job.",
         "The platform team denies having touched the job."),
        ("One pump runs.", "Two pumps run."),
        ("Ana is not convinced that the pump runs.", "Ana said that the pump runs."),
    ],
)  # fmt: skip
def test_what_only_looks_like_other_words_is_not(claim: str, quotation: str) -> None:
    assert uncarried(claim, quotation) is not None


def test_context_names_and_dates_what_is_quoted() -> None:
    claim = "In 2021, the ferry Ostra carried 42,000 cars."
    quotation = "The ferry carried 42,000 cars."
    assert uncarried(claim, quotation) is not None
    assert uncarried(claim, quotation, "Ferry Ostra: report for 2021") is None


def test_the_date_of_the_document_makes_days_of_relative_words() -> None:
    claim, quotation = "The pier opened on 3 May 2021.", "The pier opened yesterday."
    assert uncarried(claim, quotation, on="2021-05-04") is None
    assert uncarried(claim, quotation, on="2021-05-09") is not None
    assert uncarried(claim, quotation) is not None


@given(st.text(), st.text())
def test_any_texts_may_be_compared(claim: str, quotation: str) -> None:
    uncarried(claim, quotation)


@given(
    st.text(alphabet="not all may 12,.%$ AnaBo said that denied 2021 May more than", max_size=60)
)
def test_a_text_carries_itself_up_to_who_says_it(text: str) -> None:
    assert uncarried(text, text) is None


def test_it_takes_little_time() -> None:
    texts = [f"{PACT} It has {n} ships of {n * 7} tonnes." for n in range(60)]
    start = time.process_time()
    for text in texts:
        uncarried(text, text)
    assert (time.process_time() - start) / len(texts) < 0.01
