"""Working hours between a form and what they are kept as: the same on each working day."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bot.views.admin import Hours
    from scoring.working_hours import Span, WorkingHours

HOUR, MINUTE, DAY = 3600, 60, 86_400
NO_ZONE = "That is no time zone. Write it as Europe/London."
OTHER = (
    "The hours that hold now differ from day to day or have closures, which this form cannot show."
    " What you save here takes their place."
)
_BETWEEN = re.compile(r"[\s,;]+")


def shown(hours: "WorkingHours | None", zone: str) -> "Hours":
    """Working hours as the form has them; where it cannot, usual ones and a word about that."""
    from bot.views.admin import Hours

    if hours is None:
        return Hours(zone=zone)
    usual = Hours(holidays=tuple(hours.holidays), zone=hours.zone.key)
    open_days = [at for at, spans in enumerate(hours.week) if spans]
    kinds = {hours.week[at] for at in open_days}
    spans = sorted(next(iter(kinds))) if len(kinds) == 1 else []
    if len(spans) not in (1, 2) or hours.pauses or spans[-1][1] == DAY:
        return replace(usual, other=OTHER)
    opens, closes = _clock(spans[0][0]), _clock(spans[-1][1])
    lunch = (_clock(spans[0][1]), _clock(spans[1][0])) if len(spans) > 1 else None
    return replace(usual, days=tuple(open_days), opens=opens, closes=closes, lunch=lunch)


def faults(said: Mapping[str, str]) -> dict[str, str]:
    """What cannot be as it stands in the form, by input."""
    wrong: dict[str, str] = {}
    opens, closes = said["opens"], said["closes"]
    if opens == closes:
        wrong["closes"] = "It ends when it begins."
    if not said.get("days"):
        wrong["days"] = "Choose at least one working day."
    try:
        ZoneInfo(said["zone"].strip())
    except (KeyError, ValueError, OSError):
        wrong["zone"] = NO_ZONE
    lunch = said.get("lunch_from", ""), said.get("lunch_to", "")
    if bool(lunch[0]) != bool(lunch[1]):
        wrong["lunch_to" if lunch[0] else "lunch_from"] = "Say both when it begins and ends."
    elif lunch[0] and not opens < lunch[0] < lunch[1] < closes:
        wrong["lunch_to"] = "A break lies between From and To, and ends after it begins."
    strange = next((one for one in _days(said) if not _is_day(one)), "")
    if strange:
        wrong["holidays"] = f"“{strange[:40]}” is no day. Write it as 2026-12-25."
    return wrong


def hours_of(said: Mapping[str, str]) -> "WorkingHours":
    """The working hours that a form without faults says."""
    from scoring.working_hours import WorkingHours

    week: list[list[Span]] = [[] for _ in range(7)]
    opens, closes = _seconds(said["opens"]), _seconds(said["closes"])
    for day in map(int, said["days"].split(",")):
        if said.get("lunch_from"):
            pauses, resumes = _seconds(said["lunch_from"]), _seconds(said["lunch_to"])
            week[day] += [(opens, pauses), (resumes, closes)]
        elif opens < closes:
            week[day].append((opens, closes))
        else:
            week[day].append((opens, DAY))
            week[(day + 1) % 7] += [(0, closes)] if closes else []
    holidays = frozenset(date.fromisoformat(one) for one in _days(said))
    spans = tuple(tuple(sorted(day)) for day in week)
    return WorkingHours(ZoneInfo(said["zone"].strip()), spans, holidays)


def _days(said: Mapping[str, str]) -> list[str]:
    return [one for one in _BETWEEN.split(said.get("holidays", "")) if one]


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _clock(seconds: int) -> time:
    return time(seconds // HOUR, seconds % HOUR // MINUTE)


def _seconds(said: str) -> int:
    at = time.fromisoformat(said)
    return at.hour * HOUR + at.minute * MINUTE
