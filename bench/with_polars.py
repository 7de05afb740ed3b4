"""The readings in polars, as lazy scans of the Parquet file."""

from pathlib import Path

import polars as pl
from polars import col

from bench.question import (
    AGENT_WEEK,
    AGENTS_WEEK,
    TEAM_WEEKS,
    YEAR_FCR,
    YEAR_RANKING,
    Answer,
    Question,
    answer,
)

HANDLED = col("agent").is_not_null() & col("outcome").ne_missing("abandoned")
NEVER = pl.datetime(9999, 1, 1)
TOP_BOXES = 4


def agent_week(path: Path, question: Question) -> Answer:
    """All figures of one agent."""
    marked = _marked(path, question, col("agent") == question.agent)
    sums = marked.group_by("agent").agg(
        col("handle").mean().alias("aht"),
        col("handle").median().alias("aht_median"),
        col("handle").quantile(0.9, "linear").alias("aht_p90"),
        col("handle").count().alias("n"),
        col("created").sum().alias("volume"),
        col("escalated").mean().alias("escalation_rate"),
        col("resolved").mean().alias("resolution_rate"),
        col("pleased").mean().alias("csat"),
    )
    return answer(_collected(sums).iter_rows(), AGENT_WEEK)


def agents_week(path: Path, question: Question) -> Answer:
    """Figures of every agent, by agent."""
    marked = _marked(path, question, col("agent").is_not_null())
    sums = marked.group_by("agent").agg(
        col("handle").mean().alias("aht"),
        col("handle").median().alias("aht_median"),
        col("handle").quantile(0.9, "linear").alias("aht_p90"),
        col("created").sum().alias("volume"),
        col("pleased").mean().alias("csat"),
    )
    return answer(_by_agent(sums).iter_rows(), AGENTS_WEEK)


def team_weeks(path: Path, question: Question) -> Answer:
    """Figures of one team, by the first day of each week."""
    marked = _marked(path, question, col("team") == question.team)
    by_end = _weekly(
        marked,
        "ended",
        col("handle").mean().alias("aht"),
        col("escalated").mean().alias("escalation_rate"),
    )
    by_start = _weekly(
        marked,
        "created",
        pl.len().alias("volume"),
        col("resolved").mean().alias("resolution_rate"),
    )
    by_close = _weekly(marked, "closed", col("pleased").mean().alias("csat"))
    joined = by_end.join(by_start, on="week", how="full", coalesce=True)
    joined = joined.join(by_close, on="week", how="full", coalesce=True)
    filled = joined.with_columns(col("week").dt.date(), col("volume").fill_null(0)).sort("week")
    return answer(_collected(filled).iter_rows(), TEAM_WEEKS)


def year_ranking(path: Path, question: Question) -> Answer:
    """Every agent by handle time, the shortest first."""
    handled = _whole(path).filter(
        HANDLED & col("handle_seconds").is_not_null() & _within(question, "ended_at")
    )
    sums = handled.group_by("agent").agg(
        col("handle_seconds").mean().alias("aht"),
        col("handle_seconds").quantile(0.9, "linear").alias("aht_p90"),
        pl.len().alias("n"),
    )
    return answer(_by_agent(sums).sort("aht", maintain_order=True).iter_rows(), YEAR_RANKING)


def year_fcr(path: Path, question: Question) -> Answer:
    """First contact resolution by repeat contact, by agent.

    Sorting one hash is faster than sorting two strings; see the DuckDB peer for the odds.
    """
    contacts = (
        _whole(path)
        .filter(
            (col("created_at") >= question.start)
            & col("customer_id").is_not_null()
            & col("issue_type").is_not_null()
        )
        .select(
            "agent",
            "created_at",
            matter=pl.struct("customer_id", "issue_type").hash(),
            counted=HANDLED & (col("created_at") < question.end),
            failed=(col("outcome") != "resolved").fill_null(value=False)
            | (col("reopened") > 0).fill_null(value=False),
            until=pl.coalesce("resolved_at", "created_at") + pl.duration(days=7),
        )
        .sort("matter", "created_at", maintain_order=True)
        .with_columns(next_at=_next_at())
    )
    good = ~col("failed") & (col("next_at") > col("until"))
    sums = contacts.filter("counted").group_by("agent").agg(good.mean().alias("fcr"), n=pl.len())
    return answer(_by_agent(sums).iter_rows(), YEAR_FCR)


def _whole(path: Path) -> pl.LazyFrame:
    """A scan that keeps nearly every row; filtering while decoding would only slow it down."""
    return pl.scan_parquet(path, parallel="columns")


def _next_at() -> pl.Expr:
    """When the same matter next came up, after now or later in the file; of sorted contacts."""
    same = (col("matter") == col("matter").shift(-1)).fill_null(value=False)
    return pl.when(same).then(col("created_at").shift(-1)).otherwise(NEVER)


def _marked(path: Path, question: Question, scope: pl.Expr) -> pl.LazyFrame:
    """The contacts that any figure counts, each figure null where its moment lies outside."""
    scan, start = pl.scan_parquet(path), question.start
    begun = (col("created_at") < question.end) & scope
    now = scan.filter(begun & (col("ended_at") >= start))
    since = scan.filter(begun & (col("ended_at") < start) & (col("resolved_at") >= start))
    placed = pl.concat([now, since]).with_columns(
        closed_at=pl.coalesce("resolved_at", "ended_at"), created=col("created_at") >= start
    )
    ended, closed = _within(question, "ended_at"), _within(question, "closed_at")
    return placed.with_columns(
        ended=ended,
        closed=closed,
        handle=pl.when(HANDLED & ended).then("handle_seconds"),
        escalated=pl.when(HANDLED & ended).then(col("outcome") == "escalated"),
        resolved=pl.when(HANDLED & col("created")).then(col("outcome") == "resolved"),
        pleased=pl.when(HANDLED & closed).then(col("csat") >= TOP_BOXES),
    )


def _weekly(marked: pl.LazyFrame, moment: str, *figures: pl.Expr) -> pl.LazyFrame:
    week = col(f"{moment}_at").dt.truncate("1w").alias("week")
    return marked.filter(moment).group_by(week).agg(*figures)


def _by_agent(sums: pl.LazyFrame) -> pl.DataFrame:
    return _collected(sums.with_columns(col("agent").cast(pl.String)).sort("agent"))


def _collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """The rows, by the engine that is the faster of the two on all of these readings."""
    return frame.collect(engine="in-memory")


def _within(question: Question, moment: str) -> pl.Expr:
    return (col(moment) >= question.start) & (col(moment) < question.end)
