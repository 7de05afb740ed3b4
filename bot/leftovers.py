"""What processes have left: runs of the dead are taken over, runs of long ago deleted."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.delivery import Sender

log = logging.getLogger(__name__)

QUEUE = "digests"
# What DBOS calls the process of a place.
PLACE = "worker-"
# A finished run is of no more use; some days are for whoever looks into what happened.
KEPT = timedelta(days=7)
FORGOTTEN_AT_ONCE = 2000


def take_over(sender: "Sender", own: int) -> int:
    """Takes over what processes left that have died, and gives back how many runs that were."""
    from dbos import DBOS

    from scoring.places import held

    left = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    # Where DBOS serves other programs too, theirs are none of ours.
    names = {str(one.executor_id) for one in left if str(one.executor_id).startswith(PLACE)}
    count = 0
    for name in sorted(names - {f"{PLACE}{own}"}):
        # Held meanwhile, so that nobody begins to work there who would have them already.
        with held(sender.services.engine, int(name.removeprefix(PLACE))) as ours:
            found = _left_by(name) if ours else []
            if found:
                DBOS.resume_workflows(found, queue_name=QUEUE)
            count += len(found)
    if count:
        log.info("taken over", extra={"count": count})
    return count


def forget(now: datetime) -> int:
    """Deletes what was finished long ago, and gives back how much that was."""
    from dbos import DBOS

    old = DBOS.list_workflows(
        completed_before=(now - KEPT).isoformat(),
        limit=FORGOTTEN_AT_ONCE,
        load_input=False,
        load_output=False,
    )
    if old:
        DBOS.delete_workflows([one.workflow_id for one in old])
    return len(old)


def _left_by(name: str) -> list[str]:
    from dbos import DBOS

    left = DBOS.list_workflows(
        status="PENDING", executor_id=name, load_input=False, load_output=False
    )
    return [one.workflow_id for one in left]
