"""Questions are read to their last word, or asked back; nobody outside exists."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.query import check
from scoring.reading import spans
from scoring.reading.questions import LONGEST, read_question
from scoring.reading.reading import Read, Refused, Unclear
from scoring.reading.tokens import words_of
from scoring.reading.world import Person
from tests.scoring.reading.maya import (
    CATALOGUE,
    PERIODS,
    alone,
    expected,
    outcome,
    questions_of,
    world_of,
)

WORLD = world_of()
GOLDEN, FIRST, WIDE, KEPT_BACK, LATER = map(
    questions_of,
    (
        "golden.toml",
        "questions.toml",
        "questions_wide.toml",
        "questions_kept_back.toml",
        "questions_wide_kept_back.toml",
    ),
)
OWN, BACK = FIRST + WIDE, KEPT_BACK + LATER
SUNDAY = tomllib.loads(Path(__file__).with_name("golden.toml").read_text("utf-8"))["sunday"]
CLOSED = Refused("I can show you Billing and Technical.")


@pytest.mark.parametrize(("question", "reading"), GOLDEN + OWN)
def test_a_question_is_read_as_it_is_meant(question, reading):
    assert outcome(question, WORLD) == expected(reading)


@pytest.mark.parametrize(("question", "reading"), GOLDEN)
def test_weeks_move_where_they_start_on_sunday(question, reading):
    moved = {PERIODS.get(said, tuple(said.split(".."))): span for said, span in SUNDAY.items()}
    wanted = expected(reading)
    if isinstance(wanted, dict) and "week of" not in question:
        for slot in ("period", "vs"):
            span = moved.get(wanted[slot]) if isinstance(wanted[slot], tuple) else None
            wanted[slot] = tuple(span.split("..")) if span else wanted[slot]
    elif isinstance(wanted, dict):
        wanted["period"] = ("2026-11-08", "2026-11-14")
    assert outcome(question, world_of(week_starts=6)) == wanted


def test_of_the_questions_kept_back_four_in_five_are_read_exactly_and_few_wrongly():
    found = Counter(judged(question, reading) for question, reading in BACK)
    assert found["exact"] >= 0.8 * len(BACK), found
    assert found["silently wrong"] <= 0.02 * len(BACK), found


def judged(question, reading):
    """Whether a question was read exactly, asked back, or wrongly with nothing said of it."""
    got = read_question(question, WORLD)
    if outcome(question, WORLD) == expected(reading):
        return "exact"
    return ("told" if got.assumptions else "silently wrong") if isinstance(got, Read) else "asked"


@pytest.mark.parametrize(("question", "reading"), GOLDEN + OWN + BACK)
def test_what_is_read_can_be_answered_and_what_is_offered_can_be_read(question, reading):
    got = read_question(question, WORLD)
    if isinstance(got, Read):
        check(got.query, CATALOGUE)
    for choice in getattr(got, "choices", ()):
        assert isinstance(read_question(choice, WORLD), Read), choice
    assert reading != "refused" or isinstance(got, Refused)


@pytest.mark.parametrize(
    "question",
    ["csat for {} last week", "{}'s aht", "compare Ana with {}", "How is {} doing on FCR?"],
)
@pytest.mark.parametrize("name", ["Zoe", "Gomes", "Retention", "Phoenix", "Zoë Kline", "Omar"])
def test_a_name_outside_is_refused_in_the_same_words_whoever_it_is(question, name):
    assert read_question(question.format(name), WORLD) == CLOSED


NAMES = st.text("bcdfghjklmnpqrstvwxz", min_size=6, max_size=12).map(lambda name: f"X{name}")


@given(NAMES, st.sampled_from(["csat for {} last week", "{}'s aht", "Ana {}'s csat this month"]))
def test_no_name_changes_the_words_of_the_refusal(name, question):
    assert read_question(question.format(name), WORLD) == CLOSED


def test_somebody_of_the_same_first_name_outside_is_not_hinted_at():
    assert read_question("Ana Gomes csat", WORLD) == CLOSED
    assert outcome("ana csat", WORLD)["of"] == {1}


def test_two_people_of_one_name_are_asked_back_with_both():
    world = world_of(Person(7, "gomes@example.com", "Ana Gomes", 1))
    got = read_question("csat for Ana last week", world)
    assert got.choices == ("csat for Ana Silva last week", "csat for Ana Gomes last week")


def test_two_people_of_the_same_whole_name_are_told_apart_by_their_keys():
    world = world_of(Person(7, "ana2@example.com", "Ana Silva", 1))
    got = read_question("csat for Ana Silva last week", world)
    assert got.choices == tuple(f"csat for {a}@example.com last week" for a in ("ana", "ana2"))


def test_a_team_that_is_called_like_a_value_is_asked_back_unless_its_neighbour_tells():
    labels = {"channel": ("chat",), "issue_type": ("billing",)}
    world = world_of(labels=labels)
    assert isinstance(read_question("csat for billing", world), Unclear)
    assert outcome("csat for the billing team", world)["in"] == {1}
    assert outcome("csat on billing tickets", world)["labels"] == {"issue_type": {"billing"}}


@pytest.mark.parametrize("value", ["csat", "drop", "not", "who", "by_agent", "above", "vs", "or"])
def test_no_value_of_records_takes_away_a_word_of_questions(value):
    world = world_of(labels={"issue_type": (value, "refund")})
    for question in (
        "csat by agent last week",
        "did csat drop on refunds last month",
        "who is above target on csat or not",
        "aht and csat for ana vs target",
    ):
        assert outcome(question, world) == outcome(question, world_of())


def test_a_person_who_is_called_like_a_kpi_is_named_in_full_or_as_an_owner():
    world = world_of(Person(7, "c@example.com", "Csat Lastweek", 1))
    assert outcome("CSAT by agent last week", world) == outcome("csat by agent last week")
    assert outcome("aht for Csat Lastweek", world)["of"] == {7}
    assert outcome("Csat's aht", world)["of"] == {7}


@pytest.mark.parametrize("value", ["low", "normal", "high", "urgent"])
def test_a_priority_before_contacts_is_one_and_that_is_told(value):
    world = world_of(labels={"priority": ("low", "normal", "high", "urgent")})
    wanted = expected(f"resolution_time; priority={value}; lw")
    question = f"how quickly are {value} tickets resolved? last week"
    assert outcome(question, world) == wanted
    assert f"priority “{value}”" in " ".join(read_question(question, world).assumptions)


def test_a_priority_that_no_contact_has_is_asked_back():
    assert outcome("how quickly are urgent tickets resolved?", WORLD) == "unclear"


@pytest.mark.parametrize("question", ["csat of my team", "who has the best csat", "which agents"])
def test_whoever_leads_nobody_is_shown_their_own_figures_only(question):
    assert read_question(question, alone()) == Refused("I can show you your own figures.")


def test_whoever_leads_nobody_may_ask_about_themselves():
    assert outcome("my aht last week", alone())["of"] == {1}
    assert outcome("how am i doing", alone())["of"] == {1}


@pytest.mark.parametrize(
    ("question", "assumption"),
    [
        ("csat for ana", "No period is named"),
        ("csat under 4 by agent last week", "mean rating"),
        ("who is the fastest", "average handle time"),
        ("csat for anna last week", "“anna” read as “ana”"),
        ("escalations last week", "“escalations” is read as escalation rate"),
        ("new starters' fcr last week", "under 90 days"),
        ("ana's csat against the average last week", "the team's median"),
        ("how many escalations did ben have last week", "with n beside it"),
        ("aht above 400 by agent last week", "read as seconds"),
        ("who got faster last week but kept csat up", "by more than chance"),
        ("change in aht from september to october", "against"),
        ("top 5 by csat and fcr", "The order is by customer satisfaction alone."),
        ("csat without ana", "told of Chloe Martin, Ben Carter, Dev Patel"),
        ("csat except on chat", "told of email, phone"),
        ("csat for all teams but billing", "told of Technical"),
        ("csat excluding new hires", "under 90 days"),
    ],
)
def test_what_was_not_said_so_is_told(question, assumption):
    assert assumption in " ".join(read_question(question, WORLD).assumptions)


def test_whoever_leads_nobody_has_nobody_to_leave_out():
    assert outcome("csat except Ana", alone()) == "refused"


@pytest.mark.parametrize(
    "question", ["csat for billing except Ana and Chloe", "csat except for billing and technical"]
)
def test_where_nothing_is_left_it_is_asked_back(question):
    assert outcome(question, WORLD) == "unclear"


def test_the_future_is_not_told_yet():
    assert "to come" in read_question("what will csat be next month", WORLD).why


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "?",
        "\x00\x07\x1b[31m",
        "\u202ecsat\u202c for \u200bana",
        "😀😀😀",
        "a" * 10_000,
        "csat " * 2_000,
        "((((((",
        "بن csat",
        "'; DROP TABLE agent; --",
        "%s %d {0} {csat}",
        "csat for ana last week" + "\n" * 50,
    ],
)
def test_no_text_is_an_error(words):
    assert isinstance(read_question(words, WORLD), Read | Unclear | Refused)


WORDS = st.sampled_from(
    words_of(
        "who csat aht ana ben billing last week worse than above under 5 80% minutes and not kept"
        " most by agent vs target median up dropped the new hires chat refund top 3 why since"
        " october , ? how many my team compare between or zoe fastest trend"
    )
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_order_of_words_is_an_error_and_what_is_read_makes_sense(words):
    got = read_question(words, WORLD)
    if isinstance(got, Read):
        check(got.query, CATALOGUE)
        seen = got.query.scope.agents or ()
        assert set(seen) <= {person.id for person in WORLD.people}


@given(st.text(max_size=80))
def test_any_text_is_read_asked_back_or_refused(words):
    assert isinstance(read_question(words, WORLD), Read | Unclear | Refused)


def test_marks_that_steer_how_a_text_is_shown_do_not_hide_words():
    assert outcome("c\u200bsat for \u202eana\u202c last week", WORLD)["of"] == {1}


def test_reading_tries_few_periods_however_long_the_question(monkeypatch):
    tried = []
    real = spans.read_period

    def counted(words, now, calendar):
        tried.append(words)
        return real(words, now, calendar)

    monkeypatch.setattr(spans, "read_period", counted)
    read_question("csat for ana and ben by channel last week " * 9, WORLD)
    assert len(tried) < LONGEST / 4
