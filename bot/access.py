"""Who asks in Slack, whom they may see, and how everybody else is refused."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from scoring.errors import AccessError

if TYPE_CHECKING:
    from bot.command import Request
    from bot.services import Services
    from scoring.asking import Reader, Scope
    from scoring.database import Database
    from scoring.named import Named
    from scoring.period import Period
    from scoring.viewers import Viewer

# The same words whether such a person or team exists or not.
NOBODY = (
    "There is nobody and no team of that name whose figures you may see. You see your own, those"
    " of the people you lead by the roster and, as an admin, everybody's."
)
NO_ROSTER = (
    "Nobody is linked to Slack yet. Whoever runs Evenkeel takes in a roster whose column"
    " slack_user_id has everybody's Slack member ID: `evenkeel import roster FILE`."
)
UNLINKED = (
    "You are not linked to the roster yet, so there are no figures to show you. Open the Home tab"
    " of Evenkeel in Slack: there you can link yourself, or read whom to ask. Your Slack member ID"
    " is {}."
)
STRANGER = (
    "Evenkeel serves another Slack workspace than yours, so there are no figures to show you. Ask"
    " from that one, or whoever runs Evenkeel."
)


@dataclass(frozen=True)
class Asker:
    """Who asks: their row of the roster and what it lets them see, or why there is none."""

    viewer: "Viewer | None"
    why_unknown: str = ""


def asker(engine: "Database", user_id: str) -> Asker:
    """Who a Slack user is by the roster."""
    from scoring.database import reading
    from scoring.named import has_roster
    from scoring.viewers import viewer_in_slack

    with reading(engine) as connection:
        viewer = viewer_in_slack(connection, user_id)
        if viewer is not None:
            return Asker(viewer)
        linked = has_roster(connection)
    return Asker(None, UNLINKED.format(user_id) if linked else NO_ROSTER)


@dataclass(frozen=True)
class Sight:
    """What a command reads through: the records at the moment of asking, as one viewer sees them.

    ``reader`` sees all records: what is asked of it goes through ``narrowed``.
    """

    reader: "Reader"
    viewer: "Viewer"
    named: "Named"
    now: datetime

    def narrowed(self, scope: "Scope") -> "Scope":
        """The part of a scope that the viewer may see.

        Raises:
            AccessError: that is nothing.
        """
        found = self.viewer.narrowed(scope)
        if found is None:
            raise AccessError(NOBODY)
        return found

    def open_now(self, agents: Iterable[int], *periods: "Period") -> list[int]:
        """Those of some people whose figures of these periods the viewer may see by now.

        A new week is people's own to see first (`scoring.first_sight`).

        Raises:
            AccessError: that is nobody.
        """
        from scoring.first_sight import early

        asked = list(agents)
        mine = [one for one in asked if self.viewer.may_see(one)]
        if asked and not mine:
            raise AccessError(NOBODY)
        new = early(self.reader, self.viewer, *periods)
        found = [one for one in mine if new is None or not new.hides(one)]
        if new is not None and mine and not found:
            raise AccessError(new.why)
        return found


@contextmanager
def sight(request: "Request", services: "Services") -> Iterator[Sight]:
    """What whoever asks may see.

    Raises:
        AccessError: the roster links nobody to them.
    """
    from scoring.asking import reader
    from scoring.database import reading
    from scoring.named import named

    viewer = request.known
    with reading(services.engine) as connection:
        workspace = services.workspace
        view = reader(connection, workspace, workspace.moment(request.now))
        yield Sight(view, viewer, named(connection, viewer), request.now)
