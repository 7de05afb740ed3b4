"""Who needs coaching, in words: with whom to talk about what, and who is best left alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bot.answering import Asker, Reply

if TYPE_CHECKING:
    from bot.notes import Weeks
    from prompts.note.shape import Fact, Note
    from scoring.query import Query

DAYS = timedelta(days=6)
RULE = (
    "What goes first: speed bought with quality, then what customers newly feel, then what they"
    " still feel, then handle time that brings nothing; people of one kind stand by the alphabet."
    " Only changes that are more than chance count, and nobody is ranked."
)
WHOLE = "A review is of all of somebody's contacts: what kind they are does not narrow it."
OWN_NOTE = "Your weekly note tells what it rests on, and one thing to try."


@dataclass(frozen=True)
class _Week:
    """A reviewed week: the people asked about, by id, and what their manager is told of it."""

    weeks: "Weeks"
    people: Mapping[int, str]
    note: "Note"
    metrics: Collection[str]

    @property
    def reasons(self) -> "list[Fact]":
        """What speaks for a talk, whoever needs it most first."""
        from scoring.attention import urgency

        section = self.note.section("attention")
        facts = [] if section is None else [one for one in section.facts if self._wanted(one)]
        return sorted(facts, key=lambda one: urgency(self.weeks.of(_agent(one))))

    def _wanted(self, fact: "Fact") -> bool:
        return not self.metrics or fact.metric in self.metrics or fact.id.startswith("rushing.")


def _agent(fact: "Fact") -> int:
    return int(str(fact.values["agent"]))


def coaching(query: "Query", asker: Asker, assumptions: Sequence[str]) -> Reply:
    """With whom to talk, the reasons and the contacts to look at; or one's own week.

    Raises:
        QueryError: reviews say nothing of what is asked, or it is nobody the asker may see.
        ReviewError: there is no week to review.
    """
    from bot.notes import weeks_until
    from scoring.attention import people_of, week_of
    from scoring.errors import QueryError
    from scoring.first_sight import early
    from scoring.period import Period
    from scoring.seen import seen

    metrics = _metrics(query, asker)
    week = week_of(asker.reader, query.period, asker.world.now)
    new = early(asker.reader, asker.viewer, Period(week, week + DAYS))
    there = people_of(asker.reader, seen(query.scope, asker.viewer, new), week)
    people = {
        one: name
        for one, name in there.items()
        if asker.viewer.may_see(one) and not (new and new.hides(one))
    }
    if there and not people and new is not None:
        raise QueryError(new.why)
    if not people:
        raise QueryError("There is nobody in that of whom you may see a review.")
    weeks = weeks_until(asker.reader, week)
    caveats = [f"Reviewed is the week of {week.isoformat()}, with the weeks before it."]
    caveats += [WHOLE] * bool(query.scope.labels)
    if list(people) == [asker.viewer.agent_id]:
        return Reply(
            "answered",
            f"{_own_verdict(asker, weeks)} {OWN_NOTE}",
            query,
            assumptions=assumptions,
            caveats=caveats,
        )
    found = _Week(weeks, people, _note(asker, weeks, people), metrics)
    return _of_others(found, query, asker, (assumptions, caveats))


def _metrics(query: "Query", asker: Asker) -> frozenset[str]:
    """The metrics of reviews that are asked about; none is all of them.

    Raises:
        QueryError: reviews do not judge a KPI.
    """
    from scoring.attention import JUDGED
    from scoring.errors import QueryError

    for key in query.kpis:
        if key not in JUDGED:
            name = asker.world.catalogue[key].name
            raise QueryError(
                f"Reviews do not judge {name}. Ask who needs coaching, or for {name} by agent."
            )
    return frozenset(JUDGED[key] for key in query.kpis)


def _own_verdict(asker: Asker, weeks: "Weeks") -> str:
    from bot.notes import note_of_agent
    from prompts.note.practices import load_practices

    return note_of_agent(asker.reader, weeks, asker.viewer.agent_id, load_practices()).verdict


def _note(asker: Asker, weeks: "Weeks", people: Mapping[int, str]) -> "Note":
    """What a manager of just these people would be told of the week."""
    from bot.notes import sightings
    from prompts.note.team import TeamWeek, team_note

    found = {agent: review for agent in people if (review := weeks.of(agent)) is not None}
    before = weeks.before.agents if weeks.before else {}
    shared = weeks.review.shared if weeks.review else ()
    seen = sightings(asker.reader, found.values())
    return team_note(TeamWeek("", weeks.week, people, found, before, shared, seen))


def _of_others(
    found: _Week, query: "Query", asker: Asker, beside: tuple[Sequence[str], Sequence[str]]
) -> Reply:
    assumptions, caveats = beside
    named = list(dict.fromkeys(map(_agent, found.reasons)))
    shown = named[: query.limit]
    facts = [fact for fact in found.reasons if _agent(fact) in shown]
    names = [found.people[agent] for agent in shown]
    return Reply(
        "answered",
        _lead(names, found.weeks.week),
        query,
        assumptions=assumptions,
        caveats=[*caveats, *_as_much(found, named, shown), RULE],
        lines=[*(fact.text for fact in facts), *_others(found)],
        cells=list(_cells(found, facts, asker)),
    )


def _lead(names: Sequence[str], week: date) -> str:
    from prompts.note.figures import day_words, listed

    when = f"by the week of {day_words(week)} to {day_words(week + DAYS)}"
    if not names:
        return f"Nobody needs coaching more than others, {when}: nothing is beyond chance."
    return f"Worth a talk, {when}: {listed(names)}."


def _as_much(found: _Week, named: Sequence[int], shown: Sequence[int]) -> Iterator[str]:
    """Who was cut off by a limit though as much speaks for a talk with them."""
    from prompts.note.figures import listed
    from scoring.attention import urgency

    rest = named[len(shown) :]
    last = urgency(found.weeks.of(shown[-1])) if shown else 0
    same = [found.people[one] for one in rest if urgency(found.weeks.of(one)) == last]
    if same:
        yield f"As much speaks for a talk with {listed(same)}."
    if len(rest) > len(same):
        yield f"{len(rest) - len(same)} more are worth a talk."


def _others(found: _Week) -> Iterator[str]:
    """What else the note tells: of everybody, what to look at together, who is left alone."""
    keys = ("unsaid",) if found.metrics else ("shared", "look", "alone", "unsaid")
    for key in keys:
        section = found.note.section(key)
        if section is not None:
            yield from (f"{section.title}: {line}" for line in section.written)


def _cells(found: _Week, facts: "Sequence[Fact]", asker: Asker) -> Iterator[dict[str, Any]]:
    """The reasons as rows, with the contacts to look at by the ids of their sources."""
    from bot.notes import sightings

    reviews = [review for fact in facts if (review := found.weeks.of(_agent(fact)))]
    seen = sightings(asker.reader, reviews)
    keys = {person.id: person.key for person in asker.world.people}
    for fact in facts:
        review = found.weeks.of(_agent(fact))
        measured = review.metrics.get(fact.metric or "") if review else None
        change = measured.change if measured else None
        yield {
            "agent": keys[_agent(fact)],
            "kpi": fact.metric,
            "value": change.after if change else None,
            "low": None,
            "high": None,
            "n": change.contacts if change else None,
            "before": change.before if change else None,
            "change": change.size.value if change else None,
            "why": fact.text,
            "contacts": [seen[one].reference for one in fact.contacts if one in seen],
        }
