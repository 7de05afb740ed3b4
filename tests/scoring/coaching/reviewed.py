"""Reviews as values: an agent's week, of which a test says only what it is about."""

from datetime import date, timedelta

from scoring.coaching.findings import METRICS, AgentReview, Change, MetricReview, Span, State

# The Monday on which commitments begin unless told otherwise.
START = date(2026, 11, 9)
ANA = 7


def week(number):
    """The Monday of a commitment's week, from 1; 0 is the week before it began."""
    return START + timedelta(weeks=number - 1)


def change(first, **more):
    """A confirmed change whose recent weeks begin with this one."""
    plain = {
        "better": True,
        "still": False,
        "first": week(first),
        "last": week(first),
        "weeks": 1,
        "baseline_weeks": 8,
        "contacts": 90,
        "baseline_contacts": 700,
        "before": 0.7,
        "after": 0.8,
        "size": Span(0.1, 0.05, 0.15),
        "p": 0.0001,
        "threshold": 0.001,
    }
    return Change(**{**plain, **more})


def metric(**more):
    """One metric: a level of 0.72, as ever."""
    plain = {
        "estimate": Span(0.72, 0.68, 0.76),
        "raw": 0.70,
        "expected": 0.75,
        "n": 700,
        "asked": 700,
        "flag": "none",
        "change": None,
        "why_quiet": "normal",
        "expectation": None,
        "noticeable": 0.15,
        "reliability": 0.6,
    }
    return MetricReview(**{**plain, **more})


def reviewed(number, *, rushing=False, quality=None, agent=ANA, **metrics):
    """An agent's review of a week; ``metrics`` says what is particular of each."""
    found = {name: metric(**metrics.get(name, {})) for name in METRICS}
    return AgentReview(
        agent=agent,
        week=week(number),
        contacts=90,
        metrics=found,
        quality=quality,
        quality_flag="none" if quality is None else "better" if quality.better else "worse",
        rushing=rushing,
        overservicing=False,
        score=50.0,
        score_withheld=None,
        score_moved=False,
        focus=None,
        strength=None,
        check=(),
        new=False,
        state=State(),
    )
