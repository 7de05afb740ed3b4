"""What a review says of an agent's week on one matter, with the contacts that it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scoring.asking import Reader
from scoring.coaching.cited import Cited
from scoring.coaching.findings import METRICS, AgentReview, Review
from scoring.coaching.publishing import published, statements_of
from scoring.coaching.reviews import reviews
from scoring.coaching.statements import Claim
from scoring.errors import EvidenceError

CHOSEN = ("focus", "strength")
# What there may be something to say of, beside a focus and a strength.
MATTERS = (*METRICS, "quality", "rushing", "overservicing")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``contacts`` are row ids, ``behind`` how many contacts it rests on.

    A focus and a strength name the few that tell most, the most telling first, and with
    ``contrast`` one that went well; any other finding names all, in the order of time.
    """

    week: date
    kind: str
    about: str
    direction: str
    where: tuple[str, ...]
    contacts: tuple[int, ...]
    contrast: int | None
    behind: int


def finding(reader: Reader, agent: int, week: date, matter: str) -> Finding:
    """What is said of an agent's week, by its Monday: as published, else as a review finds it.

    ``matter`` is one of CHOSEN or MATTERS.

    Raises:
        EvidenceError: nothing is said of it.
        ReviewError: the week cannot be reviewed.
    """
    review, claims = _reviewed(reader, week)
    found = review.agents.get(agent)
    if found is None:
        raise EvidenceError(f"There is no contact of this agent in the week of {week}.")
    if matter in CHOSEN:
        return _chosen(found, matter)
    return _claimed(week, matter, (one for one in claims if one.agent == agent))


def telling(contacts: Iterable[Cited]) -> list[Cited]:
    """Contacts in the order of how much there is to say of them, the latest first among equals."""
    return sorted(contacts, key=lambda one: (len(one.reasons), one.at, one.id), reverse=True)


def _reviewed(reader: Reader, week: date) -> tuple[Review, list[Claim]]:
    known = published(reader.connection, week)
    if known is not None:
        said = statements_of(reader.connection, week)
        return known, [one.claim for one in said if not one.withdrawn]
    (found,) = reviews(reader, week, week)
    return found.review, list(found.statements)


def _chosen(found: AgentReview, kind: str) -> Finding:
    statement = found.focus if kind == "focus" else found.strength
    if statement is None:
        raise EvidenceError(
            f"The records support no {kind} in the week of {found.week}. Name another week."
        )
    return Finding(
        week=found.week,
        kind=kind,
        about=statement.about,
        direction="",
        where=tuple(filter(None, (statement.issue_type, statement.channel))),
        contacts=statement.contacts,
        contrast=statement.contrast,
        behind=statement.behind,
    )


def _claimed(week: date, matter: str, claims: Iterable[Claim]) -> Finding:
    """The statement on a matter: a change goes before a level."""
    by_topic = {one.topic: one for one in claims}
    topics = (matter, f"change {matter}", f"level {matter}")
    claim = next((by_topic[topic] for topic in topics if topic in by_topic), None)
    if claim is None:
        raise EvidenceError(
            f"Nothing stands out in {matter} in the week of {week}: it is within normal variation."
            " `evenkeel evidence` without --week shows the contacts behind a KPI."
        )
    return Finding(
        week=week,
        kind=claim.kind,
        about=claim.metric,
        direction=claim.direction,
        where=(),
        contacts=claim.contacts,
        contrast=None,
        behind=claim.n_recent,
    )
