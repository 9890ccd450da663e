from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.show.pieces import Piece, fixed, whole_or_instead

pieces = st.lists(
    st.builds(Piece, st.text("ab", min_size=1, max_size=60), st.text("xy", min_size=1, max_size=20))
)


@given(pieces, st.integers(60, 400), st.integers(0, 3))
def test_pieces_are_joined_whole_within_their_room(
    given_: list[Piece], max_chars: int, beyond: int
) -> None:
    joined = whole_or_instead(given_, max_chars, "|", beyond=beyond)

    assert len(joined) <= max_chars
    shown = joined.split("|") if joined else []
    is_short = bool(shown) and shown[-1].startswith("and ")
    told = shown[:-1] if is_short else shown
    assert all(t in (p.whole, p.instead) for t, p in zip(told, given_, strict=False))
    missing = len(given_) + beyond - len(told)
    if is_short:
        assert shown[-1].split()[1] == str(missing)
    elif given_:
        assert missing == 0


def test_the_longest_gives_way_first() -> None:
    given_ = [Piece("a" * 30, "A"), Piece("b" * 50, "B"), fixed("c")]

    assert whole_or_instead(given_, 100, " ") == f"{'a' * 30} {'b' * 50} c"
    assert whole_or_instead(given_, 60, " ") == f"{'a' * 30} B c"
    assert whole_or_instead(given_, 20, " ") == "A B c"


def test_what_even_in_short_has_no_room_is_counted() -> None:
    assert whole_or_instead([fixed("aaaa")] * 100, 40, " ") == (
        "aaaa aaaa aaaa and 97 more sentences"
    )
