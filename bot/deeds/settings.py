"""Somebody's own settings: the form of them, and what is kept of it."""

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.access import Sight, sight
from bot.actions import SETTINGS
from bot.command import Answer, Deed, Request
from bot.home import Occasion, home_of, zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.services import Services
    from bot.views.settings import Wishes
    from scoring.preferences import Preferences

SAVED = "Your settings are saved."


def ask(request: Request, services: "Services") -> Answer:
    """The form.

    Raises:
        AccessError: the roster links nobody to whoever asks.
    """
    from bot.views.settings import settings

    with sight(request, services) as seeing:
        return Answer(modal=settings(_wishes(seeing)))


def keep(request: Request, services: "Services") -> Answer:
    """What was wrong in the form, or Home once it is kept.

    Raises:
        AccessError: the roster links nobody to whoever sends it.
    """
    from scoring.database import noting
    from scoring.preferences import keep_preferences

    said = {name: str(value) for name, value in request.said.items()}
    wrong = _wrong(said)
    if wrong:
        return Answer(wrong=wrong)
    with sight(request, services) as seeing:
        wanted = _wanted(said, _wishes(seeing))
    with noting(services.engine) as connection:
        keep_preferences(connection, request.known.agent_id, wanted, request.now)
    return Answer(home=home_of(request, services, Occasion(saved=SAVED)))


DEEDS = (Deed("button", SETTINGS, ask), Deed("form", "settings", keep))


def _wishes(seeing: Sight) -> "Wishes":
    from bot.views.settings import Wishes
    from scoring.preferences import preferences

    agent = seeing.viewer.agent_id
    wanted = preferences(seeing.reader.connection, [agent])[agent]
    own = zone_of(seeing, agent)
    without = zone_of(seeing, agent, chosen=False)
    return Wishes(wanted, without.key, seeing.now.astimezone(own).date())


def _wrong(said: "Mapping[str, str]") -> dict[str, str]:
    """What cannot be as it stands, by input."""
    wrong: dict[str, str] = {}
    if said.get("zone"):
        try:
            ZoneInfo(said["zone"].strip())
        except (KeyError, ValueError, OSError):
            wrong["zone"] = "That is no time zone. Write it as Europe/London."
    first, last = said.get("quiet_from"), said.get("quiet_to")
    if bool(first) != bool(last):
        wrong["quiet_to" if first else "quiet_from"] = "Say both the first and the last day."
    elif first and last and date.fromisoformat(last) < date.fromisoformat(first):
        wrong["quiet_to"] = "The last day comes before the first."
    return wrong


def _wanted(said: "Mapping[str, str]", now: "Wishes") -> "Preferences":
    """What is wanted from now; leave that comes after the next stays as it was."""
    from bot.views.settings import leave

    later = [one for one in now.wanted.quiet if one[1] >= now.today and one != leave(now)]
    own = []
    if said.get("quiet_from"):
        own = [(date.fromisoformat(said["quiet_from"]), date.fromisoformat(said["quiet_to"]))]
    return replace(
        now.wanted,
        digest=said["digest"] != "off",
        weekday=int(said["weekday"]),
        at=time.fromisoformat(said["at"]),
        zone=said.get("zone", "").strip() or None,
        quiet=tuple(sorted([*own, *later])),
        comparison=said["comparison"] != "off",
    )
