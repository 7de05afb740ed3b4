"""People see a new week of their own before whoever leads them does.

A week that is over is new to a person until their own message about it is settled: sent, or not to
be sent for a reason. Where no messages are sent at all, nobody waits for any.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, select

from scoring.asking import Reader
from scoring.columns import table_of
from scoring.digest_records import DigestRow
from scoring.digests import told
from scoring.period import Period
from scoring.viewers import Viewer

WEEK, LAST = timedelta(weeks=1), timedelta(days=6)
NOT_YET = (
    "People see a new week of their own first, and their own notes about the week of {} have not"
    " gone out yet. Ask again after that, or for a period before it."
)
_d = table_of(DigestRow).c


@dataclass(frozen=True)
class Early:
    """A week that is over, by its Monday, and who has been told of it already."""

    week: date
    told: frozenset[int]
    viewer: int

    def hides(self, agent: int) -> bool:
        """Whether the week is not the viewer's to see yet where it is an agent's own."""
        return agent != self.viewer and agent not in self.told

    def hidden(self, agents: Iterable[int]) -> frozenset[int]:
        """Those of the agents whose week is not the viewer's to see yet."""
        return frozenset(filter(self.hides, agents))

    @property
    def why(self) -> str:
        """What to tell whoever asks for what is hidden."""
        return NOT_YET.format(self.week.isoformat())


def early(reader: Reader, viewer: Viewer, *periods: Period) -> Early | None:
    """What is new to people other than the viewer in some periods; None where nothing can be.

    Only the last week that is over can be new, and to nobody for longer than a week: whoever is
    not told by then, because nothing sends messages any more, keeps nobody waiting.
    """
    today = date.fromordinal(reader.moment.day)
    week = today - timedelta(days=today.weekday()) - WEEK
    reach = any(one.first <= week + LAST and week <= one.last for one in periods)
    if not (viewer.leads and reach):
        return None
    sent = exists().where(_d.week >= (week - WEEK).toordinal())
    if not reader.connection.scalar(select(sent)):
        return None
    return Early(week, frozenset(told(reader.connection, week)), viewer.agent_id)
