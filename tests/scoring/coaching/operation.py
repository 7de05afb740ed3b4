"""A small operation, always the same: seven agents over sixteen weeks, one of whom slips."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from tests.factories import interactions

AGENTS = ("ana", "ben", "cleo", "dev", "eva", "finn", "gil")
FIRST, LAST = date(2026, 7, 27), date(2026, 11, 9)
BEGIN = datetime(2026, 7, 27, 8, tzinfo=UTC)
WEEKS, CONTACTS = 16, 30
# From this week on Ana takes half as long again, and every third matter comes back.
SLIP = 13
ISSUES = ("billing", "refund", "login")


def operation(weeks=WEEKS, seed=5):
    """Rows of interactions, week after week."""
    chance = Random(seed)
    return interactions(
        *(
            _row(chance, agent, week)
            for week in range(weeks)
            for agent in AGENTS
            for _ in range(CONTACTS)
        )
    )


def _row(chance, agent, week):
    slipping = agent == "ana" and week >= SLIP
    started = BEGIN + timedelta(weeks=week, minutes=chance.randrange(5 * 24 * 60))
    handled = chance.lognormvariate(5.8, 0.4) * (1.5 if slipping else 1)
    resolved = chance.random() < (0.4 if slipping else 0.8)
    return {
        "agent": agent,
        "started_at": started.isoformat(),
        "issue_type": chance.choice(ISSUES),
        "channel": chance.choice(["phone", "chat"]),
        "handle_seconds": round(handled, 1),
        "resolved_first_contact": "yes" if resolved else "no",
        "escalated": "yes" if chance.random() < 0.1 else "no",
        "csat": chance.choice([None, None, 3, 4, 5]),
        "sentiment": round(chance.uniform(-0.5, 0.9), 3),
    }
