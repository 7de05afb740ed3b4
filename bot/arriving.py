"""Somebody opens their Home: welcomed once, and told what to do where nobody is linked to them.

Slack has confirmed the e-mail addresses of a workspace's own members. Whoever has one that is an
agent's id on the roster may so link themselves, once, and unless that agent is an admin.
"""

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.access import NO_ROSTER, STRANGER, asker
from bot.blockkit import joined, mark
from bot.command import Answer, Request
from bot.home import Occasion, home_of
from bot.posting import BROKEN, said_by
from bot.slack import client_of
from scoring.errors import AccessError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies import Block
    from bot.services import Services
    from scoring.links import Linked, OnRoster

log = logging.getLogger(__name__)

FOUND = (
    "You are not linked to the roster yet. Your Slack e-mail address is {}, and the roster has {}"
    " under it, whom nobody is linked to. If that is you, link yourself: your figures are here"
    " then."
)
ADMINS_OWN = (
    "The roster has {} as an admin. Admins see everybody's figures, so whoever runs Evenkeel links"
    " them: by your Slack member ID, {}, in the roster's column slack_user_id."
)
SEARCHED = (
    "You are not linked to the roster yet. It was searched for your Slack e-mail address, {}, and"
    " has nobody under it who may still be linked."
)
UNSEARCHED = "You are not linked to the roster yet. Your Slack member ID is {}."
ASK = "Ask {} to link you, and name your Slack member ID: {}."
RUNNER = "whoever runs Evenkeel"
# Nobody asks more people than these.
_FEW = 3


@dataclass(frozen=True)
class Member:
    """A confirmed member of the workspace, by their e-mail address."""

    email: str


def open_home(request: Request, services: "Services") -> Answer:
    """The Home of whoever opened it."""
    from scoring.database import noting
    from scoring.welcomes import first_time

    if request.why_unknown == STRANGER:
        return Answer(home=_stranger())
    with noting(services.engine) as connection:
        first = first_time(connection, request.user_id, request.now)
    if request.viewer is not None:
        return Answer(home=home_of(request, services, Occasion(first)))
    return Answer(home=_unlinked(request, services, first=first))


def link_me(request: Request, services: "Services") -> Answer:
    """The Home of somebody who links themselves, where their e-mail address still says so.

    Raises:
        AccessError: it does not.
    """
    from scoring.database import writing
    from scoring.leaders import Act
    from scoring.links import link, unlinked_by_email

    member = member_of(services, request.user_id)
    with writing(services.engine) as connection:
        today = services.workspace.calendar.today(request.now)
        found = unlinked_by_email(connection, member.email, today) if member else None
        if found is None or found.role == "admin" or request.why_unknown == STRANGER:
            raise AccessError(request.why_unknown or NO_ROSTER)
        link(connection, Act(found.agent, request.now), found.agent, request.user_id)
    return Answer(home=_known_now(request, services))


def member_of(services: "Services", user_id: str) -> Member | None:
    """Whom Slack says a user is; None for guests, bots and whoever Slack does not tell of."""
    try:
        user = client_of(services.settings).users_info(user=user_id)["user"]
    except BROKEN as error:
        log.warning("not told", extra={"why": said_by(error)})
        return None
    strange = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    email = str((user.get("profile") or {}).get("email") or "")
    sure = user.get("is_email_confirmed") and not any(user.get(one) for one in strange)
    return Member(email) if email and sure else None


def _known_now(request: Request, services: "Services") -> "tuple[Block, ...]":
    known = replace(request, viewer=asker(services.engine, request.user_id).viewer)
    return home_of(known, services, Occasion(saved="You are linked."))


def _stranger() -> "tuple[Block, ...]":
    from bot.views.home import unlinked_home

    return unlinked_home(STRANGER)


def _unlinked(request: Request, services: "Services", *, first: bool) -> "tuple[Block, ...]":
    from bot.views.home import unlinked_home
    from scoring.database import reading
    from scoring.links import linked, unlinked_by_email

    member = member_of(services, request.user_id)
    today = services.workspace.calendar.today(request.now)
    with reading(services.engine) as connection:
        roster = linked(connection)
        found = unlinked_by_email(connection, member.email, today) if member else None
    why = _why(request.user_id, member, found, roster)
    may = found is not None and found.role != "admin"
    return unlinked_home(why, first=first, link="me" if may else "")


def _why(user_id: str, member: Member | None, found: "OnRoster | None", roster: "Linked") -> str:
    if not roster.people:
        return NO_ROSTER
    if member is None:
        return joined((mark(UNSEARCHED, user_id), _ask(user_id, roster.admins)))
    if found is None:
        return joined((mark(SEARCHED, member.email), _ask(user_id, roster.admins)))
    if found.role == "admin":
        return mark(ADMINS_OWN, found.name, user_id)
    return mark(FOUND, member.email, found.name)


def _ask(user_id: str, admins: "Sequence[str]") -> str:
    named = [mark("<@{}>", one) for one in admins[:_FEW]]
    return mark(ASK, joined(named, " or ") if named else RUNNER, user_id)
