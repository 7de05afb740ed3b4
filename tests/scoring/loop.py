"""Who is who in the coaching loop, and what they do, in one line each."""

from contextlib import contextmanager

from sqlalchemy import select

from scoring.columns import table_of
from scoring.database import reading, writing
from scoring.disputes import Claim, file, find_interaction
from scoring.leaders import Act
from scoring.people import agent_key
from scoring.records import Agent
from scoring.rulings import Ruling, decide
from tests.factories import NOW, taken, workspace_of

# Mia leads Billing and Ana by name; Max leads Sales; Ada is an admin.
ROSTER = [
    {"agent": "ana@example.com", "name": "Ana", "team": "Billing", "manager": "mia", "role": None},
    {"agent": "ben@example.com", "name": "Ben", "team": "Billing", "manager": None, "role": None},
    {"agent": "sol@example.com", "name": "Sol", "team": "Sales", "manager": None, "role": None},
    {"agent": "mia", "name": "Mia", "team": "Billing", "manager": "ada", "role": "manager"},
    {"agent": "max", "name": "Max", "team": "Sales", "manager": None, "role": "manager"},
    {"agent": "ada", "name": "Ada", "team": None, "manager": None, "role": "admin"},
]
ANA, BEN, SOL = (f"{one}@example.com" for one in ("ana", "ben", "sol"))


def people(engine):
    """Takes in the roster."""
    taken(engine, ROSTER, "roster")


def number_of(engine, who):
    """The id of a person, or of the stand-in of a team."""
    a = table_of(Agent).c
    with reading(engine) as connection:
        return connection.scalar(select(a.id).where(a.name_key == agent_key(who)))


def act(engine, who, at=NOW):
    """What somebody does."""
    return Act(number_of(engine, who), at)


@contextmanager
def done_by(engine, who, at=NOW):
    """A transaction and the one who acts in it."""
    by = act(engine, who, at)
    with writing(engine) as connection:
        yield connection, by


def filed(engine, fact, proposed=None, *, who=ANA, **more):
    """A dispute that was filed; ``contact`` and ``why`` may be given."""
    with done_by(engine, who) as (connection, by):
        number = find_interaction(connection, more.get("contact", "c1"))
        claim = Claim(number, fact, more.get("why", "It was so."), proposed)
        return file(connection, claim, by)


def decided(engine, dispute, *, accepted=True, who="mia", why="So it was.", **more):
    """A dispute that was decided; ``value`` and ``workspace`` may be given."""
    ruling = Ruling(accepted, why, more.get("value"))
    with done_by(engine, who) as (connection, by):
        return decide(connection, dispute.id, ruling, by, more.get("workspace", workspace_of()))


def accepted(engine, fact, proposed=None, **more):
    """A dispute that was filed and accepted."""
    value = more.pop("value", None)
    return decided(engine, filed(engine, fact, proposed, **more), value=value)
