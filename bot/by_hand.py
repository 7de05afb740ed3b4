"""A contact that somebody logs, from what stands in the form to the records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.pasted import messages_of
from scoring.errors import WordsError

if TYPE_CHECKING:
    from bot.services import Services
    from scoring.intake.taking import Desk

MINUTE = 60
# The inputs of the form whose cells may be refused; of others, the first input tells it.
_INPUTS: Mapping[str, str] = MappingProxyType(
    {
        "started_at": "day",
        "handle_seconds": "minutes",
        "issue_type": "issue",
        "customer_id": "customer",
    }
)


@dataclass(frozen=True)
class Entry:
    """What somebody logs: the record's id, whose contact by key, their zone, what they wrote.

    ``customer`` is what is known already of who the customer is.
    """

    name: str
    agent: str
    zone: ZoneInfo
    said: Mapping[str, str]
    customer: str = ""

    @property
    def started(self) -> datetime:
        """When it began."""
        local = date.fromisoformat(self.said["day"]), time.fromisoformat(self.said["at"])
        return datetime.combine(*local, self.zone)

    @property
    def seconds(self) -> float | None:
        """The handle time; None where what is written is no number of minutes."""
        try:
            return float(self.said["minutes"].replace(",", ".")) * MINUTE
        except ValueError:
            return None


@dataclass(frozen=True)
class Taken:
    """What became of an entry: what is wrong in it by input, else whether it was there before."""

    wrong: Mapping[str, str]
    fixed: bool = False
    said: bool = False


def take(services: "Services", entry: Entry, now: datetime) -> Taken:
    """Takes in an entry, and its transcript; nothing, where anything is wrong in it."""
    from scoring.intake.plain import take_row, take_said
    from scoring.intake.receipt import Receipt
    from scoring.logged import SOURCE

    wrong, line = _faults(entry)
    if wrong:
        return Taken(wrong)
    desk, file = _desk(services, now), "by hand"
    done = take_row(desk, "interactions", _cells(entry), Receipt(file, "interactions", SOURCE))
    if done.refusals:
        return Taken(_told(done.refusals[0].reason))
    if line:
        take_said(desk, line, Receipt(file, "transcripts", SOURCE))
    return Taken({}, not done.added, bool(line))


def _faults(entry: Entry) -> tuple[dict[str, str], str]:
    """What is wrong by input, and the transcript as a line of a file; empty if there is none."""
    wrong: dict[str, str] = {}
    if not entry.seconds or entry.seconds < 0:
        wrong["minutes"] = "Say how many minutes it took, such as 12 or 7.5."
    try:
        messages = messages_of(entry.said.get("said", ""))
    except WordsError as error:
        return {**wrong, "said": str(error)}, ""
    if not messages:
        return wrong, ""
    customer = entry.said.get("customer", "")
    told = {"interaction_id": entry.name, "customer": customer, "messages": messages}
    return wrong, json.dumps(told, ensure_ascii=False)


def _cells(entry: Entry) -> dict[str, str]:
    said = entry.said
    rating = said.get("csat", "")
    return {
        "interaction_id": entry.name,
        "agent": entry.agent,
        "started_at": entry.started.isoformat(),
        "channel": said["channel"],
        "issue_type": said.get("issue", ""),
        "customer_id": said.get("customer", "") or entry.customer,
        "handle_seconds": str(entry.seconds),
        "outcome": said["outcome"],
        "csat": rating if rating.isdecimal() else "",
        "csat_scale": "5" if rating.isdecimal() else "",
    }


def _told(reason: str) -> dict[str, str]:
    """Why a row was refused, at the input that it is about."""
    column, _, why = reason.partition(": ")
    if not why:
        return {"minutes" if "handle time" in reason else "day": f"{reason}."}
    return {_INPUTS.get(column, "day"): f"{why}."}


def _desk(services: "Services", now: datetime) -> "Desk":
    from scoring.intake.taking import Desk

    return Desk(
        services.engine,
        services.workspace,
        now,
        services.settings.zone,
        services.secret,
        services.listening,
    )
