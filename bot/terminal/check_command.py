"""`evenkeel check`: what works, what does not, and what to do about it."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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

    looks: tuple[tuple[str, Callable[[Services], str]], ...] = (
        ("settings", _settings),
        ("working hours", _hours),
        ("KPI catalogue", _catalogue),
        ("customer key", _key),
        ("Slack bot token", _bot_token),
        ("Slack calls", _calls),
        ("database", _database),
        ("kept sums", _sums),
        ("moods", _moods),
    )
    for name, look in looks:
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


def _database(services: Services) -> str:
    from scoring.database import HEAD, shown
    from scoring.upkeep import counts

    found = counts(services.engine)
    told = ", ".join(
        f"{count:,} {name.removesuffix('s') if count == 1 else name}"
        for name, count in found.items()
    )
    return f"{shown(services.engine)}, schema {HEAD}: {told}"


def _sums(services: Services) -> str:
    from scoring.errors import SettingsError
    from scoring.workspace import differs

    other = differs(services.engine, services.workspace)
    if not other:
        return "rest on these settings"
    told = ", ".join(f"{name} {value}" for name, value in sorted(other.items()))
    raise SettingsError(
        f"they rest on {told}; figures are right but read from the records, which is slower."
        " Say `evenkeel upgrade` with today's settings."
    )


def _moods(services: Services) -> str:
    from scoring.errors import SettingsError
    from scoring.rescoring import pending

    name = services.listening.engine
    due = pending(services.engine, services.listening)
    if not due:
        return f"are of the engine {name}"
    raise SettingsError(
        f"{due:,} transcripts have none, or one that is not of the engine {name} as it is now."
        " Say `evenkeel sentiment --redo`."
    )


def _bot_token(services: Services) -> str:
    from bot.slack import SlackError, client_of, installation_of

    if services.settings.slack_bot_token is None:
        return "none set; without one everything works but Slack"
    found = installation_of(client_of(services.settings))
    if found.missing:
        raise SlackError(
            f"it lacks {', '.join(found.missing)}. Put your app's manifest right by manifest.yml,"
            " then install it to the workspace again."
        )
    granted = ", ".join(sorted(found.scopes))
    return f"is for the workspace {found.team_id}; it has what is needed, of {granted}"


def _calls(services: Services) -> str:
    """The way in which Slack's calls come."""
    from bot.slack import SlackError, client_of, see_app_token

    settings = services.settings
    if settings.slack_bot_token is None:
        return "none come; no token is set"
    if settings.slack_app_token is not None:
        see_app_token(client_of(settings), settings.slack_app_token.get_secret_value())
        return "come over Socket Mode"
    if settings.slack_signing_secret is not None:
        return f"come over HTTP, signed, to {settings.listen}"
    raise SlackError(
        "Slack has no way to call. Set EVENKEEL_SLACK_APP_TOKEN for Socket Mode, or"
        " EVENKEEL_SLACK_SIGNING_SECRET for HTTP."
    )
