"""Questions of a made-up company, each with the reading that is right, from a file."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scoring.errors import QueryError
from scoring.kpis import Kpi
from scoring.period import Calendar
from scoring.query import Query
from scoring.reading.world import Person, World

SHIPPED = Path(__file__).with_name("golden.toml")


class Slots(BaseModel):
    """What a question asks for, in the words of a catalogue and a company; empty is not asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intent: str = "figures"
    kpis: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}
    tenure: tuple[int, int | None] | None = None
    period: str = ""
    against: str = ""
    must: tuple[str, ...] = ()
    order: str = ""
    limit: int | None = None


class Golden(BaseModel):
    """A question and what is to become of it: a reading, a question back, or a refusal."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    ask: str
    before: str | None = None
    reading: Slots | None = Field(default=None, alias="is")
    back: bool = False
    refuse: bool = False


class Company(BaseModel):
    """Who works where, and what their contacts are about; ``asker`` leads them all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    now: datetime
    timezone: str = "UTC"
    week_starts: str = "monday"
    asker: str
    teams: dict[str, tuple[str, ...]]
    values: dict[str, tuple[str, ...]] = {}

    def world(self, catalogue: Mapping[str, Kpi]) -> World:
        """The asker's world, with nothing behind it: questions are read here, not answered."""
        ids = {name: number for number, name in enumerate(self.teams, start=1)}
        members = [(name, ids[team]) for team, names in self.teams.items() for name in names]
        everybody = [*members, (self.asker, None)]
        people = tuple(
            Person(number, name.casefold().replace(" ", "."), name, team)
            for number, (name, team) in enumerate(everybody, start=1)
        )
        teams = {number: name for name, number in ids.items()}
        now = self.now if self.now.tzinfo else self.now.replace(tzinfo=UTC)
        calendar = Calendar(ZoneInfo(self.timezone), 0 if self.week_starts == "monday" else 6)
        return World(len(people), people, teams, self.values, catalogue, now, calendar)


class GoldenSet(BaseModel):
    """A company, periods by name, and questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    company: Company
    periods: dict[str, str]
    question: tuple[Golden, ...] = Field(min_length=1)

    def expected(self, golden: Golden) -> Mapping[str, Any] | str:
        """What is to become of a question: its slots, or a word for it."""
        if golden.reading is None:
            return "refused" if golden.refuse else "asked back"
        named = self.periods
        slots = golden.reading.model_copy(
            update={
                "period": named.get(golden.reading.period, golden.reading.period),
                "against": named.get(golden.reading.against or "-", golden.reading.against),
            }
        )
        return _comparable(slots)


def load_golden(path: Path = SHIPPED) -> GoldenSet:
    """The questions of a file; those that come with the project if none is named.

    Raises:
        QueryError: the file cannot be used, with every reason.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return GoldenSet.model_validate(raw)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} is no TOML file: {error}.") from error
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        )
        raise QueryError(f"{path} cannot be used: {wrong}. docs/model.md has the form.") from error


def slots_of(query: Query, world: World) -> Mapping[str, Any]:
    """A query in the same words, so that the two can be compared."""
    names = {one.id: one.name or one.key for one in world.people}
    compare, order, scope = query.compare, query.order, query.scope
    other = compare.period if compare is not None else None
    against = _days(other.first, other.last) if other else (compare.against if compare else "")
    return _comparable(
        Slots(
            intent=query.intent,
            kpis=query.told,
            by=query.by,
            people=tuple(names[one] for one in scope.agents or ()),
            teams=tuple(world.teams[one] for one in scope.teams or ()),
            values=dict(scope.labels),
            tenure=scope.tenure,
            period=_days(query.period.first, query.period.last),
            against=against,
            must=tuple(
                " ".join([one.kpi, one.of, one.test, *_bound(one.bound)]) for one in query.having
            ),
            order="" if order is None else f"{order.kpi} {order.of} {order.first}",
            limit=query.limit,
        )
    )


def _days(first: date, last: date) -> str:
    return f"{first}..{last}"


def _bound(bound: float | str | None) -> list[str]:
    return [] if bound is None else [bound if isinstance(bound, str) else f"{bound:g}"]


def _comparable(slots: Slots) -> Mapping[str, Any]:
    """Slots with lists in no order; a definition is of no time."""
    found = slots.model_dump()
    found |= {name: sorted(found[name]) for name in ("kpis", "by", "people", "teams", "must")}
    found["values"] = {name: sorted(some) for name, some in slots.values.items()}
    return found | ({"period": ""} if slots.intent == "definition" else {})
