"""A company to send weekly messages to: teams of ten, two of which have the same manager."""

import random
from datetime import UTC, datetime, timedelta

from bench.delivering import MONDAY, WEEK
from scoring.database import connect, noting, prepare, reading
from scoring.slack_people import Person, keep_told, people_in_slack
from tests.factories import desk_of, taken

TEAM_SIZE, CONTACTS, WEEKS = 10, 6, 4


def company(database: str, agents: int) -> None:
    """Takes in the company, and some weeks of contacts."""
    engine = connect(database)
    prepare(engine)
    desk = desk_of(engine, now=MONDAY)
    teams = [f"team {number}" for number in range(-(-agents // TEAM_SIZE))]
    roster = [
        {
            "agent": f"agent {n}",
            "team": teams[n // TEAM_SIZE],
            "manager": f"lead {n // TEAM_SIZE // 2}",
            "slack_user_id": f"U{n:05}",
        }
        for n in range(agents)
    ]
    roster += [
        {"agent": f"lead {n}", "role": "manager", "slack_user_id": f"UL{n:04}"}
        for n in range(-(-len(teams) // 2))
    ]
    taken(engine, roster, "roster", desk=desk)
    taken(engine, list(_contacts(agents)), desk=desk)
    _known(engine)
    engine.dispose()


def _known(engine):
    """Slack was asked about everybody before: that is once for each, and not what is measured."""
    with reading(engine) as connection:
        people = people_in_slack(connection)
    with noting(engine) as connection:
        for agent, one in people.items():
            keep_told(connection, Person(agent, one.user_id, "UTC", asked_at=datetime.now(UTC)))


def _contacts(agents):
    chance = random.Random(7)  # noqa: S311 no secret
    for agent in range(agents):
        for number in range(WEEKS * CONTACTS):
            day = WEEK - timedelta(weeks=number // CONTACTS) + timedelta(days=number % 5)
            yield {
                "interaction_id": f"{agent}-{number}",
                "agent": f"agent {agent}",
                "started_at": f"{day}T{9 + number % 8:02}:00:00Z",
                "channel": "chat",
                "issue_type": "billing",
                "handle_seconds": round(chance.lognormvariate(5.8, 0.4)),
                "resolved_first_contact": chance.choice(["yes", "yes", "no"]),
                "csat": chance.choice(["", 3, 4, 5]),
            }
