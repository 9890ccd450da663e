"""No text takes long to read, however it is made: time grows with length, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from retrieval.text.aliases import keys
from retrieval.text.attribution import attribution
from retrieval.text.dates import dates, has_clock_time
from retrieval.text.names import names
from retrieval.text.polarity import denies, negations, tentative
from retrieval.text.terms import spelled_terms
from retrieval.text.values import numbers

READERS: tuple[Callable[[str], object], ...] = (
    spelled_terms, keys, dates, has_clock_time, numbers, names, negations, denies, tentative,
    attribution,
)  # fmt: skip
UNITS = (
    "a", "A", "A ", "A.", "a-", "1", "1 ", "1,", "1.", "12,345 ", "May ", "he said, ", "not ",
    "one hundred and ", "one-", "John of the ", "A and ", "'", "according to ", "was ", "2020-",
    "2020 ", "Thursday ", "é", "\n", "has has ", "1/1/", "B & ", "U.S. ", "x ly ",
)  # fmt: skip
MEGABYTE = 1_000_000


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for read in READERS:
        begin = time.process_time()
        read(text)
        assert time.process_time() - begin < 3, read


def test_a_megabyte_of_prose_is_read_in_seconds() -> None:
    sentence = "Mr. Smith, who had not been told, denied on 5 May 2020 that 1,763 men may go. "
    text = sentence * (MEGABYTE // len(sentence))
    begin = time.process_time()
    for read in READERS:
        read(text)
    assert time.process_time() - begin < 20
