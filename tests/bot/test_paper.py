"""Tables and texts on a terminal: never wider than it is, and no figure taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.paper import fits, print_json, print_table, wrapped

HEADER = ("agent", "Average handle time", "First contact resolution", "n")
ROWS = [
    ("Ana", "13 min 01 s\n10 min 20 s to 16 min 23 s", "68.8 %\n51.4 to 82.0 %", "1,234"),
    ("Benedict the Elder", "9.5 s", "too early to say", "5"),
]
FIGURES = ("10 min 20 s to 16 min 23 s", "51.4 to 82.0 %", "too early to say", "1,234")


@pytest.fixture
def columns(monkeypatch):
    def columns(width):
        monkeypatch.setenv("COLUMNS", str(width))

    return columns


@pytest.mark.parametrize("width", [45, 60, 80, 100, 160])
def test_a_table_keeps_to_the_terminal_and_its_figures_whole(columns, capsys, width):
    columns(width)
    print_table("", HEADER, ROWS)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    assert all(figure in shown for figure in FIGURES)


def test_what_does_not_fit_goes_on_below_with_the_first_column_again(columns, capsys):
    columns(60)
    print_table("", HEADER, ROWS)
    assert capsys.readouterr().out.count("Ana") == 2


def test_what_fits_is_one_table(columns, capsys):
    columns(100)
    assert fits(HEADER, ROWS)
    print_table("", HEADER, ROWS)
    assert capsys.readouterr().out.count("Ana") == 1


def test_texts_are_wrapped_between_words(columns, capsys):
    columns(24)
    print_table("", ("key", "KPI"), [("fcr", "First contact resolution")], "l")
    assert [line.strip() for line in capsys.readouterr().out.splitlines()[2:4]] == [
        "fcr  First contact",
        "resolution",
    ]


def test_a_title_stands_above(columns, capsys):
    columns(80)
    print_table("[Billing]", ("a", "b"), [("x", "1")])
    assert capsys.readouterr().out.startswith("[Billing]\n")


def test_a_table_may_be_empty(capsys):
    print_table("", ("agent", "n"), [])
    assert "agent" in capsys.readouterr().out


def test_a_pipe_is_wide(monkeypatch, capsys):
    monkeypatch.delenv("COLUMNS", raising=False)
    print_table("", ("a", *(f"column{n}" for n in range(15))), [["x"] * 16])
    assert len(capsys.readouterr().out.splitlines()[0]) > 100


@given(st.text(st.characters(codec="ascii", categories=["L", "Zs"])))
def test_a_wrapped_text_says_the_same(text):
    assert wrapped(text).split() == text.split()


def test_a_text_keeps_to_the_terminal(columns):
    columns(40)
    assert max(map(len, wrapped("word " * 50).splitlines())) <= 40


def test_json_has_no_number_that_is_none():
    with pytest.raises(ValueError, match="JSON"):
        print_json([{"value": float("nan")}])


def test_json_is_one_object_a_line(capsys):
    print_json([{"team": "Köln"}, {"team": None}])
    assert capsys.readouterr().out == '{"team": "Köln"}\n{"team": null}\n'
