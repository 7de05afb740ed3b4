"""What a note needs beside the review: practices, the week before, commitments, known contacts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from prompts.note.practices import Practices
from scoring.coaching.findings import AgentReview
from scoring.coaching.progress import Progress


@dataclass(frozen=True, slots=True)
class Sighting:
    """A contact as its agent knows it again: its id in the source, day, channel and issue type.

    ``reasons`` are what makes it worth a look: kinds of ``scoring.coaching.cited``.
    """

    reference: str
    day: date
    channel: str | None = None
    issue_type: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """What is known beside the week's review.

    ``previous`` is the review of the week before, None where there was none; ``commitment`` what
    became of what the agent works on; ``sightings`` the contacts that may be named, by key.
    """

    practices: Practices
    previous: AgentReview | None = None
    commitment: Progress | None = None
    sightings: Mapping[int, Sighting] = field(default_factory=dict)
