"""A company whose week is over, with a stand-in for Slack: what deliveries are tried on."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from bench.stand_in import BOT, Workspace, standing_in
from bot.delivery import Sender
from bot.slack import Installation, client_of
from scoring.database import noting, reading
from scoring.digests import DUE, OWN, Digest, Standing, expect, standing
from scoring.people import find_agent
from tests.factories import taken
from tests.scoring.coaching.operation import AGENTS, operation
from tests.slack import TEAM, services_of

WEEK = date(2026, 11, 9)
DUE_AT = datetime(2026, 11, 16, 9, tzinfo=UTC)
MORNING = "2026-11-16T10:00:00+00:00"
CREW = [
    {"agent": agent, "name": agent.title(), "team": "Crew", "slack_user_id": f"U{agent.upper()}"}
    for agent in AGENTS
]
LEAD = {"agent": "lea", "team": "Crew", "role": "manager", "slack_user_id": "ULEA"}


def weekly(engine):
    """Takes in seven agents, their manager, and sixteen weeks of contacts."""
    taken(engine, [*CREW, LEAD], "roster")
    assert taken(engine, operation()).refused == 0
    return engine


class Ticks:
    """A clock that only passes when somebody waits; it remembers for how long each did."""

    def __init__(self):
        self.waited = []

    def pause(self, seconds):
        self.waited.append(seconds)

    def __call__(self):
        return sum(self.waited)


@contextmanager
def sending(engine, slack=None, *, waits=False, **more):
    """A sender of a company, and the stand-in that it sends to.

    Waiting takes no time, unless others do the work meanwhile.
    """
    slack = slack or Workspace()
    with standing_in(slack) as address:
        more = {"EVENKEEL_NOW": MORNING, "EVENKEEL_POSTS_PER_SECOND": "50", **more}
        services = services_of(
            engine, SLACK_BOT_TOKEN="xoxb-1", EVENKEEL_SLACK_API_URL=address, **more
        )
        ticks = Ticks()
        client = client_of(services.settings)
        bot = Installation(TEAM, BOT["bot_id"], BOT["user_id"])
        if waits:
            yield Sender(services, bot, client), slack
        else:
            yield Sender(services, bot, client, pause=ticks.pause, ticks=ticks), slack


def number(engine, name):
    with reading(engine) as connection:
        return find_agent(connection, name)


def due(engine, name="ana", kind=OWN, **more):
    """A message that is due now, by whose it is."""
    digest = Digest(WEEK, number(engine, name), kind)
    with noting(engine) as connection:
        expect(connection, [Standing(digest, DUE, "", DUE_AT, **more)])
    return digest


def stands(engine, digest):
    with reading(engine) as connection:
        return standing(connection, digest)


def texts(slack, user):
    """The texts in the conversation with somebody."""
    return [one["text"] for one in slack.messages.get(f"D{user[1:]}", ())]
