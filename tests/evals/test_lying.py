from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from evals.lying.__main__ import main
from evals.lying.foreign import foreign
from evals.lying.lies import flattened, lies
from evals.lying.material import Group, groups
from evals.lying.merging import exchanged, merged, moved
from evals.lying.paraphrases import by_hand, by_rule, hand_written
from evals.lying.posting import post_lies, post_paraphrases, say, written_sentences
from evals.lying.roles import swapped
from evals.sampling import draw
from evals.sets import read_set
from retrieval.answer.models import supports_model
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.opening import SUPPORTED_FROM

OWN = Path(__file__).parents[2] / "evals" / "attribution"
CORPUS = Path(__file__).parents[2] / "corpus"
KINDS = {
    "number", "date", "unit", "name", "negation", "modality", "quantifier", "comparative",
    "attribution", "added clause", "merged pair", "swapped roles", "wrong number", "markup",
    "instruction", "other language",
}  # fmt: skip
GROUP = Group(
    (
        "The port of Vessa reopened on March 12, 2025, and has 42,000 visitors a year.",
        "Ana Lind said that some of the ferries may be closed for 3 weeks in 2026.",
        "According to Olaf Norden, the eastern pier was built in 1931 and renewed in 1984.",
    ),
    ("Bread was baked at the mill until the river changed its course.",),
    "made",
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(supports_model(), SUPPORTED_FROM)


def drawn(limit: int) -> list[Group]:
    found = read_set(OWN)
    return list(groups(found.name, found.documents, limit, 7))


def test_every_kind_of_lie_is_told() -> None:
    told = list(lies([GROUP, *drawn(60)], 7))
    assert {lie.kind for lie in told} == KINDS
    assert list(lies([GROUP], 7)) == list(lies([GROUP], 7))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("The society lent its shredder to us.", "The shredder lent its society to us."),
        ("The nurse called the doctor in May.", "The doctor called the nurse in May."),
        ("The club and the board rent the hall.", None),
        ("The film is the best one, and the book was lost.", None),
        ("The roads lead to the town.", None),
        ("On the same day the team left.", None),
    ],
)  # fmt: skip
def test_nouns_change_places_where_that_makes_another_statement(
    text: str, made: str | None
) -> None:
    assert next(swapped(text), None) == made


def test_an_edited_lie_is_no_quotation() -> None:
    own = {"wrong number"}
    assert all(lie.text not in lie.quotations for lie in lies([GROUP], 7) if lie.kind not in own)


def test_two_statements_are_merged_into_one_that_nobody_made() -> None:
    first, second = "The mill was sold in May.", "The bakery has moved to a larger house."
    made = {text for text, _ in merged(first, second, random.Random(1))}
    assert "The mill has moved to a larger house." in made


def test_numbers_change_places() -> None:
    text = "The pier cost 14 crowns, and the tower was bought for 90 crowns."
    assert list(exchanged(text)) == [
        "The pier cost 90 crowns, and the tower was bought for 14 crowns."
    ]
    assert list(moved("The long pier cost 14 crowns, the tower 90 crowns.")) == [
        "The long pier cost 90 crowns."
    ]


def test_a_foreign_sentence_is_not_the_same() -> None:
    text = "The port of Vessa was opened by the mayor and it has a tower."
    assert all(foreign(text, random.Random(seed)) != text for seed in range(12))


def test_no_lie_of_a_sample_is_posted(checker: Checker) -> None:
    every = list(lies(drawn(60), 7))
    sample = draw(every, 300, 7)
    found = post_lies(checker, sample)
    assert sum(tally.total for tally in found.values()) == 300
    assert {kind: tally.shown for kind, tally in found.items() if tally.posted} == {}


def test_no_speaker_is_dropped_or_swapped(checker: Checker) -> None:
    found = post_lies(checker, draw(list(flattened(read_set(OWN).questions, "own")), 150, 7))
    assert found["attribution by hand"].total == 150
    assert found["attribution by hand"].shown == []


@pytest.mark.slow
def test_true_paraphrases_of_a_sample_pass(checker: Checker) -> None:
    sample = draw([*hand_written(), *by_rule(drawn(40), 7)], 120, 7)
    found = post_paraphrases(checker, sample)
    passed = sum(tally.posted for tally in found.values())
    assert passed / len(sample) >= 0.85, [t.shown for t in found.values()]


def test_the_measure_sees_a_lie_that_is_posted() -> None:
    class Credulous(Checker):
        def __init__(self) -> None:
            pass

        def check(self, text, numbers, quotations):  # type: ignore[no-untyped-def]
            return quotations[0].number

    found = post_lies(Credulous(), lies([GROUP], 7))
    assert found["number"].posted == found["number"].total > 0
    assert found["wrong number"].posted == found["wrong number"].total


def test_a_true_sentence_goes_all_the_way(checker: Checker) -> None:
    written = say(checker, "The port of Vessa reopened on 12 March 2025.", (1,), GROUP.sentences)
    assert [text for text, _ in written_sentences(written)] == [
        "The port of Vessa reopened on 12 March 2025."
    ]


def test_paraphrases_by_hand_are_of_sentences_that_stand_in_the_documents() -> None:
    documents = {document.id: document.content for document in read_set(OWN).documents}
    documents |= {path.name: path.read_text(encoding="utf-8") for path in CORPUS.glob("*.md")}
    pairs = by_hand()
    assert len(pairs) >= 150
    # The handbook is left out: it is rewritten with the program that it describes.
    fixed = [pair for pair in pairs if not pair.document.startswith("handbook")]
    assert len(fixed) > 0.8 * len(pairs)
    assert [p.quotation for p in fixed if p.quotation not in documents[p.document]] == []


def test_hand_written_paraphrases_are_numbered_right() -> None:
    for one, pair in zip(hand_written(), by_hand(), strict=True):
        assert one.quotations[one.number - 1] == pair.quotation


def test_rules_rewrite_in_several_ways() -> None:
    kinds = Counter(one.kind for one in by_rule(drawn(40), 7))
    assert len(kinds) >= 4


@pytest.mark.slow
def test_the_command_reports_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    status = main([str(OWN), "--groups", "2", "--json"])
    assert status == 0
    assert '"lies"' in capsys.readouterr().out
