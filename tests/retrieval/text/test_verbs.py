from __future__ import annotations

import pytest

from retrieval.text.verbs import (
    base_of,
    gerund,
    is_base,
    is_gerund,
    is_participle,
    is_past,
    participle,
    past,
    third_person,
)


@pytest.mark.parametrize(
    "forms",
    [
        "stop stopped stopped stopping stops",
        "try tried tried trying tries",
        "play played played playing plays",
        "close closed closed closing closes",
        "agree agreed agreed agreeing agrees",
        "write wrote written writing writes",
        "begin began begun beginning begins",
        "rebuild rebuilt rebuilt rebuilding rebuilds",
        "overtake overtook overtaken overtaking overtakes",
        "co-chair co-chaired co-chaired co-chairing co-chairs",
        "visit visited visited visiting visits",
        "refer referred referred referring refers",
        "quit quit quit quitting quits",
        "equip equipped equipped equipping equips",
        "panic panicked panicked panicking panics",
        "lie lay lain lying lies",
        "fix fixed fixed fixing fixes",
        "go went gone going goes",
        "have had had having has",
        "harmonise harmonised harmonised harmonising harmonises",
    ],
)
def test_the_forms_of_a_verb(forms: str) -> None:
    base, *others = forms.split()
    assert [past(base), participle(base), gerund(base), third_person(base)] == others
    assert is_base(base)


@pytest.mark.parametrize(
    ("form", "base"),
    [("sank", "sink"), ("bought", "buy"), ("signs", "sign"), ("rewrote", "rewrite")],
)
def test_a_form_leads_back_to_its_verb(form: str, base: str) -> None:
    assert base_of(form) == base


def test_a_noun_is_no_verb() -> None:
    words = "minister outcome income disease paradise climate bridge-head treaty".split()
    assert not any(map(is_base, words))
    assert not any(map(is_past, ("hundred", "indeed", "seed")))
    assert not any(map(is_gerund, ("building", "morning", "king")))
    assert is_participle("written")
    assert not is_participle("wrote")
