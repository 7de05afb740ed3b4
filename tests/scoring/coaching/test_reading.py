"""What a review reads: agents' parts in contacts as columns, as they stood when a week ended."""

import math
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from scoring.asking import reader
from scoring.coaching.reading import Window
from scoring.database import connect, prepare, reading
from scoring.measures import Rules
from scoring.period import Calendar
from scoring.records import Agent, Interaction
from scoring.workspace import Workspace
from tests.factories import (
    NOW,
    desk_of,
    interactions,
    message,
    stored,
    taken,
    transcript,
    workspace_of,
)

WEEK = date(2026, 11, 9)
NEXT = date(2026, 11, 16)


def window_of(connection, workspace=None, weeks=26):
    workspace = workspace or workspace_of()
    return Window(reader(connection, workspace, workspace.moment(NOW)), weeks)


def read(engine, *weeks, workspace=None, size=26):
    """The contacts of the last of some weeks, after the ones before it."""
    with reading(engine) as connection:
        window = window_of(connection, workspace, size)
        return [window.until(week) for week in weeks or (WEEK,)][-1]


def told(engine, contacts, *names):
    """Columns of contacts by the ids of their interactions; what is not known is None."""
    ids = {row["id"]: row["external_id"] for row in stored(engine, Interaction)}
    columns = [getattr(contacts, name).tolist() for name in names]
    rows = [
        tuple(None if math.isnan(cell) else cell for cell in row)
        for row in zip(*columns, strict=True)
    ]
    rows = [row[0] if len(names) == 1 else row for row in rows]
    return dict(zip((ids[number] for number in contacts.id.tolist()), rows, strict=True))


def labels(engine, contacts):
    """Issue type, channel and urgency of contacts."""
    sides = (contacts.issues, contacts.channels, contacts.priorities)
    codes = told(engine, contacts, "issue", "channel", "priority")
    return {
        name: tuple(side[code] for side, code in zip(sides, some, strict=True))
        for name, some in codes.items()
    }


def test_a_part_is_read_with_all_that_it_tells(database):
    cells = {
        "csat": 8,
        "csat_scale": 10,
        "sentiment": -0.25,
        "escalated": "yes",
        "resolved_first_contact": "no",
        "priority": "high",
        "complexity": "hard",
    }
    taken(database, interactions(cells))
    taken(database, [transcript(message("Where is it?"))], "transcripts")
    contacts = read(database)
    names = ("handle_seconds", "resolved", "escalated", "csat", "sentiment", "has_transcript")
    assert told(database, contacts, *names) == {
        "c1": (300.0, 0.0, 1.0, pytest.approx(1 + 7 * 4 / 9), -0.25, True)
    }
    assert labels(database, contacts) == {"c1": ("billing", "phone", "high hard")}
    (row,) = stored(database, Interaction)
    (agent,) = stored(database, Agent)
    at = round(row["ended_at"].timestamp() * 1000)
    assert (contacts.id, contacts.agent, contacts.at) == (row["id"], agent["id"], at)
    assert contacts.week == WEEK.toordinal()


def test_what_is_not_known_is_blank_or_the_label_unknown(database):
    bare = {"issue_type": None, "channel": None, "outcome": None, "handle_seconds": 0}
    taken(database, interactions(bare))
    contacts = read(database)
    names = ("handle_seconds", "resolved", "escalated", "csat", "sentiment", "has_transcript")
    assert told(database, contacts, *names) == {"c1": (None, None, None, None, None, False)}
    assert labels(database, contacts) == {"c1": ("unknown", "unknown", "unknown")}


@pytest.mark.parametrize(
    "cells",
    [
        {"excluded": "spam"},
        {"handled_by": "bot"},
        {"outcome": "abandoned"},
        {"agent": None, "outcome": "abandoned", "handle_seconds": None},
    ],
)
def test_what_no_agent_handled_takes_no_part(engine, cells):
    taken(engine, interactions({}, cells))
    assert told(engine, read(engine), "handle_seconds") == {"c1": 300.0}


def test_a_week_is_that_of_the_end_on_the_clock_of_the_workspace(database):
    # Midnight in Berlin is 23:00 in UTC: Sunday there is Monday here.
    workspace = workspace_of("Europe/Berlin")
    late = {"started_at": "2026-11-15T22:50Z", "ended_at": "2026-11-15T23:10Z"}
    taken(database, interactions(late), desk=desk_of(database, workspace=workspace))
    assert read(database, WEEK, workspace=workspace).id.size == 0
    assert read(database, NEXT, workspace=workspace).week == NEXT.toordinal()
    assert read(database, WEEK).week == WEEK.toordinal()


def test_weeks_are_those_of_iso_where_others_start_on_sunday(engine):
    workspace = Workspace(Calendar(ZoneInfo("UTC"), 6))
    sunday = {"started_at": "2026-11-15T09:00Z"}
    taken(engine, interactions(sunday), desk=desk_of(engine, workspace=workspace))
    assert read(engine, WEEK, workspace=workspace).week == WEEK.toordinal()


def test_rows_of_later_weeks_and_of_long_ago_take_no_part(engine):
    days = [{"started_at": f"{day}T09:00Z"} for day in ("2026-05-17", "2026-05-18", "2026-11-16")]
    taken(engine, interactions({}, *days))
    assert list(told(engine, read(engine), "week")) == ["c3", "c1"]


def again(days, **cells):
    """A customer's contact, and the next one so many days later."""
    first = {"customer_id": "x", "started_at": "2026-11-03T09:00Z", **cells}
    moment = datetime(2026, 11, 3, 9, tzinfo=UTC) + timedelta(days=days)
    return interactions(first, {"customer_id": "x", "started_at": moment.isoformat()})


@pytest.mark.parametrize(
    ("days", "resolved"), [(3, 0.0), (7, 0.0), (8, 1.0)], ids=["soon", "just", "late"]
)
def test_a_repeat_contact_within_the_days_of_the_rules_is_no_resolution(database, days, resolved):
    taken(database, again(days))
    assert told(database, read(database, NEXT), "resolved")["c1"] == resolved
    one_day = workspace_of(rules=Rules(1))
    assert told(database, read(database, NEXT, workspace=one_day), "resolved")["c1"] == 1.0


def test_a_resolution_is_blank_while_its_customer_may_still_come_back(database):
    taken(database, again(3))
    monday = date(2026, 11, 2)
    assert told(database, read(database, monday), "resolved") == {"c1": None, "c2": None}
    found = told(database, read(database, WEEK), "resolved")
    assert found["c1"] == 0.0
    taken(database, again(3, resolved_first_contact="yes"))
    assert told(database, read(database, monday), "resolved")["c1"] == 1.0


def test_of_several_agents_the_first_has_the_verdict_and_the_answer_is_of_who_did_most(engine):
    parts = [
        {"handle_seconds": 100, "resolved_first_contact": "yes", "csat": 2},
        {"agent": "ben", "started_at": "2026-11-09T09:10Z", "handle_seconds": 300},
    ]
    taken(engine, interactions(*({"contact_id": "x", **part} for part in parts)))
    found = told(engine, read(engine), "handle_seconds", "resolved", "csat")
    assert found == {"c1": (100.0, 1.0, None), "c2": (300.0, None, 2.0)}


def many(count=200, seed=3):
    chance = random.Random(seed)
    begin = datetime(2026, 8, 3, tzinfo=UTC)
    return interactions(
        *(
            {
                "agent": chance.choice(["ana", "ben", "cleo"]),
                "started_at": (
                    begin + timedelta(minutes=chance.randrange(100 * 1440))
                ).isoformat(),
                "issue_type": chance.choice([None, "billing", "refund", "login"]),
                "channel": chance.choice(["phone", "chat", "email"]),
                "customer_id": chance.choice([None, *range(8)]),
                "csat": chance.choice([None, 1, 4, 5]),
            }
            for _ in range(count)
        )
    )


def columns_of(contacts):
    return {name: getattr(contacts, name) for name in contacts.__dataclass_fields__}


def same(one, other):
    for name, cells in columns_of(one).items():
        np.testing.assert_array_equal(cells, columns_of(other)[name], err_msg=name)


def test_a_window_that_moves_on_reads_what_a_new_one_reads(database):
    taken(database, many())
    weeks = [date(2026, 9, 21) + timedelta(weeks=n) for n in range(8)]
    same(read(database, *weeks, size=4), read(database, weeks[-1], size=4))
    assert read(database, *weeks, size=4).id.size > 30


def test_the_order_in_which_records_came_changes_nothing(engine, tmp_path):
    rows = many(60)
    taken(engine, rows)
    other = connect(str(tmp_path / "other.db"))
    prepare(other)
    taken(other, rows[::-1])
    names = ("at", "week", "issue", "channel", "priority", "handle_seconds", "resolved", "csat")
    assert told(engine, read(engine), *names) == told(other, read(other), *names)
    assert read(engine).issues == read(other).issues
    other.dispose()


def test_nothing_at_all_is_no_rows(engine):
    contacts = read(engine)
    assert contacts.id.size == contacts.resolved.size == 0
    assert contacts.issues == ()
