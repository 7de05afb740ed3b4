"""What kind of week a review tells of, and what may be said of it: judgements, no words."""

from collections.abc import Iterator
from dataclasses import dataclass

from prompts.note.figures import WORDINGS
from scoring.coaching.findings import METRICS, QUALITY, AgentReview, Change, Statement

# What is told in full first: what customers get before what it takes.
ORDER = (*QUALITY, "quality", "aht")


@dataclass(frozen=True, slots=True)
class Moved:
    """A confirmed change and the metric it is of."""

    metric: str
    change: Change


def moves(review: AgentReview) -> tuple[Moved, ...]:
    """All confirmed changes, the quality index last but handle time."""
    return tuple(Moved(metric, change) for metric in ORDER if (change := _change(review, metric)))


def _change(review: AgentReview, metric: str) -> Change | None:
    if metric == "quality":
        return review.quality
    return review.metrics[metric].change if metric in review.metrics else None


def gains(review: AgentReview) -> tuple[Moved, ...]:
    """The changes that may be praised: of quality, or of handle time where quality held."""
    return tuple(
        moved
        for moved in moves(review)
        if (flag(review, "aht") == "better" if moved.metric == "aht" else moved.change.better)
    )


def slips(review: AgentReview) -> tuple[Moved, ...]:
    """The changes for the worse that customers feel."""
    return tuple(
        moved for moved in moves(review) if moved.metric != "aht" and not moved.change.better
    )


def flag(review: AgentReview, metric: str) -> str:
    """A metric's flag; none where nothing is known of it."""
    return review.metrics[metric].flag if metric in review.metrics else "none"


def is_doubtful(review: AgentReview) -> bool:
    """Whether quality is in doubt: then nothing may be said that asks for less time.

    It is in doubt where any of it slipped or is on the wrong side of what is expected, where
    handle time fell with no sign that quality held, and where nothing is known of it.
    """
    known = [
        review.metrics[metric]
        for metric in QUALITY
        if metric in review.metrics and review.metrics[metric].n > 0
    ]
    poor = any(is_poor(review, metric) for metric in QUALITY)
    unsure = review.rushing or flag(review, "aht") == "faster"
    return not known or poor or unsure or bool(slips(review))


def is_poor(review: AgentReview, metric: str) -> bool:
    """Whether a level is all but certainly on the wrong side of what is expected."""
    if metric not in review.metrics:
        return False
    wrong = "below" if WORDINGS[metric].good == "up" else "above"
    return review.metrics[metric].expectation == wrong


def situation(review: AgentReview) -> str:
    """The kind of week, by the first of these that applies."""
    return next(name for name, applies in _situations(review) if applies)


def _situations(review: AgentReview) -> Iterator[tuple[str, bool]]:
    better = [moved for moved in gains(review) if not moved.change.still]
    worse = [moved for moved in slips(review) if not moved.change.still]
    quality_gained = any(moved.metric != "aht" for moved in better)
    yield "absent", review.contacts == 0
    yield "rushing", review.rushing
    yield "mixed", bool(better and slips(review))
    yield "slip", bool(worse)
    yield "overservicing", review.overservicing
    yield "gain", quality_gained
    yield from _of_handle_time(review)
    yield "still_down", bool(slips(review))
    yield "still_up", bool(gains(review))
    yield "new", review.new and _quiet(review, "too_few")
    yield "restart", _quiet(review, "queue_changed")
    yield "few", _quiet(review, "too_few")
    yield "focus", review.focus is not None
    yield "steady", True


def _of_handle_time(review: AgentReview) -> Iterator[tuple[str, bool]]:
    change = _change(review, "aht")
    fresh = change is not None and not change.still
    name = {"better": "held", "faster": "faster", "slower": "slower", "worse": "longer"}
    yield name.get(flag(review, "aht"), "longer"), fresh


def _quiet(review: AgentReview, why: str) -> bool:
    """Whether this is why nothing can be said of any metric that has contacts."""
    told = [
        review.metrics[metric].why_quiet
        for metric in METRICS
        if metric in review.metrics and review.metrics[metric].n > 0
    ]
    return all(one in (why, "too_few") for one in told) and (why in told or not told)


def is_same(one: Statement | None, other: Statement | None) -> bool:
    """Whether two weeks' statements are about the same metric."""
    return one is not None and other is not None and one.about == other.about
