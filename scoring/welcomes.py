"""Who has opened their Home in Slack: the first time is told once."""

from datetime import datetime

from sqlalchemy import Connection, text

from scoring.columns import to_ms

_WELCOME = text(
    "INSERT INTO welcome (user_id, at) VALUES (:user, :at) ON CONFLICT (user_id) DO NOTHING"
)


def first_time(connection: Connection, user_id: str, now: datetime) -> bool:
    """Whether a Slack user opens their Home for the first time; it is kept that they did."""
    return connection.execute(_WELCOME, {"user": user_id, "at": to_ms(now)}).rowcount == 1
