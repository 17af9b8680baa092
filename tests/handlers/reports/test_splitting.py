"""Long texts are cut where a reader would pause, and are whole when joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reports.splitting import length, split

FAMILY = "👨‍👩‍👧‍👦"


@given(st.text(), st.integers(16, 60))
def test_the_pieces_joined_are_the_text_and_each_fits(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(0 < length(piece) <= limit for piece in pieces)


@pytest.mark.parametrize("sign", [FAMILY, "🇲🇱", "👩🏽‍🌾", "e\u0301", "❤️", "🏴\U000e0067\U000e0062\U000e007f"])
def test_what_a_reader_sees_as_one_sign_is_never_torn(sign: str) -> None:
    assert all(piece == sign * (len(piece) // len(sign)) for piece in split(sign * 40, 29))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Un mot. Deux mots.\n\nUn autre paragraphe, plus long.", "Un mot. Deux mots.\n\n"),
        ("Une phrase est finie. Une autre commence ici.", "Une phrase est finie. "),
        ("pas une phrase entière dans ce texte", "pas une phrase entière dans "),
        ("un montant de 12\u00a0345\u00a0678\u00a0000\u00a0F\u00a0CFA", "un montant de "),
        ("x" * 50, "x" * 30),
    ],
)
def test_the_best_pause_is_taken(text: str, first: str) -> None:
    assert split(text, 30)[0] == first


def test_an_arabic_text_is_cut_between_words() -> None:
    text = "مجموعة العمل تجتمع يوم الجمعة " * 20
    assert all(piece.endswith(" ") for piece in split(text, 100))


def test_nothing_gives_no_piece() -> None:
    assert split("", 30) == []
