"""A weekly message sent once: handed to Slack, looked for before it is handed over again, settled.

What became of it is in the database; before every attempt that is asked, and before every further
attempt Slack is asked too, since the one before may have landed.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING

from bot.paced import PacedClient, paced_client
from bot.posting import BROKEN, LookError, Posted, Refused, is_sure, key_of, landed, post, said_by
from scoring.digests import FAILED, SENT, SKIPPED, Digest, Standing
from scoring.errors import EvenkeelError

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.letters import Written
    from bot.services import Services
    from bot.slack import Installation
    from scoring.slack_people import Person

log = logging.getLogger(__name__)

# An attempt that was cut off may still be on its way into Slack for so long.
IN_FLIGHT = timedelta(seconds=1.5)
# Turns lie a quarter further apart than the pace asks for: whoever comes so late to one that it
# might be too much in a second takes another.
MOST_LATE = 0.15
# What whoever runs Evenkeel can put right, so that it is tried again until it is too late.
PASSING = frozenset(
    {
        *("account_inactive", "invalid_auth", "missing_scope", "not_authed", "ratelimited"),
        *("team_access_not_granted", "token_expired", "token_revoked"),
    }
)


class DeliveryError(EvenkeelError):
    """A message is not settled: it may have landed, or will be taken later."""


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Sender:
    """Who sends: for which workspace, as which bot, by which client.

    ``clock`` gives the aware moment of now, ``pause`` lets so many seconds pass, ``ticks`` counts
    seconds whatever is done to the clock. ``ready`` waits until this process has practised.
    """

    services: "Services"
    installation: "Installation"
    client: "WebClient"
    clock: Callable[[], datetime] = _clock
    pause: Callable[[float], None] = sleep
    ticks: Callable[[], float] = monotonic
    ready: Callable[[], object] = lambda: None

    @property
    def now(self) -> datetime:
        """The moment by which everything is decided."""
        return self.services.settings.now or self.clock()

    @property
    def decided(self) -> "Services":
        """The services by what admins have decided up to now."""
        return self.services.current()

    @property
    def me(self) -> str:
        """The id that Slack has for the bot."""
        return self.installation.bot_id or self.installation.bot_user_id

    def key(self, digest: Digest) -> str:
        """The key of a message."""
        team = self.installation.team_id
        return key_of(team, digest.week.isoformat(), digest.agent, digest.kind)


def attempt(sender: Sender, digest: Digest, *, again: bool = False) -> None:
    """Settles a message, if it is not: looks for it where it was tried before, else sends it.

    ``again`` says that it may have been tried by somebody who could not note it.

    Raises:
        DeliveryError: it is not settled.
    """
    from scoring.database import reading
    from scoring.digests import standing
    from scoring.slack_people import people_in_slack

    with reading(sender.services.engine) as connection:
        stands = standing(connection, digest)
        person = people_in_slack(connection, digest.agent).get(digest.agent)
    if stands is None or stands.settled:
        return
    if person is None:
        _settle(sender, replace(stands, state=SKIPPED, why="unlinked"))
        return
    channel = person.channel or _opened(sender, person, stands)
    if channel is None:
        return
    if stands.tried_at is not None or again:
        ts = _looked_for(sender, stands, channel)
        if ts is not None:
            _settle(sender, replace(stands, state=SENT, why="", ts=ts))
            return
    _send(sender, stands, channel)


def practise(sender: Sender, weeks: Collection[date]) -> Digest | None:
    """Writes one message that is due, for nobody: what that takes is at hand for the next.

    It asks no model. Gives back which message that was, None where nothing is due.
    """
    from scoring.database import reading
    from scoring.digests import unsettled

    services = sender.decided
    with reading(services.engine) as connection:
        found = unsettled(connection, weeks)
    if not found or services.settings.model_notes:
        return None
    from bot.letters import letter

    letter(services, found[0].digest, sender.now)
    return found[0].digest


def _send(sender: Sender, stands: Standing, channel: str) -> None:
    from bot.letters import letter

    written = letter(sender.decided, stands.digest, sender.now)
    if written is None:
        _settle(sender, replace(stands, state=SKIPPED, why="no_contacts"))
        return
    client = _in_turns(sender, stands.digest)
    outcome = post(client, channel, written.reply, sender.key(stands.digest))
    if isinstance(outcome, Posted):
        _settle(sender, replace(stands, state=SENT, why="", ts=outcome.ts), written)
    elif isinstance(outcome, Refused) and outcome.why not in PASSING:
        _settle(sender, replace(stands, state=FAILED, why=outcome.why))
    else:
        raise DeliveryError(outcome.why)


def _in_turns(sender: Sender, digest: Digest) -> PacedClient:
    """A client for one message: whatever it posts is noted before, in its turn."""
    return paced_client(
        sender.services.settings, partial(_turn, sender, digest), partial(_hold, sender)
    )


def _turn(sender: Sender, digest: Digest, channel: str) -> None:
    from scoring.database import noting
    from scoring.digests import note_try
    from scoring.pacing import turn

    engine, settings = sender.services.engine, sender.services.settings
    while True:
        with noting(engine) as connection:
            seconds = turn(connection, channel, settings.post_seconds)
        turn_at = sender.ticks() + seconds
        sender.pause(seconds)
        # Kept before anything is sent: whatever happens from here on, the next attempt looks.
        with noting(engine) as connection:
            note_try(connection, digest, sender.clock())
        if sender.ticks() - turn_at < MOST_LATE:
            return


def _hold(sender: Sender, seconds: float) -> None:
    from scoring.database import noting
    from scoring.pacing import hold

    with noting(sender.services.engine) as connection:
        hold(connection, seconds)


def _opened(sender: Sender, person: "Person", stands: Standing) -> str | None:
    """The conversation with somebody; None where there can be none, which is settled."""
    from scoring.database import noting
    from scoring.slack_people import keep_channel

    try:
        answer = sender.client.conversations_open(users=person.user_id)
    except BROKEN as error:
        said = said_by(error)
        if not is_sure(error) or said in PASSING:
            raise DeliveryError(said) from error
        _settle(sender, replace(stands, state=FAILED, why=said))
        return None
    channel = str(answer["channel"]["id"])
    with noting(sender.services.engine) as connection:
        keep_channel(connection, person, channel)
    return channel


def _looked_for(sender: Sender, stands: Standing, channel: str) -> str | None:
    """The id of the message if an earlier attempt landed."""
    now = sender.clock()
    # A clock that ran ahead then must not make us look from a moment that is still to come.
    tried = min(stands.tried_at or stands.due_at, now)
    left = tried + IN_FLIGHT - now
    if timedelta(0) < left <= IN_FLIGHT:
        sender.pause(left.total_seconds())
    try:
        found = landed(sender.client, channel, sender.key(stands.digest), tried, sender.me)
    except LookError as error:
        raise DeliveryError("look") from error
    log.info("looked", extra={"outcome": "landed" if found else "not there"})
    return found


def _settle(sender: Sender, told: Standing, written: "Written | None" = None) -> None:
    """Keeps what became of a message, with whose figures were shown to somebody else by it."""
    from scoring.database import noting
    from scoring.digests import settle
    from scoring.looks import Looking, note

    digest, now = told.digest, sender.now
    with noting(sender.services.engine) as connection:
        if settle(connection, replace(told, settled_at=now)) and written is not None:
            day = sender.decided.workspace.calendar.today(now)
            note(connection, Looking(digest.agent, "digest", day, now), written.seen)
    log.info("digest", extra={"token": sender.key(digest)[:8], "outcome": told.state})
