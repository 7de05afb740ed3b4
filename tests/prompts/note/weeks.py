"""Reviews of weeks by hand: a test names only what is particular about its week."""

from dataclasses import replace
from datetime import date, timedelta

from prompts.note.background import Background, Sighting
from prompts.note.practices import load_practices
from scoring.coaching.findings import (
    AgentReview,
    Change,
    MetricReview,
    Review,
    Span,
    State,
    Statement,
    TeamEffect,
)
from scoring.coaching.progress import Commitment, Progress, Standing

WEEK = date(2026, 11, 9)
PRACTICES = load_practices()
LEVELS = {
    "aht": Span(512.0, 480.0, 546.0),
    "fcr": Span(0.742, 0.701, 0.780),
    "escalation": Span(0.061, 0.045, 0.082),
    "csat": Span(4.31, 4.12, 4.50),
    "sentiment": Span(0.21, 0.17, 0.25),
}
NOTICEABLE = {"aht": 122.0, "fcr": 0.148}


def change(before, after, low, high, **told):
    """A new change over the three weeks to 9 November; 268 contacts against 700."""
    better = told.pop("better", after > before)
    weeks = told.pop("weeks", 3)
    return Change(
        **{
            "better": better,
            "still": False,
            "first": WEEK - timedelta(weeks=weeks - 1),
            "last": WEEK,
            "weeks": weeks,
            "baseline_weeks": 8,
            "contacts": 268,
            "baseline_contacts": 700,
            "before": before,
            "after": after,
            "size": Span(after - before, low, high),
            "p": 0.0002,
            "threshold": 0.004,
            **told,
        }
    )


def metric(name, **told):
    """A metric that is within normal variation, from 412 contacts."""
    level = LEVELS[name]
    n = told.pop("n", 38 if name == "csat" else 412)
    return MetricReview(
        **{
            "estimate": level,
            "raw": level.value,
            "expected": level.value,
            "n": n,
            "asked": max(412, n) if name == "csat" else n,
            "flag": "none",
            "change": None,
            "why_quiet": "normal",
            "expectation": None,
            "noticeable": NOTICEABLE.get(name),
            "reliability": 0.8,
            **told,
        }
    )


def moved(name, flag, told, **more):
    """A metric with a confirmed change."""
    return metric(name, flag=flag, change=told, why_quiet="confirmed", **more)


def week(*, metrics=None, **told):
    """A steady week of an agent, but for these metrics and facts."""
    return AgentReview(
        **{
            "agent": 7,
            "week": WEEK,
            "contacts": 96,
            "metrics": {name: metric(name) for name in LEVELS} | (metrics or {}),
            "quality": None,
            "quality_flag": "none",
            "rushing": False,
            "overservicing": False,
            "score": 53.0,
            "score_withheld": None,
            "score_moved": False,
            "focus": None,
            "strength": None,
            "check": (),
            "new": False,
            "state": State(),
            **told,
        }
    )


def statement(about, why="changed", **told):
    """A focus or strength on refund contacts by chat, with three contacts and a contrast."""
    return Statement(
        **{
            "about": about,
            "why": why,
            "issue_type": "refund",
            "channel": "chat",
            "contacts": (11, 12, 13),
            "contrast": 14,
            "behind": 41,
            **told,
        }
    )


def background(**told):
    """The shipped practices, and names for the contacts of statements."""
    return Background(
        **{
            "practices": PRACTICES,
            "sightings": {
                key: Sighting(
                    f"C-{1000 + key}", date(2026, 11, key - 1), "chat", "refund", ("repeat",)
                )
                for key in (11, 12, 13, 14)
            },
            **told,
        }
    )


def promise(verdict="too_early", why="normal", change=None, ending="", **told):
    """A commitment since 2 November, for four weeks; after its second it is too early to tell."""
    plain = {"id": 1, "agent": 7, "metric": "fcr", "text": "Say the next step before closing"}
    commitment = Commitment(**{**plain, "first_week": date(2026, 11, 2), "weeks": 4, **told})
    standing = Standing(verdict, why, judged=2, change=change)
    return Progress(commitment, WEEK, 2, standing, ending=ending)


def quiet(why, **more):
    """All metrics with the same reason why nothing is said of them."""
    return {name: metric(name, why_quiet=why, **more) for name in LEVELS}


FCR_UP = change(0.682, 0.774, 0.041, 0.143)
FCR_DOWN = change(0.774, 0.682, -0.143, -0.041)
AHT_DOWN = change(512.0, 424.0, -121.0, -55.0)
AHT_UP = change(424.0, 512.0, 55.0, 121.0)
ESCALATION_UP = change(0.061, 0.112, 0.020, 0.082, better=False)
QUALITY_DOWN = change(0.0, -0.46, -0.71, -0.21)

# A dozen and a half situations; the approved texts in approved/ are named after them.
SITUATIONS = {
    "steady": (week(), background()),
    "gain": (
        week(
            metrics={"fcr": moved("fcr", "better", FCR_UP)},
            strength=statement("fcr", contrast=None),
            score=61.0,
            score_moved=True,
        ),
        background(previous=week()),
    ),
    "gain_still": (
        week(
            metrics={"fcr": moved("fcr", "better", replace(FCR_UP, still=True))},
            strength=statement("fcr", contrast=None),
        ),
        background(previous=week(strength=statement("fcr"))),
    ),
    "slip": (
        week(
            metrics={
                "fcr": moved("fcr", "worse", FCR_DOWN),
                "sentiment": metric("sentiment", expectation="above", raw=0.26, expected=0.19),
            },
            focus=statement("fcr"),
            strength=statement("sentiment", "level", contacts=(), contrast=None, channel=None),
        ),
        background(),
    ),
    "mixed": (
        week(
            metrics={
                "fcr": moved("fcr", "better", FCR_UP),
                "escalation": moved("escalation", "worse", ESCALATION_UP),
            },
            strength=statement("fcr", contrast=None, issue_type=None, channel=None),
            focus=statement("escalation"),
        ),
        background(),
    ),
    "rushing": (
        week(
            metrics={"aht": moved("aht", "faster", AHT_DOWN)},
            quality=QUALITY_DOWN,
            quality_flag="worse",
            rushing=True,
            rush=AHT_DOWN,
            focus=statement("rushing", "rushing"),
        ),
        background(),
    ),
    "overservicing": (
        week(metrics={"aht": moved("aht", "worse", AHT_UP)}, overservicing=True),
        background(),
    ),
    "faster_held": (
        week(metrics={"aht": moved("aht", "better", AHT_DOWN)}, strength=statement("aht")),
        background(),
    ),
    "faster_too_early": (
        week(metrics={"aht": moved("aht", "faster", AHT_DOWN)}),
        background(),
    ),
    "slower_fair_trade": (
        week(
            metrics={
                "aht": moved("aht", "slower", AHT_UP),
            }
        ),
        background(),
    ),
    "focus_by_level": (
        week(
            metrics={
                "fcr": metric("fcr", expectation="below", raw=0.701, expected=0.758),
                "csat": metric("csat", expectation="above", raw=4.4, expected=4.2),
            },
            focus=statement("fcr", "level"),
            strength=statement("csat", "level", contacts=(), contrast=None, issue_type=None),
        ),
        background(),
    ),
    "same_focus": (
        week(
            metrics={"fcr": metric("fcr", expectation="below", raw=0.701, expected=0.758)},
            focus=statement("fcr", "level"),
        ),
        background(previous=week(focus=statement("fcr", "level"))),
    ),
    "slow_where_quality_is_low": (
        week(
            metrics={
                "aht": metric("aht", expectation="above", raw=640.0, expected=520.0),
                "csat": metric("csat", expectation="below", raw=4.0, expected=4.3),
            },
            focus=statement("aht", "level", issue_type=None, channel=None),
        ),
        background(),
    ),
    "new": (
        week(
            metrics=quiet("too_few", n=31) | {"csat": metric("csat", why_quiet="too_few", n=2)},
            new=True,
            score=None,
            score_withheld="too_few",
        ),
        background(),
    ),
    "queue_changed": (
        week(metrics=quiet("queue_changed")),
        background(),
    ),
    "few": (
        week(
            contacts=6,
            metrics=quiet("too_few", n=6) | {"csat": metric("csat", why_quiet="too_few", n=0)},
            score=None,
            score_withheld="too_few",
        ),
        background(),
    ),
    "small_team": (
        week(score=None, score_withheld="small_team"),
        background(),
    ),
    "promise": (
        week(
            metrics={"fcr": metric("fcr", expectation="below", raw=0.701, expected=0.758)},
            focus=statement("fcr", "level"),
        ),
        background(commitment=promise()),
    ),
    "records_to_check": (week(check=(21, 22)), background()),
    "absent": (week(contacts=0), background()),
}


def team(reviews, **told):
    """The review of a team's week."""
    return Review(
        **{
            "week": WEEK,
            "agents": reviews,
            "shared": (),
            "version": "1",
            "constants": "0" * 8,
            **told,
        }
    )


EFFECT = TeamEffect("fcr", "technical", Span(-0.041, -0.062, -0.020))
