"""Whose contacts a question is about, and which: people, teams, values, time in the job."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scoring.asking import Scope
from scoring.reading.draft import AskBackError, Draft
from scoring.reading.grammar import (
    ASKED,
    LABEL,
    LEFT_OUT,
    ME,
    MINE,
    PERSON,
    TEAM,
    TENURE,
    THEY,
)
from scoring.reading.leaving_out import other_people, other_teams, other_tenure, other_values
from scoring.reading.spans import Span
from scoring.reading.world import World


class NotYoursError(Exception):
    """The question is about people whom the asker does not lead."""


def scope_of(items: Sequence[Span], draft: Draft) -> Scope:
    """The scope that the words name.

    Raises:
        AskBackError: a name or a value may be several.
        NotYoursError: it asks for a team, and the asker leads nobody.
    """
    found = _Found(items)
    if not leads(draft.world) and found.kinds & {MINE, ASKED, LEFT_OUT}:
        raise NotYoursError
    agents = [_only(one, draft.world) for one in found.all(PERSON)]
    teams = [team for one in found.all(TEAM) for team in one.value]
    if ME in found.kinds and not agents and not found.kinds & {TEAM, ASKED, TENURE}:
        agents.append(draft.world.me)
    if THEY in found.kinds and not agents and not found.kinds & {TEAM, ASKED, MINE, TENURE}:
        raise AskBackError("Whom do you mean?")
    _check_members(draft.world, agents, teams)
    tenure = _tenure(found, draft)
    labels = _labels(found.all(LABEL), draft)
    if LEFT_OUT in found.kinds:
        return _without(items, Scope(tuple(agents), tuple(teams), labels, tenure), draft)
    return _whole(agents, teams, labels, tenure)


def _whole(
    agents: Sequence[int],
    teams: Sequence[int],
    labels: Mapping[str, tuple[str, ...]],
    tenure: tuple[int, int | None] | None,
) -> Scope:
    people = tuple(dict.fromkeys(agents)) or None
    return Scope(people, None if people else tuple(dict.fromkeys(teams)) or None, labels, tenure)


def _without(items: Sequence[Span], named: Scope, draft: Draft) -> Scope:
    """The scope that is named, less what is left out of it.

    Raises:
        AskBackError: the same kind of thing is both named and left out, or nothing is left.
    """
    agents, teams = list(named.agents or ()), list(named.teams or ())
    people, others = other_people(items, teams, draft), other_teams(items, draft)
    labels, tenure = other_values(items, draft), other_tenure(items, draft)
    twice = (agents and (people or others)) or (teams and others)
    if twice or labels.keys() & named.labels.keys() or (tenure and named.tenure):
        raise AskBackError("What should be counted, and what left out?")
    found = _whole(agents or people, teams or others, {**named.labels, **labels}, named.tenure)
    return replace(found, tenure=found.tenure or tenure)


def leads(world: World) -> bool:
    """Whether the asker may see anybody's figures but their own."""
    return any(one.id != world.me for one in world.people)


@dataclass(frozen=True)
class _Found:
    items: Sequence[Span]

    @property
    def kinds(self) -> set[str]:
        return {one.kind for one in self.items}

    def all(self, kind: str) -> list[Span]:
        return [one for one in self.items if one.kind == kind]


def _only(one: Span, world: World) -> int:
    if len(one.value) == 1:
        return int(one.value[0])
    known = {person.id: person for person in world.people}
    several = [known[number] for number in one.value]
    names = [person.name or person.key for person in several]
    # Where two have the same name, only their keys tell them apart.
    told = tuple(
        person.key if names.count(name) > 1 else name
        for person, name in zip(several, names, strict=True)
    )
    raise AskBackError(f"Whom do you mean by “{one.said}”?", {one.said: told})


def _check_members(world: World, agents: Sequence[int], teams: Sequence[int]) -> None:
    """People and a team are named together only where the people are in it."""
    team_of = {person.id: person.team for person in world.people}
    if teams and any(team_of.get(agent) not in teams for agent in agents):
        raise AskBackError("Do you mean the people or the team?")


def _labels(found: Iterable[Span], draft: Draft) -> dict[str, tuple[str, ...]]:
    labels: dict[str, dict[str, None]] = defaultdict(dict)
    for one in found:
        columns = {column for column, _, _ in one.value}
        if len(columns) > 1:
            told = tuple(f"{column.replace('_', ' ')} {one.said}" for column in sorted(columns))
            raise AskBackError(f"What is “{one.said}”?", {one.said: told})
        for column, value, _ in one.value:
            if one.loose:
                draft.assume(f"“{one.said}” is read as {column.replace('_', ' ')} “{value}”.")
            labels[column][value] = None
    return {column: tuple(values) for column, values in labels.items()}


def _tenure(found: _Found, draft: Draft) -> tuple[int, int | None] | None:
    spans = found.all(TENURE)
    if not spans:
        return None
    if len({one.value for one in spans}) > 1:
        raise AskBackError("How long in the job do you mean?")
    first, after = spans[0].value
    if spans[0].loose:
        told = f"under {after} days" if after is not None else f"{first} days and more"
        draft.assume(f"“{spans[0].said}” read as {told} in the job at the contact's date.")
    return first, after
