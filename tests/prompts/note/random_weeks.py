"""Reviews of any shape that a review may have, for laws that hold for all of them.

A review has a hundred parts, so hypothesis draws a seed and the parts come from that.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import strategies as st

from prompts.note.background import Background
from scoring.coaching.findings import (
    METRICS,
    QUALITY,
    AgentReview,
    Change,
    MetricReview,
    Span,
    State,
    Statement,
)
from tests.prompts.note.weeks import (
    LEVELS,
    PRACTICES,
    WEEK,
    background,
    promise,
    statement,
    week,
)

CENTRES = {name: span.value for name, span in LEVELS.items()} | {"quality": 0.0}
UP_IS_GOOD = {"fcr", "csat", "sentiment", "quality"}
PREVIOUS = (
    None,
    week(focus=statement("fcr"), strength=statement("csat"), score=40.0),
    week(focus=statement("aht"), strength=statement("fcr", "level")),
)


def change(draw, name):
    before = CENTRES[name]
    # Percentages may not pass 100, and a change of nothing is never confirmed.
    size = (before or 1.0) * draw.choice([-0.4, -0.2, 0.1, 0.3])
    weeks = draw.choice([1, 2, 3, 6])
    half = abs(size) * draw.uniform(0.1, 0.95)
    return Change(
        better=(size > 0) == (name in UP_IS_GOOD),
        still=draw.random() < 0.5,
        first=WEEK - timedelta(weeks=weeks - 1),
        last=WEEK,
        weeks=weeks,
        baseline_weeks=draw.randint(3, 8),
        contacts=draw.randint(10, 900),
        baseline_contacts=draw.randint(40, 3000),
        before=before,
        after=before + size,
        size=Span(size, size - half, size + half),
        p=0.0001,
        threshold=0.004,
    )


def metric(draw, name):
    moved = change(draw, name) if draw.random() < 0.3 else None
    n = draw.choice([0, 2, 15, 412]) if moved is None else 412
    flags = ("better", "faster") if name == "aht" else ("better",)
    if moved is not None and not moved.better:
        flags = ("slower", "worse") if name == "aht" else ("worse",)
    value = CENTRES[name]
    return MetricReview(
        estimate=draw.choice([None, Span(value, value * 0.9, value * 1.1)]),
        raw=draw.choice([None, value * draw.uniform(0.1, 1.1)]),
        expected=draw.choice([None, value]),
        n=n,
        asked=max(n, 412),
        flag="none" if moved is None else draw.choice(flags),
        change=moved,
        why_quiet="confirmed" if moved else draw.choice(["normal", "too_few", "queue_changed"]),
        expectation=draw.choice([None, None, "above", "below"]),
        noticeable=draw.choice([None, value / 5]),
        reliability=draw.random(),
    )


def chosen(draw, about):
    why = "rushing" if about == "rushing" else draw.choice(["changed", "level"])
    return Statement(
        about=about,
        why=why,
        issue_type=draw.choice([None, "refund", "technical"]),
        channel=draw.choice([None, "chat", "phone", "email"]),
        contacts=tuple(draw.sample(range(11, 17), draw.randint(0, 3))),
        contrast=draw.choice([None, 14]),
        behind=draw.randint(3, 900),
    )


def review(seed):
    """A review that the method may come to.

    Rushing and over-servicing exclude each other; a strength is neither the focus nor worse.
    """
    draw = Random(seed)
    metrics = {name: metric(draw, name) for name in METRICS}
    rushing = draw.random() < 0.2
    quality = change(draw, "quality") if draw.random() < 0.3 else None
    score = draw.choice([None, draw.uniform(0, 100)])
    rush = replace(change(draw, "aht"), better=True, size=Span(-90.0, -120.0, -40.0))
    focus = "rushing" if rushing else draw.choice([None, "aht", *QUALITY])
    worse = {name for name, one in metrics.items() if one.change and one.flag != "better"}
    out = worse | {focus} | ({"aht"} if rushing else set())
    strong = draw.choice([None, *(name for name in METRICS if name not in out)])
    withheld = draw.choice(["too_few", "unreliable", "small_team"])
    return AgentReview(
        agent=7,
        week=WEEK,
        contacts=draw.choice([0, 6, 96, 96, 96]),
        metrics=metrics,
        quality=quality,
        quality_flag="none" if quality is None else "better" if quality.better else "worse",
        rushing=rushing,
        overservicing=metrics["aht"].flag == "worse" and not rushing and draw.random() < 0.5,
        score=score,
        score_withheld=withheld if score is None else None,
        score_moved=draw.random() < 0.5,
        focus=None if focus is None else chosen(draw, focus),
        strength=None if strong is None else chosen(draw, strong),
        check=draw.choice([(), (21,), (21, 22)]),
        new=draw.random() < 0.2,
        state=State(),
        rush=rush if rushing else None,
    )


def known(seed):
    """What may be known beside a review."""
    draw = Random(seed)
    return Background(
        practices=PRACTICES,
        previous=draw.choice(PREVIOUS),
        commitment=draw.choice([None, promise(), promise("held", ending="closed")]),
        sightings=draw.choice([{}, background().sightings]),
    )


SEEDS = st.integers(0, 2**32)


def reviews():
    """Any review."""
    return SEEDS.map(review)


def backgrounds():
    """Any background."""
    return SEEDS.map(known)
