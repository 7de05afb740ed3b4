"""`evenkeel check`: what works, what does not, and what to do about it."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.checked_model import model
from bot.checked_records import database, decided, freshness, moods, roster, sums
from bot.checked_slack import bot_token, calls, clock
from bot.cli import DONE, REFUSED, UNREACHABLE
from bot.paper import print_json, say
from bot.services import Services, services_of


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it works, and what was seen."""

    name: str
    works: bool
    said: str


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command: none of its own."""
    del parser


def run(asked: argparse.Namespace) -> int:
    """Looks at all; 3 where the database cannot be reached, 1 where anything else is amiss."""
    services = services_of(asked)
    findings = list(_look(services))
    if vars(asked).get("json"):
        print_json({"name": one.name, "works": one.works, "said": one.said} for one in findings)
    else:
        say(*(f"{'works ' if one.works else 'AMISS '} {one.name}: {one.said}" for one in findings))
    amiss = [one.name for one in findings if not one.works]
    return UNREACHABLE if "database" in amiss else REFUSED if amiss else DONE


def _look(services: Services) -> Iterator[Finding]:
    from scoring.errors import EvenkeelError

    for name, look in LOOKS:
        try:
            yield Finding(name, works=True, said=look(services))
        except EvenkeelError as error:
            yield Finding(name, works=False, said=str(error))
            if name == "database":
                return


def _settings(services: Services) -> str:
    settings = services.settings
    return (
        f"days in {settings.timezone}, weeks from {settings.week_starts.capitalize()},"
        f" repeat window {settings.repeat_days} days,"
        f" clock {services.now.isoformat(timespec='seconds')}"
    )


def _hours(services: Services) -> str:
    hours = services.workspace.hours
    if not hours:
        return "none set; response times are on the calendar's clock only"
    return "set for " + ", ".join(sorted(name or "everybody else" for name in hours))


def _catalogue(services: Services) -> str:
    return f"{len(services.catalogue)} KPIs"


def _key(services: Services) -> str:
    settings = services.settings
    if settings.customer_key is not None:
        return "set"
    if settings.key_path.exists():
        return f"in {settings.key_path}; keep it safe and keep it"
    return f"none yet; the first import makes one in {settings.key_path}"


# What is looked at, in this order; of what is not there yet, how to get it.
LOOKS: tuple[tuple[str, Callable[[Services], str]], ...] = (
    ("settings", _settings),
    ("working hours", _hours),
    ("KPI catalogue", _catalogue),
    ("customer key", _key),
    ("model", model),
    ("Slack bot token", bot_token),
    ("Slack calls", calls),
    ("Slack clock", clock),
    ("database", database),
    ("decided in Slack", decided),
    ("roster", roster),
    ("records", freshness),
    ("kept sums", sums),
    ("moods", moods),
)
