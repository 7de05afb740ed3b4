"""Turns to post: one after the other over all processes, each conversation with pauses of its own.

Turns are given by the database's clock, so that processes whose clocks differ keep one pace.
"""

from sqlalchemy import Connection, text

# All conversations together.
EVERYWHERE = "*"
# Slack takes one message a second in a conversation; some time is lost on the way.
SECONDS_APART = 1.2
# Nobody waits so long: a turn that is further off was given before the clock was set back.
LONGEST_WAIT = 120.0

_CLOCK = {
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())::float8",
}
# Whoever comes second waits here until the first has taken a turn.
_FREE = text(
    "INSERT INTO slack_pace (place, free_at) VALUES (:place, 0)"
    " ON CONFLICT (place) DO UPDATE SET free_at = slack_pace.free_at RETURNING free_at"
)
_TAKE = text("UPDATE slack_pace SET free_at = :at WHERE place = :place")


def turn(connection: Connection, channel: str, seconds: float) -> float:
    """In how many seconds a message may be posted in a conversation; the turn is taken.

    ``seconds`` lie between any two messages.
    """
    free = [_free(connection, place) for place in (EVERYWHERE, channel)]
    now = _now(connection)
    at = max([now, *(one for one in free if one - now <= LONGEST_WAIT)])
    _take(connection, EVERYWHERE, at + seconds)
    _take(connection, channel, at + SECONDS_APART)
    return at - now


def hold(connection: Connection, seconds: float) -> None:
    """Lets nobody have a turn for so long: Slack has said that it takes nothing."""
    free = _free(connection, EVERYWHERE)
    now = _now(connection)
    until = now + min(seconds, LONGEST_WAIT)
    if free - now > LONGEST_WAIT or free < until:
        _take(connection, EVERYWHERE, until)


def _free(connection: Connection, place: str) -> float:
    return float(connection.execute(_FREE, {"place": place}).scalar_one())


def _take(connection: Connection, place: str, at: float) -> None:
    connection.execute(_TAKE, {"place": place, "at": at})


def _now(connection: Connection) -> float:
    return float(connection.scalar(text(_CLOCK[connection.dialect.name])) or 0.0)
