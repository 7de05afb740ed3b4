"""The tools that write: a commitment, and private words; each only as its viewer may anyway."""

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.tools.desk import Desk
from bot.tools.whose import person, week_of

if TYPE_CHECKING:
    from prompts.tools.forms import CommitmentForm, RemarkForm
    from prompts.tools.offer import Told
    from scoring.commitments import Terms

WEEK = timedelta(weeks=1)
# How old the review may be that says how the metric stood.
RECENT = 5 * WEEK


def commitment(desk: Desk, form: "CommitmentForm") -> "Told":
    """Commits the viewer, or somebody they lead, to one thing.

    Raises:
        AccessError: the viewer may not; CommitmentError: the terms cannot be, or one is open.
    """
    return desk.acted("commitment", lambda: _committed(desk, form))


def _committed(desk: Desk, form: "CommitmentForm") -> "Told":
    from prompts.tools.offer import Told
    from scoring.coaching.publishing import published_agents
    from scoring.commitments import make
    from scoring.database import writing
    from scoring.leaders import Act, key_of

    with desk.sight() as seeing:
        agent, now = person(seeing, form.person or "me"), seeing.now
        terms = _terms(form, week_of(seeing, form.first_week), next_one=not form.first_week)
    last = terms.first_week - WEEK
    with writing(desk.services.engine) as connection:
        reviews = published_agents(connection, agent, last - RECENT, last)
        act = Act(seeing.viewer.agent_id, now)
        made = make(connection, agent, terms, act, reviews[-1] if reviews else None)
        key = key_of(connection, agent)
    facts = {"number": made.id, "agent": key, "metric": made.metric, "text": made.text}
    weeks = {"first_week": made.first_week.isoformat(), "last_week": made.last_week.isoformat()}
    said = f"Kept as commitment {made.id} of {key}, {made.first_week:%G-W%V} to"
    return Told(f"{said} {made.last_week:%G-W%V}.", {**facts, **weeks})


def _terms(form: "CommitmentForm", week: date, *, next_one: bool) -> "Terms":
    from scoring.commitments import Terms

    # The last week that is over, and the one that runs, are past.
    first = week + 2 * WEEK if next_one else week
    where = form.issue_type or None, form.channel or None
    return Terms(form.metric, form.text, first, form.weeks, *where)


def remark(desk: Desk, form: "RemarkForm") -> "Told":
    """Writes private words to somebody whom the viewer leads; the same again is the same remark.

    Raises:
        AccessError: the viewer does not lead them; RemarkError: it cannot be kept.
    """
    return desk.acted("remark", lambda: _written(desk, form))


def _written(desk: Desk, form: "RemarkForm") -> "Told":
    from prompts.tools.offer import Told
    from scoring.database import writing
    from scoring.leaders import Act, key_of
    from scoring.remarks import write

    with desk.sight() as seeing:
        agent, day = person(seeing, form.person), seeing.reader.calendar.today(seeing.now)
    # A model that is not sure whether a call came through calls again.
    words = hashlib.sha256(form.text.strip().encode()).hexdigest()[:16]
    event = f"tool:{day.isoformat()}:{agent}:{words}"
    with writing(desk.services.engine) as connection:
        act = Act(seeing.viewer.agent_id, seeing.now)
        kept = write(connection, agent, form.text, act, event)
        key = key_of(connection, agent)
    return Told(
        f"Kept as remark {kept.id} to {key}, for the two of you alone.",
        {"number": kept.id, "agent": key, "said_at": kept.said_at.isoformat()},
    )
