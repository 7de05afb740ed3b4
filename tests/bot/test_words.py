"""The words of a slash command, as Slack writes them: whom they are about, and what is left."""

import re
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import NOBODY
from bot.words import Subject, period_of, plain_words, whom
from scoring.errors import AccessError, WordsError
from scoring.named import Named
from scoring.period import Calendar
from tests.factories import NOW

ANA, BEN, MAY = 1, 2, 3
NAMED = Named(
    {ANA: "Ana Lima", BEN: "Ben Sato", MAY: "May Wu"},
    {7: "R&D", 8: "Billing"},
    {
        **dict.fromkeys(("ana lima", "ana", "u1", "ana@example.com"), (ANA,)),
        **dict.fromkeys(("ben sato", "ben", "u2"), (BEN,)),
        **dict.fromkeys(("may wu", "may"), (MAY,)),
        "sam": [ANA, BEN],
    },
    {"r&d": [7], "billing": [8]},
)
CALENDAR = Calendar(ZoneInfo("UTC"), 0)


@pytest.mark.parametrize(
    ("said", "agent", "team", "rest"),
    [
        ("", None, None, ""),
        ("me", ANA, None, ""),
        ("ME last week", ANA, None, "last week"),
        ("<@U2|ben>", BEN, None, ""),
        ("last week <@U2> ", BEN, None, "last week"),
        ("Ben Sato Q3", BEN, None, "Q3"),
        ("ben Q3", BEN, None, "Q3"),
        ("@ben", BEN, None, ""),
        ("<mailto:ana@example.com|ana@example.com> today", ANA, None, "today"),
        ("R&amp;D since October", None, 7, "since October"),
        ("billing", None, 8, ""),
        ("may 2026", None, None, "may 2026"),
        ("May Wu", MAY, None, ""),
        ("last 2 weeks", None, None, "last 2 weeks"),
        ("my team last week", None, None, "last week"),
        ("team last week", None, None, "last week"),
    ],
)
def test_words_name_a_person_or_a_team_and_leave_the_rest(said, agent, team, rest):
    subject, left = whom(said, NAMED, ANA)
    assert (subject.agent, subject.team, left) == (agent, team, rest)


@pytest.mark.parametrize("said", ["<@U999|ben>", "<@U999> last week"])
def test_a_mention_of_whom_the_viewer_may_not_see_is_refused(said):
    with pytest.raises(AccessError) as refused:
        whom(said, NAMED, ANA)
    assert str(refused.value) == NOBODY


@pytest.mark.parametrize(
    ("said", "why"), [("<@U1> <@U2>", "one at a time"), ("sam", "may be any of several")]
)
def test_more_than_one_person_is_a_question_back(said, why):
    with pytest.raises(WordsError, match=why):
        whom(said, NAMED, ANA)


@given(st.text(st.sampled_from("<@U12|>&;amplt: anbesmR&Dtlwkq"), max_size=60))
def test_any_words_are_read_or_refused_with_a_reason(said):
    with suppress(AccessError, WordsError):
        subject, rest = whom(said, NAMED, ANA)
        assert subject.agent in {None, ANA, BEN, MAY}
        assert subject.team in {None, 7, 8}
        # Whoever is mentioned was read; what is escaped was only written.
        assert "&" in said or not re.search("<@[A-Z0-9]+>", rest)


def test_slack_s_escapes_are_taken_away():
    said = "&lt;b&gt; &amp;amp; <https://a.example|here> <@U1|ana>"
    assert plain_words(said) == "<b> &amp; here @U1"


def test_without_words_it_is_the_last_four_complete_weeks():
    period = period_of("", Subject(), NOW, CALENDAR)
    assert (str(period.first), str(period.last)) == ("2026-10-19", "2026-11-15")


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        (Subject("name", ANA, None, "Ana Lima"), "I understood Ana Lima, but “lsat wek” names no"),
        (Subject("me", ANA, None, "Ana Lima"), "I understood you, but “lsat wek” names no period"),
        (Subject(), "“lsat wek” names no period, and nobody and no team whose figures you may"),
    ],
)
def test_words_that_are_left_over_are_told_with_what_was_understood(subject, told):
    with pytest.raises(WordsError) as misread:
        period_of("lsat wek", subject, NOW, CALENDAR)
    assert str(misread.value).startswith(told)


def test_a_period_that_has_not_come_says_so_itself():
    with pytest.raises(WordsError, match="I understood Ana Lima"):
        period_of("next week", Subject("name", ANA, None, "Ana Lima"), NOW, CALENDAR)
