"""In Slack, nobody's manager sees a new week of theirs before they do."""

from datetime import UTC, date, datetime

import pytest

from bot.calls import call_of
from scoring.database import noting, reading
from scoring.digests import DUE, SENT, Digest, Standing, expect, settle
from scoring.people import find_agent
from tests.slack import command as payload
from tests.slack import company, door_of

WEEK, DUE_AT = date(2026, 11, 9), datetime(2026, 11, 16, 9, tzinfo=UTC)
FIRST = "People see a new week of their own first"


@pytest.fixture
def told(engine):
    """Ana has been told of the week, Ben not yet."""
    company(engine)
    with reading(engine) as connection:
        ana, ben = (find_agent(connection, f"{one}@example.com") for one in ("ana", "ben"))
    rows = [Standing(Digest(WEEK, one), DUE, "", DUE_AT) for one in (ana, ben)]
    with noting(engine) as connection:
        expect(connection, rows)
        settle(connection, Standing(rows[0].digest, SENT, "", DUE_AT, settled_at=DUE_AT))
    return engine


@pytest.fixture
def ask(told):
    door = door_of(told)
    commands = {one.name: one for one in door.desk.commands}

    def ask(said, user="U0MAYA"):
        name, _, text = said.removeprefix("/").partition(" ")
        return door.desk.answer(commands[name], call_of(payload(name, text, user))).reply.text

    yield ask
    door.pool.shutdown()


@pytest.mark.parametrize(
    "said",
    [
        "/scorecard Ben last week",
        "/scorecard Ben since October",
        "/scorecard Ben 2026-11-15..2026-11-16",
        "/coach Ben 2026-W46",
        "/ask what was Ben's aht last week",
        "/ask show me contacts behind Ben's aht last week",
        "/ask who needs coaching: Ben",
    ],
)
def test_what_a_week_of_somebody_says_is_not_their_manager_s_yet(ask, said):
    assert FIRST in ask(said)


@pytest.mark.parametrize(
    "said",
    [
        "/scorecard Ana last week",
        "/scorecard Ben 2026-11-02..2026-11-08",
        "/scorecard Billing last week",
        "/coach Ana 2026-W46",
        "/ask what was Ana's aht last week",
        "/ask aht of Billing team last week",
    ],
)
def test_all_else_is_told(ask, said):
    answer = ask(said)
    assert FIRST not in answer
    assert any(letter.isdigit() for letter in answer)


@pytest.mark.parametrize("said", ["/scorecard last week", "/coach me 2026-W46"])
def test_one_s_own_is_told_at_once(ask, said):
    assert FIRST not in ask(said, "U0BEN")


def test_an_admin_waits_as_well(ask):
    assert FIRST in ask("/scorecard Ben last week", "U0OTTO")


def test_a_list_of_people_says_how_many_it_leaves_out(ask):
    said = ask("/team last week")
    assert "Ana Lima" in said
    assert "Ben Sato" not in said
    assert "Left out: 1 of your people" in said


def test_rows_of_an_answer_are_left_out_and_counted(ask):
    said = ask("/ask aht by agent last week")
    assert "Ana Lima" in said
    assert "Ben Sato" not in said
    assert "1 of your people are left out" in said
