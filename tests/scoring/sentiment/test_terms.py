import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.sentiment.terms import repaired, terms


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("Refund", ("refund",)),
        ("isn't", ("is", "not")),
        ("isn\u2019t", ("is", "not")),
        ("didnt", ("did", "not")),
        ("CAN'T", ("can", "not")),
        ("won\u2019t", ("will", "not")),
        ("cannot", ("can", "not")),
        ("I'm", ("i", "am")),
        ("we've", ("we", "have")),
        ("it's", ("it", "is")),
        ("airline's", ("airline",)),
        ("o'clock", ("o", "clock")),
        ("thx!", ("thanks", "!")),
        ("sooooo", ("soo",)),
        ("@airline:", ("@",)),
        ("[NAME]!", ("[]", "!")),
        ("#fail", ("fail",)),
        ("https://example.com/a?b", ("url",)),
        ("$45.50", ("#",)),
        ("8:30", ("#",)),
        ("why?!", ("why", "??")),
        ("What???", ("what", "??")),
        ("no!!!", ("no", "!!")),
        ("well...", ("well", "...")),
        ("well…", ("well", "...")),
        (":-)", (":)",)),
        (":(", (":(",)),
        (":'(", (":(",)),
        (":D", (":)",)),
        ("<3", ("<3",)),
        ("^_^", (":)",)),
        ("😡😡", ("😡", "😡")),
        ("late(again)", ("late", "again")),
        ("größer", ("größer",)),
        ('"', ()),
    ],
)
def test_a_piece_is_taken_apart_into_terms(piece, expected):
    assert terms(piece) == expected


@given(st.text(max_size=30))
def test_any_piece_has_terms_without_spaces_or_capitals(piece):
    for term in terms(piece):
        assert term
        assert term == term.lower().strip()
        assert len(term.split()) == 1


@given(st.text(alphabet="abcdefg'!?.", max_size=12))
def test_capitals_change_no_term(piece):
    assert terms(piece.upper()) == terms(piece)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("rock &amp; roll &lt;3", "rock & roll <3"), ("R&D", "R&D"), ("plain", "plain")],
)
def test_entities_are_made_characters_again(text, expected):
    assert repaired(text) == expected
