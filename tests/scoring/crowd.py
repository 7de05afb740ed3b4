"""A few hundred records of all sorts, always the same: enough for every group and every KPI."""

from array import array
from datetime import UTC, datetime, timedelta
from random import Random

from scoring.kept import KEPT
from scoring.records import Agent, KeptValues
from tests.factories import interaction, stored

# Eight weeks, of which the last is not over at the tests' NOW.
BEGIN = datetime(2026, 9, 28, tzinfo=UTC)
TEAMS = {"ana": "Billing", "ben": "Billing", "cleo": "Sales", "dev": "Sales", "eva": None}
# The tests' NOW is an hour later.
LATEST = datetime(2026, 11, 20, 11, tzinfo=UTC)
PROMISES = [timedelta(minutes=1), timedelta(hours=2), timedelta(days=3), timedelta(days=40)]
OUTCOMES = ["resolved"] * 6 + ["unresolved", "escalated", "transferred", "abandoned", None]


def crowd(count=300, seed=7):
    """Rows of interactions, in the order of their ids."""
    chance = Random(seed)
    return [_row(chance, number) for number in range(count)]


def _row(chance, number):
    started = BEGIN + timedelta(minutes=chance.randrange(52 * 24 * 60), milliseconds=number)
    handled = chance.choice([None, 60, 240.5, 600, 1800])
    agent = chance.choice(list(TEAMS))
    outcome = chance.choice(OUTCOMES)
    lost = outcome == "abandoned" and chance.random() < 0.7
    cells = {
        "interaction_id": f"c{number:03}",
        "agent": None if lost and chance.random() < 0.5 else agent,
        "team": TEAMS[agent],
        "started_at": started,
        "created_at": _after(chance, started, -40, -7200, -90000, None),
        "first_reply_at": None if lost else _after(chance, started, 30, 4000, None),
        "ended_at": _after(chance, started, 1900, 80000),
        "resolved_at": _after(chance, started, 2000, 200000, 900000, -900000, None, None),
        "outcome": outcome,
        "handle_seconds": None if lost else handled,
        "handled_by": chance.choice(["agent"] * 9 + ["bot"]),
        "excluded": chance.choice([None] * 9 + ["spam"]),
        "direction": chance.choice(["inbound"] * 9 + ["outbound"]),
        **_matter(chance, number),
        **_told(chance, started),
    }
    return {name: _written(cell) for name, cell in interaction(**cells).items()}


def _matter(chance, number):
    return {
        "contact_id": f"x{number // 3}" if chance.random() < 0.2 else None,
        "customer_id": chance.choice([None, *range(12)]),
        "issue_type": chance.choice(["billing", "refund", None]),
        "issue_id": chance.choice([None, None, "i1", "i2"]),
        "channel": chance.choice(["phone", "chat", "email"]),
        "priority": chance.choice(["low", "high", None]),
    }


def _told(chance, started):
    return {
        "queue_seconds": chance.choice([None, 0, 12.25, 90]),
        "escalated": chance.choice([None, None, "yes", "no"]),
        "reopened": chance.choice([None, 0, 0, 2]),
        "resolved_first_contact": chance.choice([None, None, None, "yes", "no"]),
        "sla_met": chance.choice([None, None, None, "yes", "no"]),
        "first_response_due_at": started + chance.choice(PROMISES),
        "resolution_due_at": chance.choice([None, started + chance.choice(PROMISES)]),
        "survey_sent_at": _after(chance, started, 2000, None),
        "csat": chance.choice([None, None, 1, 3, 4, 5]),
        "csat_scale": chance.choice([5, 5, 10]),
        "nps": chance.choice([None, None, 0, 7, 10]),
        "ces": chance.choice([None, 1, 4, 7]),
        "sentiment": chance.choice([None, -0.5, 0, 0.7]),
    }


def _after(chance, moment, *seconds):
    chosen = chance.choice(seconds)
    return None if chosen is None else min(moment + timedelta(seconds=chosen), LATEST)


def _written(cell):
    return cell.isoformat() if isinstance(cell, datetime) else cell


def kept(engine):
    """All kept sums that are not 0, and all durations in order, by the names of their agents."""
    names = {row["id"]: row["name_key"] for row in stored(engine, Agent)}
    cell = [column.name for column in KEPT.primary_key]
    found = {}
    for row in stored(engine, KEPT):
        row["agent_id"] = names[row["agent_id"]]
        place = tuple(row.pop(name) for name in cell)
        found |= {(*place, name): value for name, value in row.items()}
    for row in stored(engine, KeptValues):
        shelf = (row["measure"], names[row["agent_id"]], row["answered"], row["week"])
        values = sorted(array("d", row["values"]))
        found |= {(*shelf, at): value for at, value in enumerate(values)}
    return {place: value for place, value in found.items() if abs(value) > 1e-9}
