"""`evenkeel commitment`: one thing that an agent works on, and what became of it."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.acting import acting, looking, needed
from bot.cli import DONE, words_of_the_call
from bot.paper import print_json, print_table, say
from bot.services import Services, services_of
from scoring.errors import WordsError

if TYPE_CHECKING:
    from scoring.coaching.progress import Standing
    from scoring.commitments import Kept, Terms

WEEK = timedelta(weeks=1)
# How old the review may be that says how the metric stood.
RECENT = 5 * WEEK
STANDS: Mapping[str, str] = MappingProxyType(
    {
        "moved": "moved",
        "held": "held",
        "slipped": "slipped",
        "too_early": "too early to say",
        "too_few": "too few to say",
        "ended_early": "ended early",
    }
)


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    actions = ", ".join(ACTIONS)
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", help=actions)
    parser.add_argument("--as", metavar="WHO", help="who does this, by the roster")
    parser.add_argument("--agent", help="whose it is; whoever does this, if not said")
    parser.add_argument("--metric", help="aht, fcr, escalation, csat, sentiment or quality")
    parser.add_argument("--text", metavar="WORDS", help="what the agent will do")
    parser.add_argument("--from", metavar="WEEK", help="its first week; the next")
    parser.add_argument("--weeks", type=int, default=4, metavar="N", help="for how many; 4")
    parser.add_argument("--issue-type", metavar="TYPE", help="where to work on it")
    parser.add_argument("--channel", help="where to work on it")
    parser.add_argument("--practice", metavar="KEY", help="the practice that it is about")
    parser.add_argument("--renews", action="store_true", help="begins again until it has moved")
    parser.add_argument("--number", type=int, metavar="N", help="the commitment to close")


def run(asked: argparse.Namespace) -> int:
    """Lists, makes or closes commitments, or judges those of the weeks that are over."""
    ACTIONS[asked.action](services_of(asked), asked)
    return DONE


def _list(services: Services, asked: argparse.Namespace) -> None:
    from scoring.commitments import commitments
    from scoring.following import standings
    from scoring.leaders import key_of
    from scoring.people import find_agent

    with looking(services, asked) as (connection, viewer):
        agent = None if asked.agent is None else find_agent(connection, asked.agent)
        found = []
        for one in commitments(connection, viewer, agent):
            told = standings(connection, one.commitment.id)
            found.append((one, key_of(connection, one.commitment.agent), _last(told)))
    _show(found, asked)


def _last(told: "Mapping[date, Standing]") -> "Standing | None":
    return list(told.values())[-1] if told else None


def _make(services: Services, asked: argparse.Namespace) -> None:
    from scoring.coaching.publishing import published_agents
    from scoring.commitments import find, make
    from scoring.leaders import key_of
    from scoring.people import find_agent

    with words_of_the_call():
        terms = _terms(services, asked)
    with acting(services, asked) as (connection, act):
        agent = act.by if asked.agent is None else find_agent(connection, asked.agent)
        last = terms.first_week - WEEK
        reviews = published_agents(connection, agent, last - RECENT, last)
        made = make(connection, agent, terms, act, reviews[-1] if reviews else None)
        kept, key = find(connection, made.id), key_of(connection, agent)
    _show([(kept, key, None)], asked)


def _terms(services: Services, asked: argparse.Namespace) -> "Terms":
    from scoring.coaching.reviews import last_complete_week
    from scoring.commitments import Terms

    start = last_complete_week(services.now, services.workspace.calendar) + 2 * WEEK
    if getattr(asked, "from") is not None:
        start = _monday(getattr(asked, "from"))
    if asked.practice is not None and asked.practice not in services.practices:
        raise WordsError(f"No practice is called “{asked.practice}”. Name one that notes suggest.")
    plain = {name: getattr(asked, name) for name in ("issue_type", "channel", "practice")}
    more = {"weeks": asked.weeks, "renews": asked.renews}
    return Terms(needed(asked, "metric"), needed(asked, "text"), start, **more, **plain)


def _monday(said: str) -> date:
    from scoring.coaching.reviews import monday_of

    try:
        return monday_of(date.fromisoformat(said))
    except ValueError as error:
        raise WordsError(f"“{said}” is no week. Write 2026-W47, or a day in it.") from error


def _close(services: Services, asked: argparse.Namespace) -> None:
    from scoring.commitments import close
    from scoring.leaders import key_of

    number = needed(asked, "number")
    with acting(services, asked) as (connection, act):
        kept = close(connection, number, act)
        key = key_of(connection, kept.commitment.agent)
    _show([(kept, key, None)], asked)


def _judge(services: Services, asked: argparse.Namespace) -> None:
    """Judges every week that is over and was not judged yet, in their order."""
    from scoring.asking import reader
    from scoring.coaching.publishing import published
    from scoring.coaching.reviews import last_complete_week, reviews
    from scoring.database import writing
    from scoring.following import first_to_judge, follow

    last = last_complete_week(services.now, services.workspace.calendar)
    told = []
    with writing(services.engine) as connection:
        view = reader(connection, services.workspace, services.workspace.moment(services.now))
        first = first_to_judge(connection)
        weeks = () if first is None or first > last else reviews(view, first, last)
        for one in weeks:
            week = one.review.week
            known = published(connection, week) or one.review
            found = follow(connection, week, known.agents, services.now)
            told.append((week, len(found)))
    if vars(asked).get("json"):
        print_json({"week": week.isoformat(), "judged": count} for week, count in told)
    else:
        say(*(f"{week:%G-W%V}: {count} judged." for week, count in told))
        say(*([] if told else ["No week is over that is still to be judged."]))


def _show(found: "list[tuple[Kept, str, Standing | None]]", asked: argparse.Namespace) -> None:
    if vars(asked).get("json"):
        print_json(_entry(*one) for one in found)
        return
    header = ("number", "agent", "metric", "what", "weeks", "stands")
    rows = [
        (
            str(kept.commitment.id),
            key,
            kept.commitment.metric,
            kept.commitment.text,
            f"{kept.commitment.first_week:%G-W%V} to {kept.commitment.last_week:%G-W%V}",
            _stands(kept, standing),
        )
        for kept, key, standing in found
    ]
    print_table("", header, rows, "rlllll")


def _stands(kept: "Kept", standing: "Standing | None") -> str:
    if kept.outcome is not None:
        return f"closed: {STANDS[kept.outcome]}"
    return "open" if standing is None else f"open: {STANDS[standing.verdict]}"


def _entry(kept: "Kept", key: str, standing: "Standing | None") -> dict[str, Any]:
    one = kept.commitment
    names = ("metric", "text", "issue_type", "channel", "practice", "weeks", "renews")
    level = one.baseline
    return {
        "number": one.id,
        "agent": key,
        **{name: getattr(one, name) for name in names},
        "first_week": one.first_week.isoformat(),
        "last_week": one.last_week.isoformat(),
        "level": None if level is None else level.level.value,
        "low": None if level is None else level.level.low,
        "high": None if level is None else level.level.high,
        "rebound": None if level is None else level.rebound,
        "verdict": None if standing is None else standing.verdict,
        "why": None if standing is None else standing.why,
        "since": None if standing is None or not standing.since else standing.since.isoformat(),
        "outcome": kept.outcome,
    }


ACTIONS: Mapping[str, Callable[[Services, argparse.Namespace], None]] = MappingProxyType(
    {"list": _list, "make": _make, "close": _close, "judge": _judge}
)
