"""A contact that somebody logs by hand: the form, what is kept of it, and putting it right.

It is an import of the source "slack". Each form has an id of its own, which is the record's: sent
twice, or put right, it is the same record.
"""

import secrets
from typing import TYPE_CHECKING

from bot.access import NOBODY, Sight, sight
from bot.actions import FIX, LOG
from bot.by_hand import Entry, take
from bot.command import Answer, Deed, Request
from bot.home import zone_of
from scoring.errors import AccessError, WordsError

if TYPE_CHECKING:
    from bot.services import Services
    from bot.views.log_form import Draft
    from scoring.logged import Logged

_OLD = "This form belongs to another version of Evenkeel. Say `/log` again."


def ask(request: Request, services: "Services") -> Answer:
    """The form for a contact of one's own.

    Raises:
        AccessError: the roster links nobody to whoever asks.
    """
    with sight(request, services) as seeing:
        return ask_for(seeing, seeing.viewer.agent_id)


def ask_for(seeing: Sight, agent: int) -> Answer:
    """The form for a contact of somebody whom the asker may see.

    Raises:
        AccessError: they may not.
    """
    from bot.views.log_form import Draft, form

    whose = _whose(seeing, agent)
    draft = Draft(seeing.now, zone_of(seeing, seeing.viewer.agent_id), whose)
    return Answer(modal=form(draft, f"{secrets.token_hex(8)} {agent}"))


def fix(request: Request, services: "Services") -> Answer:
    """The form of a contact that was logged, as it is known now.

    Raises:
        AccessError: there is none that the asker may see.
    """
    from bot.views.log_form import form
    from scoring.logged import logged

    with sight(request, services) as seeing:
        found = logged(seeing.reader.connection, request.words)
        if found is None:
            raise AccessError(NOBODY)
        # In place of the receipt: Slack keeps no more than three windows over each other.
        told = form(_draft(seeing, found), f"{found.name} {found.agent}")
        return Answer(modal=told, replaces=True)


def keep(request: Request, services: "Services") -> Answer:
    """What was kept, or what is wrong in the form.

    Raises:
        AccessError: the asker may not see whose contact it is.
        WordsError: the form is of another version.
    """
    from bot.views.log_form import Receipt, receipt
    from scoring.leaders import key_of
    from scoring.logged import logged

    name, _, agent = request.about.partition(" ")
    if not agent.isdecimal():
        raise WordsError(_OLD)
    said = {one: str(value or "") for one, value in request.said.items()}
    with sight(request, services) as seeing:
        whose = _whose(seeing, int(agent))
        key = key_of(seeing.reader.connection, int(agent))
        known = logged(seeing.reader.connection, name)
        customer = known.customer if known else ""
        entry = Entry(name, key, zone_of(seeing, seeing.viewer.agent_id), said, customer)
    taken = take(services, entry, request.now)
    if taken.wrong:
        return Answer(wrong=taken.wrong)
    told = Receipt(whose, _kept(entry), entry.seconds or 0.0, name, taken.fixed, taken.said)
    return Answer(modal=receipt(told))


DEEDS = (Deed("button", LOG, ask), Deed("button", FIX, fix), Deed("form", LOG, keep))


def _whose(seeing: Sight, agent: int) -> str:
    """What the person is called; empty for the asker.

    Raises:
        AccessError: the asker may not see them.
    """
    if not seeing.viewer.may_see(agent) or agent not in seeing.named.people:
        raise AccessError(NOBODY)
    return "" if agent == seeing.viewer.agent_id else seeing.named.people[agent]


def _draft(seeing: Sight, found: "Logged") -> "Draft":
    from bot.views.log_form import RATINGS, Draft

    rating = "none" if found.csat is None else f"{found.csat:g}"
    return Draft(
        found.started_at,
        zone_of(seeing, seeing.viewer.agent_id),
        _whose(seeing, found.agent),
        found.channel,
        found.issue_type or "",
        f"{(found.handle_seconds or 0) / 60:g}",
        found.outcome or "resolved",
        rating if rating in RATINGS else "none",
        fixes=True,
    )


def _kept(entry: Entry) -> "Draft":
    from bot.views.log_form import Draft

    said = entry.said
    outcome, rating = said["outcome"], said.get("csat") or "none"
    return Draft(
        *(entry.started, entry.zone, "", said["channel"], said.get("issue", "")),
        *(said["minutes"], outcome, rating),
    )
