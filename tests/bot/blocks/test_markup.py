"""Text in Slack's markup: what data may do in it, which is nothing but be read."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blocks.markup import Markup, clean, clip, code, escape, joined, mark, one_line, size
from bot.blocks.texts import see_markup

SITE = "https:" + "//example.com"


def test_what_would_call_somebody_is_only_read():
    assert escape("<!channel> & <@U123>") == "&lt;!channel&gt; &amp; &lt;@U123&gt;"


def test_what_looks_like_an_entity_is_shown_as_it_was_written():
    assert escape("&lt;") == "&amp;lt;"


def test_markup_is_not_escaped_again():
    assert escape(escape("a & b")) == "a &amp; b"


def test_parts_of_a_pattern_are_data():
    assert mark("*{}*", "<b>") == "*&lt;b&gt;*"


def test_parts_in_markup_stay_so():
    assert mark("{}: {}", "a&b", mark("*{}*", 7)) == "a&amp;b: *7*"


def test_lines_that_say_nothing_are_left_out():
    assert joined(("a", "", mark("*b*"))) == "a\n*b*"


def test_a_backtick_does_not_end_what_is_quoted():
    assert code("a`b\nc") == "`a'b c`"


@pytest.mark.parametrize("unseen", ["\0", "\x1b", "\x7f", "\u202e", "\u2066", "\ufeff"])
def test_what_cannot_be_seen_is_taken_out(unseen):
    assert clean(f"a{unseen}b") == "ab"


def test_half_a_letter_is_replaced_by_the_sign_for_it():
    assert clean("a\ud83d") == "a\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\x85"])
def test_every_line_ends_alike(ending):
    assert clean(f"a{ending}b") == "a\nb"


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\0"])
def test_a_line_of_nothing_is_a_dash(blank):
    assert one_line(blank) == "\N{EN DASH}"


def test_length_is_counted_as_in_javascript():
    assert size("a\N{GRINNING FACE}") == 3


def test_a_short_text_is_left_alone():
    assert clip("abc", 3) == "abc"


def test_a_long_text_ends_in_an_ellipsis():
    assert clip("abcd", 3) == "ab…"


def test_an_entity_is_not_cut_in_two():
    assert clip(escape("ab<cd"), 6) == "ab…"


def test_a_link_is_not_cut_in_two():
    assert clip(Markup(f"ab <{SITE}|there>"), 12) == "ab…"


def test_a_letter_keeps_its_accent_or_goes_with_it():
    assert clip(Markup("abe\u0301fg"), 4) == "ab…"


def test_an_emoji_is_not_cut_in_two():
    assert clip("a\N{GRINNING FACE}bc", 3) == "a…"


def test_what_is_cut_is_still_markup():
    assert isinstance(clip(escape("abcd"), 3), Markup)


@settings(deadline=None)
@given(st.text())
def test_escaped_text_reads_as_it_was_cleaned(text):
    assert html.unescape(escape(text)) == html.unescape(html.escape(clean(text), quote=False))


@settings(deadline=None)
@given(st.text(alphabet="<>&!@|abc;lt \N{GRINNING FACE}\u0301"), st.integers(1, 40))
def test_cut_text_is_well_formed_and_no_longer_than_wanted(text, most):
    cut = clip(escape(text), most)
    assert size(cut) <= most
    assert see_markup(cut) == cut
