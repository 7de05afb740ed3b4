"""`evenkeel review`: the coaching judgement of agents' weeks, as tables or JSON Lines."""

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.cli import DONE, words_of_the_call
from bot.metrics import ABOUT, METRICS
from bot.paper import print_json, print_table, say, wrapped
from bot.progress import progress
from bot.services import Services, services_of

if TYPE_CHECKING:
    from scoring.asking import Reader
    from scoring.coaching.findings import (
        AgentReview,
        Change,
        MetricReview,
        Review,
        Span,
        Statement,
        TeamEffect,
    )
    from scoring.coaching.reviews import Reviewed

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WITHHELD: Mapping[str, str] = MappingProxyType(
    {
        "too_few": "too few contacts",
        "unreliable": "too little to go by",
        "small_team": "too few agents",
    }
)
# What is read first, above the levels it rests on.
JUDGED = ("score", "news", "focus", "strength")
STEADY = "steady"
LEGEND = (
    "News is what stands out from normal variation; what is not named there does not. The score"
    " is 50 where all is as expected. Levels are what an agent would reach on everybody's usual"
    " mix of contacts, with 95 % intervals."
)


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("--agent", action="append", default=[], help="an id, e-mail or name")
    parser.add_argument(
        "--weeks", metavar="FIRST..LAST", help="2026-W40..2026-W46, or dates in them, “last week”"
    )


def run(asked: argparse.Namespace) -> int:
    """Prints what the weeks say."""
    from scoring.asking import reader
    from scoring.coaching.reviews import reviews
    from scoring.database import reading
    from scoring.people import find_agent

    services = services_of(asked)
    first, last = _weeks(services, asked.weeks)
    with reading(services.engine) as connection:
        view = reader(connection, services.workspace, services.workspace.moment(services.now))
        wanted = {find_agent(connection, said) for said in asked.agent}
        weeks = reviews(view, first, last)
        found = _watched((_told(view, one, wanted) for one in weeks), (last - first) // WEEK + 1)
        if vars(asked).get("json"):
            print_json(line for week in found for line in lines(week))
        elif len(wanted) == 1 and last > first:
            show_course(found)
        else:
            show(found)
    return DONE


def _weeks(services: Services, said: str | None) -> tuple[date, date]:
    """The Mondays of the first and the last week that are asked for."""
    from scoring.coaching.reviews import last_complete_week, monday_of
    from scoring.reading.periods import read_period

    calendar = services.workspace.calendar
    if said is None:
        last = last_complete_week(services.now, calendar)
        return last, last
    with words_of_the_call():
        period = read_period(said, services.now, replace(calendar, week_starts=0))
    return monday_of(period.first), monday_of(period.last)


@dataclass(frozen=True)
class Told:
    """A week's review with the agents to be shown: key, name and what was found, by key."""

    review: "Review"
    agents: tuple[tuple[str, str, "AgentReview"], ...]


def _watched(weeks: Iterable[Told], count: int) -> Iterable[Told]:
    """The weeks, all worked out first where somebody watches: no line is printed beside a bar."""
    if not sys.stderr.isatty():
        return weeks
    found = []
    with progress("weeks", count) as step:
        for done, told in enumerate(weeks, 1):
            found.append(told)
            step(done)
    return found


def _told(view: "Reader", one: "Reviewed", wanted: Collection[int]) -> Told:
    """A week's review of those wanted, or of everybody; in the order of their names."""
    from scoring.scorecard import names

    agents = {
        number: agent
        for number, agent in one.review.agents.items()
        if not wanted or number in wanted
    }
    known = names(view, [(number,) for number in agents], ("agent",)).agents
    rows = [(known[number][0], known[number][1], agent) for number, agent in agents.items()]
    return Told(one.review, tuple(sorted((key, name or key, agent) for key, name, agent in rows)))


def lines(told: Told) -> Iterator[dict[str, Any]]:
    """One JSON object an agent and metric, as docs/cli.md promises."""
    for key, _, agent in told.agents:
        shared = {"agent": key, "week": agent.week.isoformat()}
        for metric, estimate, flag in _judged(agent):
            yield {
                **shared,
                "metric": metric,
                "estimate": None if estimate is None else estimate.value,
                "low": None if estimate is None else estimate.low,
                "high": None if estimate is None else estimate.high,
                "flag": flag,
                "score": agent.score,
            }


def _judged(agent: "AgentReview") -> Iterator[tuple[str, "Span | None", str]]:
    for metric in METRICS:
        one = agent.metrics.get(metric)
        yield metric, one.estimate if one else None, one.flag if one else "none"
    yield "quality", None, agent.quality_flag
    yield "rushing", None, "yes" if agent.rushing else "none"
    yield "overservicing", None, "yes" if agent.overservicing else "none"
    yield "focus", None, agent.focus.about if agent.focus else ""
    yield "strength", None, agent.strength.about if agent.strength else ""


def show(weeks: Iterable[Told]) -> None:
    """A table for each week, its agents in the order of their names."""
    for told in weeks:
        title = f"Week of {_days(told.review.week)}"
        if told.agents:
            _print(title, "agent", [(name, agent) for _, name, agent in told.agents])
        else:
            say(f"{title}: none of those named handled a contact.", "")
        if told.review.shared:
            say(*(wrapped(_of_everybody(one)) for one in told.review.shared), "")
    say(wrapped(LEGEND))


def show_course(weeks: Iterable[Told]) -> None:
    """One agent's weeks, a line each."""
    found = [(name, agent) for told in weeks for _, name, agent in told.agents]
    if not found:
        say("None of those named handled a contact in these weeks.")
        return
    _print(found[0][0], "week", [(_days(agent.week), agent) for _, agent in found])
    say(wrapped(LEGEND))


def _days(week: date) -> str:
    from scoring.period import Period

    return str(Period(week, week + WEEK - DAY))


def _print(title: str, what: str, rows: Sequence[tuple[str, "AgentReview"]]) -> None:
    """What was found, and below it the levels."""
    print_table(title, (what, *JUDGED), [(name, *_judgement(one)) for name, one in rows], "lrlll")
    header = (what, *(name for name, _ in METRICS.values()))
    print_table("", header, [(name, *_levels(one)) for name, one in rows])


def _judgement(agent: "AgentReview") -> tuple[str, ...]:
    chosen = (_chosen(one) for one in (agent.focus, agent.strength))
    return (_score(agent), "\n".join(_news(agent)) or STEADY, *chosen)


def _levels(agent: "AgentReview") -> Iterator[str]:
    return (_level(metric, agent.metrics.get(metric)) for metric in METRICS)


def _score(agent: "AgentReview") -> str:
    if agent.score is None:
        return WITHHELD.get(agent.score_withheld or "", "no score")
    return f"{agent.score:.0f}"


def _level(metric: str, one: "MetricReview | None") -> str:
    from scoring.units import between, written

    if one is None or one.estimate is None or not one.n:
        return "no data"
    unit = METRICS[metric][1]
    level = written(one.estimate.value, unit), between(one.estimate.low, one.estimate.high, unit)
    expected = f"{one.expectation} expected" if one.expectation else ""
    return "\n".join(filter(None, (*level, f"n {one.n:,}", expected)))


def _news(agent: "AgentReview") -> Iterator[str]:
    for metric, one in agent.metrics.items():
        if one.change is not None:
            yield _changed(metric, one.change, one.flag)
    if agent.quality is not None:
        still = "still " if agent.quality.still else ""
        yield f"{ABOUT['quality']}: {still}{agent.quality_flag}"
    if agent.rushing:
        still = "still " if agent.rush and agent.rush.still else ""
        yield f"{still}less time and less quality: worth asking why"
    if agent.overservicing:
        yield "more time and no gain for customers yet"


def _changed(metric: str, change: "Change", flag: str) -> str:
    from scoring.units import written

    name, unit = METRICS[metric]
    still = "still " if change.still else ""
    rose = "up" if change.after > change.before else "down"
    figures = f"from {written(change.before, unit)} to {written(change.after, unit)}"
    unsure = "; too early to say whether quality held" if flag == "faster" else ""
    fair = "; quality rose with it" if flag == "slower" else ""
    return f"{name}: {still}{rose} {figures}, n {change.contacts:,}{unsure}{fair}"


def _chosen(one: "Statement | None") -> str:
    if one is None:
        return ""
    where = " by ".join(filter(None, (one.issue_type, one.channel)))
    return ABOUT[one.about] + (f"\n{where}" if where else "")


def _of_everybody(effect: "TeamEffect") -> str:
    from scoring.units import between, changed

    name, unit = METRICS[effect.metric]
    where = f" of {effect.issue_type} contacts" if effect.issue_type else ""
    size = effect.size
    ends = between(size.low, size.high, unit)
    return f"For everybody: {name}{where} {changed(size.value, unit)} this week ({ends})."
