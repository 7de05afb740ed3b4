"""`evenkeel evidence`: from a figure or a finding to the contacts behind it."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.cited import cited_line, print_cited
from bot.cli import DONE, words_of_the_call
from bot.paper import print_json, print_table, say, wrapped
from bot.services import Services, services_of
from scoring.errors import WordsError

if TYPE_CHECKING:
    from datetime import date

    from scoring.asking import Ask, Reader
    from scoring.evidence import Contact, Evidence
    from scoring.kpis import Kpi

# What is no KPI, and so always a finding of a review.
FINDINGS = ("focus", "strength", "quality", "rushing", "overservicing")
FEW = 20


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("about", metavar="ABOUT", help="a KPI, or `focus`, `strength`, …")
    parser.add_argument("--agent", help="an id, e-mail or name")
    parser.add_argument("--team", help="a team's name")
    parser.add_argument("--period", metavar="WORDS", help="of a KPI: “last week”, “Q3”")
    parser.add_argument("--week", metavar="WEEK", help="of what a review found: 2026-W46")
    parser.add_argument("--reason", help="only contacts that count, or not, for this reason")
    parser.add_argument("--limit", type=int, default=FEW, metavar="N", help="at most so many")


def run(asked: argparse.Namespace) -> int:
    """Prints the contacts."""
    from scoring.asking import reader
    from scoring.database import reading

    services = services_of(asked)
    _see_words(asked)
    with reading(services.engine) as connection:
        view = reader(connection, services.workspace, services.workspace.moment(services.now))
        show = _show_finding if _of_finding(asked) else _show_figure
        show(services, view, asked)
    return DONE


def _of_finding(asked: argparse.Namespace) -> bool:
    """Whether it is a finding of a review that is asked for, and not a figure."""
    return asked.about in FINDINGS or asked.week is not None


def _see_words(asked: argparse.Namespace) -> None:
    from scoring.coaching.behind import CHOSEN, MATTERS
    from scoring.evidence import REASONS

    if asked.reason is not None and asked.reason not in REASONS:
        raise WordsError(f"“{asked.reason}” is not one of {', '.join(REASONS)}.")
    if asked.limit < 1:
        raise WordsError("--limit is a number of contacts, 1 or more.")
    if not _of_finding(asked):
        return
    if asked.about not in (*CHOSEN, *MATTERS):
        names = ", ".join((*CHOSEN, *MATTERS))
        raise WordsError(f"“{asked.about}” is nothing that reviews speak of: they know {names}.")
    if asked.agent is None:
        raise WordsError("Say with --agent of whom: a review speaks of one agent at a time.")
    if asked.team or asked.period or asked.reason:
        raise WordsError("What a review found is of one agent's week: say only --agent, --week.")


def _show_figure(services: Services, view: "Reader", asked: argparse.Namespace) -> None:
    from scoring.evidence import Page, contacts, evidence

    with words_of_the_call():
        kpi = services.catalogue.find(asked.about)
    ask = _ask(services, view, asked)
    whole = evidence(view, ask, kpi)
    rows = contacts(view, ask, kpi, (), Page(asked.reason, asked.limit))
    if vars(asked).get("json"):
        print_json(map(_line, rows))
        return
    say(*_summary(services, ask, whole), "")
    _print_contacts(services, kpi, rows)


def _ask(services: Services, view: "Reader", asked: argparse.Namespace) -> "Ask":
    from scoring.asking import Ask, Scope
    from scoring.people import find_agent, find_team
    from scoring.reading.periods import default_period, read_period

    calendar = services.workspace.calendar
    period = default_period(services.now, calendar)
    if asked.period:
        with words_of_the_call():
            period = read_period(asked.period, services.now, calendar)
    agents = (find_agent(view.connection, asked.agent),) if asked.agent else None
    teams = (find_team(view.connection, asked.team),) if asked.team else None
    return Ask((), period, Scope(agents, teams))


def _line(one: "Contact") -> dict[str, Any]:
    return {
        "interaction": one.interaction,
        "source": one.source,
        "agent": one.agent,
        "at": one.at.isoformat().replace("+00:00", "Z"),
        "channel": one.channel,
        "issue_type": one.issue_type,
        "value": one.value,
        "weight": one.weight,
        "reason": one.reason,
        "excluded": one.excluded,
    }


def _summary(services: Services, ask: "Ask", whole: "Evidence") -> Iterator[str]:
    from scoring.evidence import REASONS
    from scoring.units import written

    kpi, estimate = whole.kpi, whole.estimate
    period = ask.period.written(services.workspace.calendar)
    value = "no value" if estimate.value is None else written(estimate.value, kpi.unit)
    yield f"{kpi.name}, {period}: {value}, n {estimate.n:,.9g}"
    for reason, count in whole.reasons.items():
        yield f"  {count:,} {reason}: {REASONS[reason]}"


def _print_contacts(services: Services, kpi: "Kpi", rows: Sequence["Contact"]) -> None:
    header = ("contact", "agent", "when", "channel", "issue type", "counts", "value", "weight")
    cells = [
        (
            one.interaction,
            one.agent,
            f"{services.workspace.calendar.clock(one.at):%Y-%m-%d %H:%M}",
            one.channel,
            one.issue_type or "unknown",
            one.excluded or one.reason,
            "" if one.value is None else f"{one.value:,.6g}",
            f"{one.weight:.3g}",
        )
        for one in rows
    ]
    print_table("", header, cells, "llllllrr")
    say(wrapped(f"{kpi.about} {kpi.watch}"))


def _show_finding(services: Services, view: "Reader", asked: argparse.Namespace) -> None:
    from scoring.coaching.behind import CHOSEN, finding, telling
    from scoring.coaching.cited import cited
    from scoring.people import find_agent

    agent, week = find_agent(view.connection, asked.agent), _week(services, asked.week)
    found = finding(view, agent, week, asked.about)
    contrast = () if found.contrast is None else (found.contrast,)
    rows = cited(view, [*found.contacts, *contrast])
    if asked.about not in CHOSEN:
        rows = telling(rows)[: asked.limit]
    if vars(asked).get("json"):
        print_json(cited_line(one, found) for one in rows)
    else:
        print_cited(services.workspace.calendar, found, rows)


def _week(services: Services, said: str | None) -> "date":
    from scoring.coaching.reviews import last_complete_week, monday_of
    from scoring.reading.periods import read_week

    calendar = services.workspace.calendar
    if said is None:
        return last_complete_week(services.now, calendar)
    with words_of_the_call():
        return monday_of(read_week(said, services.now, replace(calendar, week_starts=0)).first)
