"""The readings in pandas, from only those columns and row groups of the file that they need."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.typing import DataFrameGroupBy
from pyarrow import parquet
from pyarrow.dataset import Expression, field

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

MOMENTS = ["created_at", "ended_at", "resolved_at"]
COLUMNS = ["agent", "team", *MOMENTS, "outcome", "handle_seconds", "csat"]
MATTER = ["customer_id", "issue_type"]
TOP_BOXES = 4
REPEAT = pd.Timedelta(days=7)


def agent_week(path: Path, question: Question) -> Answer:
    """All figures of one agent."""
    marked = _marked(path, question, field("agent") == question.agent)
    handle = marked["handle"].dropna().to_numpy()
    middle, high = np.quantile(handle, [0.5, 0.9]) if len(handle) else (np.nan, np.nan)
    means = marked[["handle", "escalated", "resolved", "pleased"]].mean()
    row = (
        question.agent, means["handle"], middle, high, len(handle), marked["created"].sum(),
        means["escalated"], means["resolved"], means["pleased"],
    )  # fmt: skip
    return answer([row], AGENT_WEEK)


def agents_week(path: Path, question: Question) -> Answer:
    """Figures of every agent, by agent."""
    marked = _marked(path, question, field("agent").is_valid())
    groups = marked.groupby("agent", observed=True, sort=True)
    places = groups["handle"].quantile([0.5, 0.9]).unstack()
    sums = groups.agg(aht=("handle", "mean"), volume=("created", "sum"), csat=("pleased", "mean"))
    sums = sums.assign(aht_median=places[0.5], aht_p90=places[0.9])
    return answer(sums[list(AGENTS_WEEK)].itertuples(), AGENTS_WEEK)


def team_weeks(path: Path, question: Question) -> Answer:
    """Figures of one team, by the first day of each week."""
    marked = _marked(path, question, field("team") == question.team)
    by_end = _weekly(marked, "ended")[["handle", "escalated"]].mean()
    by_start = _weekly(marked, "created").agg(
        volume=("created", "sum"), resolved=("resolved", "mean")
    )
    by_close = _weekly(marked, "closed")[["pleased"]].mean()
    sums = pd.concat([by_end, by_start, by_close], axis=1).sort_index()
    sums["volume"] = sums["volume"].fillna(0)
    sums.index = sums.index.strftime("%Y-%m-%d")
    return answer(sums.itertuples(), TEAM_WEEKS)


def year_ranking(path: Path, question: Question) -> Answer:
    """Every agent by handle time, the shortest first."""
    within = [("ended_at", ">=", question.start), ("ended_at", "<", question.end)]
    seen = pd.read_parquet(path, columns=["agent", "outcome", "handle_seconds"], filters=within)
    seen = seen[_handled(seen) & seen["handle_seconds"].notna()]
    groups = seen.groupby("agent", observed=True)["handle_seconds"]
    sums = pd.DataFrame(
        {"aht": groups.mean(), "aht_p90": groups.quantile(0.9), "n": groups.size()}
    )
    ranked = sums.set_index(sums.index.astype(str)).sort_index().sort_values("aht", kind="stable")
    return answer(ranked.itertuples(), YEAR_RANKING)


def year_fcr(path: Path, question: Question) -> Answer:
    """First contact resolution by repeat contact, by agent."""
    columns = ["agent", *MATTER, "created_at", "resolved_at", "outcome", "reopened"]
    within = [("created_at", ">=", question.start)]
    seen = pd.read_parquet(path, columns=columns, filters=within)
    seen = seen[seen["customer_id"].notna() & seen["issue_type"].notna()]
    until = seen["resolved_at"].fillna(seen["created_at"]) + REPEAT
    failed = (seen["outcome"].notna() & (seen["outcome"] != "resolved")) | (seen["reopened"] > 0)
    good = ~failed & ~(_next_at(seen) <= until)
    counted = _handled(seen) & (seen["created_at"] < question.end)
    groups = good[counted].groupby(seen["agent"][counted], observed=True)
    return answer(groups.agg(["mean", "size"]).sort_index().itertuples(), YEAR_FCR)


def _next_at(seen: pd.DataFrame) -> pd.Series:
    """When the same matter next came up, after each contact or later in the file; else NaT.

    Matter and second are packed into one number, which sorts several times as fast as two.
    """
    second = seen["created_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    second -= second.min()
    bits = int(second.max()).bit_length()
    customer, issue = pd.factorize(seen["customer_id"])[0], seen["issue_type"].cat
    matter = customer * len(issue.categories) + issue.codes.to_numpy()
    order = np.argsort((matter << bits) | second, kind="stable")
    same = np.flatnonzero(matter[order][1:] == matter[order][:-1])
    created = seen["created_at"].to_numpy()
    later = np.full(len(seen), np.datetime64("NaT"), created.dtype)
    later[order[same]] = created[order[same + 1]]
    return pd.Series(later, index=seen.index)


def _marked(path: Path, question: Question, scope: Expression) -> pd.DataFrame:
    """The contacts that any figure counts, each figure NaN where its moment lies outside."""
    file = parquet.ParquetFile(path)
    read = file.read_row_groups(_row_groups(file.metadata, question), COLUMNS)
    seen = read.filter(scope).to_pandas()
    handled, known = _handled(seen), seen["outcome"].notna()
    seen["closed_at"] = seen["resolved_at"].fillna(seen["ended_at"])
    for moment in ("created", "ended", "closed"):
        at = seen[f"{moment}_at"]
        seen[moment] = (at >= question.start) & (at < question.end)
    ended, created = handled & seen["ended"], handled & seen["created"]
    rated = handled & seen["closed"] & seen["csat"].notna()
    return seen.assign(
        handle=seen["handle_seconds"].where(ended),
        escalated=(seen["outcome"] == "escalated").astype(float).where(ended & known),
        resolved=(seen["outcome"] == "resolved").astype(float).where(created & known),
        pleased=(seen["csat"] >= TOP_BOXES).astype(float).where(rated),
    )


def _row_groups(metadata: parquet.FileMetaData, question: Question) -> list[int]:
    """Those with a contact that began before the end and ended, or was resolved, since the start.

    A filter given to `read_parquet` leaves none out by a column that has unknown moments.
    """
    names = metadata.schema.names
    created, *after = [names.index(moment) for moment in MOMENTS]
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    return [
        number
        for number, group in enumerate(groups)
        if group.column(created).statistics.min < question.end
        and any(_reaches(group.column(moment).statistics, question.start) for moment in after)
    ]


def _reaches(statistics: parquet.Statistics, start: datetime) -> bool:
    return statistics.has_min_max and statistics.max >= start


def _weekly(marked: pd.DataFrame, moment: str) -> DataFrameGroupBy:
    counted = marked[marked[moment]]
    day = counted[f"{moment}_at"].dt.normalize()
    return counted.groupby(day - pd.to_timedelta(day.dt.day_of_week, unit="D"))


def _handled(seen: pd.DataFrame) -> pd.Series:
    return seen["agent"].notna() & (seen["outcome"] != "abandoned")
