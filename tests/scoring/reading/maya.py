"""The world that Maya asks in, who leads Billing and Technical, and a notation of readings."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scoring.kpis import load_catalogue
from scoring.period import Calendar
from scoring.reading.questions import read_question
from scoring.reading.reading import Read, Refused, Unclear
from scoring.reading.world import Person, World

CATALOGUE = load_catalogue()
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
PEOPLE = {"ana": 1, "chloe": 2, "ben": 3, "dev": 4, "maya": 5}
TEAMS = {"billing": 1, "technical": 2}
HEADLINE = "volume aht frt fcr resolution_rate csat escalation_rate"
LABELS = {
    "channel": ("chat", "email", "phone"),
    "issue_type": ("cancellation", "invoice_error", "password_reset", "refund"),
    "priority": ("high", "low", "normal"),
    "complexity": (),
    "customer_tier": ("gold", "vip"),
    "language": ("de", "en"),
}
PERIODS = {
    "": ("2026-10-19", "2026-11-15"),
    "lw": ("2026-11-09", "2026-11-15"),
    "pw": ("2026-11-02", "2026-11-08"),
    "lm": ("2026-10-01", "2026-10-31"),
    "lq": ("2026-07-01", "2026-09-30"),
    "tw": ("2026-11-16", "2026-11-21"),
    "tm": ("2026-11-01", "2026-11-21"),
    "tq": ("2026-10-01", "2026-11-21"),
    "yd": ("2026-11-20", "2026-11-20"),
}
INTENTS = {"coaching", "explain", "examples", "definition"}


def world_of(*more, week_starts=0, me=5, teams=None, labels=LABELS):
    """Maya's world, with more people in it."""
    people = (
        Person(1, "ana@example.com", "Ana Silva", 1),
        Person(2, "chloe@example.com", "Chloe Martin", 1),
        Person(3, "ben@example.com", "Ben Carter", 2),
        Person(4, "dev@example.com", "Dev Patel", 2),
        Person(5, "maya@example.com", "Maya Lopez", None),
        *more,
    )
    named = {1: "Billing", 2: "Technical"} if teams is None else teams
    calendar = Calendar(ZoneInfo("Europe/London"), week_starts)
    return World(me, people, named, labels, CATALOGUE, NOW, calendar)


def alone(me=1):
    """The world of somebody who leads nobody."""
    person = next(one for one in world_of().people if one.id == me)
    whole = world_of(me=me, teams={})
    return World(me, (person,), {}, whole.labels, CATALOGUE, NOW, whole.calendar)


def questions_of(name):
    """The questions of a file beside this one, each with its reading."""
    path = Path(__file__).with_name(name)
    return tomllib.loads(path.read_text(encoding="utf-8"))["read"]


def outcome(question, world=None, before=None):
    """What became of a question, in one word or as a query's slots."""
    reading = read_question(question, world or world_of(), before)
    if isinstance(reading, Read):
        return slots(reading.query)
    return {Unclear: "unclear", Refused: "refused"}[type(reading)]


def expected(notation):
    """The outcome that the notation of questions.toml says."""
    if notation in {"unclear", "refused"}:
        return notation
    told = {**EMPTY, "having": set(), "labels": {}}
    for part in notation.split("; "):
        told |= _slot(part, told)
    return told


EMPTY = {
    "intent": "figures",
    "kpis": set(),
    "by": set(),
    "of": None,
    "in": None,
    "tenure": None,
    "period": PERIODS[""],
    "vs": None,
    "order": None,
    "limit": None,
}


def _slot(part, told):
    first, *rest = part.split()
    if part in INTENTS:
        return {"intent": part}
    if first in {"by", "of", "in"}:
        known = {"by": {}, "of": PEOPLE, "in": TEAMS}[first]
        return {first: {known.get(name, name) for name in rest}}
    if first == "vs":
        return {"vs": _period(rest[0]) or rest[0]}
    if first in {"limit", "order", "tenure"}:
        return {first: _ordering(first, rest)}
    return _label_or_condition(part, told)


def _ordering(first, rest):
    if first == "limit":
        return int(rest[0])
    if first == "order":
        return rest[0], "change" if "change" in rest else "value", rest[-1]
    low, high = rest[0].split("-")
    return int(low), int(high) if high else None


def _label_or_condition(part, told):
    first, *rest = part.split()
    if "=" in part:
        column, values = part.split("=")
        return {"labels": {**told["labels"], column: set(values.split("|"))}}
    if rest and rest[0] in {"value", "change"}:
        return {"having": told["having"] | {(first, *rest[:2], _bound(rest[2:]))}}
    if _period(part):
        return {"period": _period(part)}
    return {"kpis": set((HEADLINE if part == "HEAD" else part).split())}


def _bound(words):
    if not words:
        return None
    return words[0] if words[0].isalpha() or "_" in words[0] else float(words[0])


def _period(word):
    return PERIODS.get(word) or (tuple(word.split("..")) if ".." in word else None)


def slots(query):
    """A query in the shape of `expected`."""
    compare, order, scope = query.compare, query.order, query.scope
    return {
        "intent": query.intent,
        "kpis": set(query.kpis),
        "by": set(query.by),
        "of": None if scope.agents is None else set(scope.agents),
        "in": None if scope.teams is None else set(scope.teams),
        "tenure": scope.tenure,
        "period": days(query.period),
        "vs": compare and (days(compare.period) if compare.period else compare.against),
        "order": order and (order.kpi, order.of, order.first),
        "limit": query.limit,
        "having": {(one.kpi, one.of, one.test, one.bound) for one in query.having},
        "labels": {name: set(values) for name, values in scope.labels.items()},
    }


def days(period):
    """The first and last day, as texts."""
    return date.isoformat(period.first), date.isoformat(period.last)
