"""What became of each week's messages: who is to get which, what is due, what was settled.

Each person's own message about their week is of the kind "own"; that about a team to whoever leads
it is of the kind "team:" with the team's id.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select, text, update

from scoring.columns import table_of, to_ms
from scoring.digest_records import DigestRow
from scoring.people import agent_key, manages
from scoring.period import Calendar
from scoring.preferences import preferences
from scoring.records import Agent
from scoring.review_records import AgentWeekReview, WeekReview
from scoring.slack_people import Person, people_in_slack

OWN, TEAM = "own", "team:"
DUE, SENT, SKIPPED, FAILED = "due", "sent", "skipped", "failed"
# Why somebody gets nothing, where that is theirs or nobody's fault.
LATE = "late"
# Nobody is on leave for longer than so many weeks and comes back to the same settings.
_FAR = 60

_agents, _digests = table_of(Agent), table_of(DigestRow)
_reviewed, _weeks = table_of(AgentWeekReview), table_of(WeekReview)
_a, _d = _agents.c, _digests.c
# What came too late may be sent after all, once somebody asks for that week.
_EXPECT = text(
    "INSERT INTO digest (week, agent_id, kind, state, why, due_at, settled_at)"
    " VALUES (:week, :agent, :kind, :state, :why, :due_at, :settled_at)"
    " ON CONFLICT (week, agent_id, kind) DO UPDATE SET state = excluded.state,"
    " why = excluded.why, settled_at = excluded.settled_at"
    " WHERE digest.state = :skipped AND digest.why = :late"
)


@dataclass(frozen=True)
class Digest:
    """One message: to whom, about which week (its Monday), of which kind."""

    week: date
    agent: int
    kind: str = OWN

    @property
    def team(self) -> int | None:
        """The team that it is about; None for somebody's own."""
        return int(self.kind.removeprefix(TEAM)) if self.kind.startswith(TEAM) else None


@dataclass(frozen=True)
class Standing:
    """How a message stands; ``ts`` is Slack's id of it, ``tries`` how often it was given up."""

    digest: Digest
    state: str
    why: str
    due_at: datetime
    tries: int = 0
    tried_at: datetime | None = None
    settled_at: datetime | None = None
    ts: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.state != DUE


@dataclass(frozen=True)
class Recipient:
    """Somebody who may get a message, and what is known of them in Slack.

    ``handles`` is whether they serve customers by their role; ``zone`` is Slack's or else the
    roster's; ``gone`` says that their account was switched off.
    """

    agent: int
    user_id: str | None
    zone: str | None
    handles: bool
    gone: bool = False


@dataclass(frozen=True)
class Crew:
    """Everybody in a week: recipients by id, and by team its agents and who leads all of them."""

    people: Mapping[int, Recipient]
    teams: Mapping[int, frozenset[int]]
    leaders: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True)
class NextDigest:
    """When a person's next message is due, None where they want none; how the last one stands."""

    at: datetime | None
    last: Standing | None


def crew(connection: Connection, week: date) -> Crew:
    """Everybody who was there in a week, by the roster."""
    first, last = week.toordinal(), week.toordinal() + 6
    there = (
        _a.person == 1,
        or_(_a.started_on.is_(None), _a.started_on <= last),
        or_(_a.ended_on.is_(None), _a.ended_on >= first),
    )
    rows = connection.execute(select(_agents).where(*there).order_by(_a.id)).all()
    known = people_in_slack(connection)
    teams: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.team_id is not None and row.role == "agent":
            teams[row.team_id].add(row.id)
    return Crew(
        {row.id: _recipient(row, known.get(row.id)) for row in rows},
        {team: frozenset(people) for team, people in teams.items()},
        _leaders(rows, teams),
    )


def reviewed(connection: Connection, week: date) -> frozenset[int] | None:
    """Whose week a published review tells of; None where none of that week was published."""
    day = week.toordinal()
    if connection.scalar(select(_weeks.c.week).where(_weeks.c.week == day)) is None:
        return None
    query = select(_reviewed.c.agent_id).where(_reviewed.c.week == day)
    return frozenset(connection.scalars(query))


def standings(connection: Connection, week: date) -> dict[Digest, Standing]:
    """How the messages about a week stand, as far as any was due."""
    query = select(_digests).where(_d.week == week.toordinal())
    found = (_standing(row) for row in connection.execute(query.order_by(_d.agent_id, _d.kind)))
    return {one.digest: one for one in found}


def unsettled(connection: Connection, weeks: Collection[date]) -> list[Standing]:
    """What is due of some weeks and not settled, each week's in turn."""
    query = select(_digests).where(_d.week.in_([one.toordinal() for one in weeks]))
    ordered = query.where(_d.state == DUE).order_by(_d.week, _d.agent_id, _d.kind)
    return [_standing(row) for row in connection.execute(ordered)]


def standing(connection: Connection, digest: Digest) -> Standing | None:
    """How one message stands; None where it never was due."""
    row = connection.execute(select(_digests).where(*_one(digest))).first()
    return None if row is None else _standing(row)


def expect(connection: Connection, found: Iterable[Standing]) -> None:
    """Writes down what is due from now, or settled without being sent; what is known stays."""
    rows = [
        {
            "week": one.digest.week.toordinal(),
            "agent": one.digest.agent,
            "kind": one.digest.kind,
            "state": one.state,
            "why": one.why,
            "due_at": to_ms(one.due_at),
            "settled_at": None if one.settled_at is None else to_ms(one.settled_at),
            "skipped": SKIPPED,
            "late": LATE,
        }
        for one in found
    ]
    if rows:
        connection.execute(_EXPECT, rows)


def note_try(connection: Connection, digest: Digest, at: datetime) -> None:
    """Notes that a message is handed to Slack: from now it may have landed."""
    connection.execute(update(_digests).where(*_one(digest)).values(tried_at=at))


def give_up(connection: Connection, digest: Digest, why: str) -> None:
    """Notes that a message is left for later, and why."""
    unsettled = update(_digests).where(*_one(digest), _d.state == DUE)
    connection.execute(unsettled.values(tries=_d.tries + 1, why=why))


def settle(connection: Connection, told: Standing) -> bool:
    """Whether this is what became of a message: what was settled before stays so."""
    values = {"state": told.state, "why": told.why, "ts": told.ts, "settled_at": told.settled_at}
    unsettled = update(_digests).where(*_one(told.digest), _d.state == DUE)
    return connection.execute(unsettled.values(**values)).rowcount == 1


def told(connection: Connection, week: date) -> dict[int, datetime]:
    """When each agent's own message about a week was settled, by id: sent or not, it is known."""
    query = select(_d.agent_id, _d.settled_at).where(
        _d.week == week.toordinal(), _d.kind == OWN, _d.settled_at.is_not(None)
    )
    return {row.agent_id: row.settled_at for row in connection.execute(query)}


def team_of(connection: Connection, agent: int) -> int | None:
    """The team that an agent is in now."""
    team: int | None = connection.scalar(select(_a.team_id).where(_a.id == agent))
    return team


def next_digest(
    connection: Connection, agent: int, calendar: Calendar, now: datetime
) -> NextDigest:
    """When the next message to a person is due, and how the last one to them stands."""
    query = select(_digests).where(_d.agent_id == agent)
    row = connection.execute(query.order_by(_d.week.desc(), _d.due_at.desc()).limit(1)).first()
    last = None if row is None else _standing(row)
    wanted = preferences(connection, [agent])[agent]
    if not wanted.digest:
        return NextDigest(None, last)
    person = connection.execute(select(_agents).where(_a.id == agent)).one()
    zone = _recipient(person, people_in_slack(connection, agent).get(agent)).zone
    monday = calendar.day_of(now) - timedelta(days=calendar.day_of(now).weekday())
    weeks = (monday + timedelta(weeks=more) for more in range(-1, _FAR))
    due = (
        wanted.due_at(week, zone, calendar)
        for week in weeks
        if not wanted.is_quiet(wanted.due_day(week))
    )
    return NextDigest(next((at for at in due if at > now), None), last)


def _one(digest: Digest) -> tuple[Any, ...]:
    return (
        _d.week == digest.week.toordinal(),
        _d.agent_id == digest.agent,
        _d.kind == digest.kind,
    )


def _standing(row: Any) -> Standing:
    return Standing(
        Digest(date.fromordinal(row.week), row.agent_id, row.kind),
        row.state,
        row.why,
        row.due_at,
        row.tries,
        row.tried_at,
        row.settled_at,
        row.ts,
    )


def _recipient(row: Any, known: Person | None) -> Recipient:
    zone = (known.zone if known else None) or row.timezone
    gone = known is not None and known.gone
    return Recipient(row.id, row.slack_user_id, zone, row.role == "agent", gone)


def _leaders(rows: Sequence[Any], teams: Mapping[int, set[int]]) -> dict[int, tuple[int, ...]]:
    """By team, who leads all of its agents: nobody is told of people beside their own."""
    by_id = {row.id: row for row in rows}
    named = {agent_key(row.manager) for row in rows if row.manager}
    may = [row for row in rows if row.role in {"manager", "admin"} or row.name_key in named]
    return {
        team: tuple(
            one.id
            for one in may
            if people - {one.id} and all(manages(one, by_id[id_]) for id_ in people - {one.id})
        )
        for team, people in teams.items()
    }
