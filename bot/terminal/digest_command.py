"""`evenkeel digest`: sends the weekly messages that are due, each once, and tells what became."""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.cli import DONE, REFUSED, words_of_the_call
from bot.paper import print_json, print_table, say
from bot.services import Services, services_of
from scoring.errors import WordsError

if TYPE_CHECKING:
    from bot.delivery import Sender
    from bot.jobs import Jobs
    from bot.planning import Plan
    from scoring.digests import Digest, Standing

DAYS = timedelta(days=6)
LOOK_SECONDS = 0.2
# Ten minutes in which nothing is settled: whoever works on it does so no more.
MOST_LOOKS = 3000
# What a message that is not settled would come to, beside what it may be settled as.
NOW, LATER, WAITS = "now", "later", "waits"
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "sent": "sent",
        "skipped": "not sent",
        "failed": "failed",
        "due": "not settled, will be tried again",
        NOW: "to be sent now",
        LATER: "to be sent when it is due",
        WAITS: "waits for the messages of their agents, or for records of the week",
    }
)


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument(
        "--week", metavar="WEEK", help="2026-W46, or any day in it, however long ago"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="tell what is due, and send nothing"
    )


def run(asked: argparse.Namespace) -> int:
    """Sends what is due; 1 where a message failed, or Slack does not take one for now."""
    from bot.delivery import Sender
    from bot.jobs import working
    from bot.planning import Plan
    from bot.slack import client_of, installation_of

    services = services_of(asked)
    wanted = Plan(None if asked.week is None else _monday(services, asked.week))
    if asked.dry_run:
        _show(services, list(_foreseen(services, wanted)), asked)
        return DONE
    client = client_of(services.settings)
    sender = Sender(services, installation_of(client), client)
    before = _settled(sender, wanted)
    with working(sender) as jobs:
        finish(jobs, sender, wanted)
    told = [one for one in _standings(sender, wanted) if one.digest not in before]
    _show(services, told, asked)
    return DONE if all(one.state in {"sent", "skipped"} for one in told) else REFUSED


def finish(jobs: "Jobs", sender: "Sender", wanted: "Plan") -> None:
    """Begins what is due and waits for it, until nothing more is due or nothing gets on."""
    while jobs.plan(wanted):
        begun = now = _open(sender, wanted)
        for _ in range(MOST_LOOKS):
            if not any(now.get(digest) == tries for digest, tries in begun.items()):
                break
            sender.pause(LOOK_SECONDS)
            now = _open(sender, wanted)
        if begun and begun.keys() <= now.keys():
            return


def _open(sender: "Sender", wanted: "Plan") -> "dict[Digest, int]":
    """What is not settled, and how often it was left for later."""
    from bot.planning import weeks_due
    from scoring.database import reading
    from scoring.digests import unsettled

    with reading(sender.services.engine) as connection:
        weeks = weeks_due(sender.services, sender.now, wanted)
        return {one.digest: one.tries for one in unsettled(connection, weeks)}


def _settled(sender: "Sender", wanted: "Plan") -> "set[Digest]":
    return {one.digest for one in _standings(sender, wanted) if one.settled and one.why != "late"}


def _standings(sender: "Sender", wanted: "Plan") -> "list[Standing]":
    """How all messages of the weeks in question stand."""
    from bot.planning import weeks_due
    from scoring.database import reading
    from scoring.digests import standings

    with reading(sender.services.engine) as connection:
        weeks = weeks_due(sender.services, sender.now, wanted)
        return [one for week in weeks for one in standings(connection, week).values()]


def _foreseen(services: Services, wanted: "Plan") -> "Iterator[Standing]":
    """Every message of the weeks in question, as it stands or would stand after a plan."""
    from bot.digest import as_reviewed, due, messages, needs_review
    from bot.planning import known_of, weeks_due
    from scoring.digests import Standing

    now, anyway = services.now, wanted.week is not None
    *_, week = weeks_due(services, now, wanted)
    known = known_of(services, week)
    if needs_review(known, now, anyway=anyway):
        known = as_reviewed(known)
    planned = {one.digest: one for one in due(known, now, anyway=anyway)}
    for digest in messages(known):
        found = planned.get(digest) or known.standings.get(digest)
        at = known.due_at(digest.agent)
        if found is None:
            found = Standing(digest, LATER if at > now else WAITS, "", at)
        yield replace(found, state=NOW) if found.state == "due" else found


def _show(services: Services, told: "Sequence[Standing]", asked: argparse.Namespace) -> None:
    """A line for each message: who, about what, what became of it and why."""
    lines = list(_lines(services, told))
    if vars(asked).get("json"):
        print_json(lines)
        return
    if not lines:
        say("Nothing is due.")
        return
    header = ("to", "about", "week", "due", "what becomes of it")
    clock = services.workspace.calendar.clock
    rows = [
        (
            line["agent"],
            line["team"] or "their week",
            line["week"],
            f"{clock(one.due_at):%Y-%m-%d %H:%M}",
            _said(one),
        )
        for line, one in zip(lines, told, strict=True)
    ]
    print_table("", header, rows, "lllll")
    count = Counter(one.state for one in told)
    say(", ".join(f"{number} {_SAID[state]}" for state, number in sorted(count.items())) + ".")


def _lines(services: Services, told: "Sequence[Standing]") -> Iterator[dict[str, Any]]:
    """One JSON object each, as docs/cli.md promises."""
    from scoring.asking import reader
    from scoring.database import reading
    from scoring.scorecard import names

    workspace = services.workspace
    with reading(services.engine) as connection:
        view = reader(connection, workspace, workspace.moment(services.now))
        known = names(view, [(one.digest.agent,) for one in told], ("agent",))
    for one in told:
        digest = one.digest
        yield {
            "agent": known.agents[digest.agent][0],
            "team": None if digest.team is None else known.teams[digest.team],
            "week": digest.week.isoformat(),
            "state": one.state,
            "why": one.why or None,
            "due_at": _written(one.due_at),
            "settled_at": _written(one.settled_at),
        }


def _said(one: "Standing") -> str:
    from bot.digest import WHY

    why = f": {WHY.get(one.why, one.why)}" if one.why else ""
    return f"{_SAID[one.state]}{why}"


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _monday(services: Services, said: str) -> date:
    """The Monday of the week that is asked for.

    Raises:
        WordsError: the words name no week, more than one, or one that is not over.
    """
    from scoring.coaching.reviews import last_complete_week, monday_of
    from scoring.reading.periods import read_period

    calendar = services.workspace.calendar
    with words_of_the_call():
        period = read_period(said, services.now, replace(calendar, week_starts=0))
    monday = monday_of(period.first)
    if period.last > monday + DAYS:
        raise WordsError(f"“{said}” is more than a week. Name a day in it, or {monday:%G-W%V}.")
    last = last_complete_week(services.now, calendar)
    if monday > last:
        raise WordsError(f"The week of {monday} is not over. The last one is {last:%G-W%V}.")
    return monday
