"""The readings in DuckDB, over the Parquet file, with the connection kept open."""

from pathlib import Path

import duckdb

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

# The file is in time order, so each half of the union leaves most row groups unread; an OR
# would not.
_MARKED = """
WITH seen AS (
    SELECT * FROM read_parquet($path)
    WHERE created_at < $end AND ended_at >= $start AND {scope}
    UNION ALL
    SELECT * FROM read_parquet($path)
    WHERE created_at < $end AND ended_at < $start AND resolved_at >= $start AND {scope}
), placed AS (
    SELECT *, agent IS NOT NULL AND outcome IS DISTINCT FROM 'abandoned' AS handled,
        coalesce(resolved_at, ended_at) AS closed_at,
        created_at >= $start AS created,
        ended_at >= $start AND ended_at < $end AS ended,
        closed_at >= $start AND closed_at < $end AS closed
    FROM seen
), marked AS (
    SELECT agent, created_at, ended_at, closed_at, created, ended, closed,
        CASE WHEN handled AND ended THEN handle_seconds END AS handle,
        CASE WHEN handled AND ended THEN (outcome = 'escalated')::INT END AS escalated,
        CASE WHEN handled AND created THEN (outcome = 'resolved')::INT END AS resolved,
        CASE WHEN handled AND closed THEN (csat >= 4)::INT END AS pleased
    FROM placed
)
"""

_AGENT_WEEK = """
SELECT agent, avg(handle), quantile_cont(handle, 0.5), quantile_cont(handle, 0.9), count(handle),
    count_if(created), avg(escalated), avg(resolved), avg(pleased)
FROM marked GROUP BY agent
"""

_AGENTS_WEEK = """
, sums AS (
    SELECT agent, avg(handle) AS aht, quantile_cont(handle, [0.5, 0.9]) AS places,
        count_if(created) AS volume, avg(pleased) AS csat
    FROM marked GROUP BY agent
)
SELECT agent, aht, places[1], places[2], volume, csat FROM sums ORDER BY agent
"""

_TEAM_WEEKS = """
, by_end AS (
    SELECT date_trunc('week', ended_at) AS week, avg(handle) AS aht, avg(escalated) AS escalations
    FROM marked WHERE ended GROUP BY week
), by_start AS (
    SELECT date_trunc('week', created_at) AS week, count(*) AS volume, avg(resolved) AS resolutions
    FROM marked WHERE created GROUP BY week
), by_close AS (
    SELECT date_trunc('week', closed_at) AS week, avg(pleased) AS csat
    FROM marked WHERE closed GROUP BY week
)
SELECT week::DATE, aht, escalations, coalesce(volume, 0), resolutions, csat
FROM by_end FULL JOIN by_start USING (week) FULL JOIN by_close USING (week) ORDER BY week
"""

_YEAR_RANKING = """
SELECT agent, avg(handle_seconds) AS aht, quantile_cont(handle_seconds, 0.9), count(*)
FROM read_parquet($path)
WHERE agent IS NOT NULL AND outcome IS DISTINCT FROM 'abandoned' AND handle_seconds IS NOT NULL
    AND ended_at >= $start AND ended_at < $end
GROUP BY agent ORDER BY aht, agent
"""

# Sorting one number is twice as fast as sorting two strings; among ten million matters two share a
# 64-bit hash once in 370,000 files. Of two in one second the later in the file is a repeat.
_YEAR_FCR = """
WITH contacts AS (
    SELECT agent, hash(customer_id, issue_type) AS matter, created_at, file_row_number,
        agent IS NOT NULL AND outcome IS DISTINCT FROM 'abandoned' AND created_at < $end
            AS counted,
        coalesce(outcome <> 'resolved', false) OR coalesce(reopened > 0, false) AS failed,
        coalesce(resolved_at, created_at) + INTERVAL 7 DAY AS until
    FROM read_parquet($path, file_row_number = true)
    WHERE created_at >= $start AND customer_id IS NOT NULL AND issue_type IS NOT NULL
), followed AS (
    SELECT agent, counted, failed, until, lead(created_at) OVER (
        PARTITION BY matter ORDER BY created_at, file_row_number
    ) AS next_at
    FROM contacts
)
SELECT agent, avg((NOT failed AND NOT coalesce(next_at <= until, false))::INT), count(*)
FROM followed WHERE counted GROUP BY agent ORDER BY agent
"""


def agent_week(path: Path, question: Question) -> Answer:
    """All figures of one agent."""
    rows = _rows(_marked("agent = $agent", _AGENT_WEEK), path, question, agent=question.agent)
    return answer(rows, AGENT_WEEK)


def agents_week(path: Path, question: Question) -> Answer:
    """Figures of every agent, by agent."""
    rows = _rows(_marked("agent IS NOT NULL", _AGENTS_WEEK), path, question)
    return answer(rows, AGENTS_WEEK)


def team_weeks(path: Path, question: Question) -> Answer:
    """Figures of one team, by the first day of each week."""
    rows = _rows(_marked("team = $team", _TEAM_WEEKS), path, question, team=question.team)
    return answer(rows, TEAM_WEEKS)


def year_ranking(path: Path, question: Question) -> Answer:
    """Every agent by handle time, the shortest first."""
    return answer(_rows(_YEAR_RANKING, path, question), YEAR_RANKING)


def year_fcr(path: Path, question: Question) -> Answer:
    """First contact resolution by repeat contact, by agent."""
    return answer(_rows(_YEAR_FCR, path, question), YEAR_FCR)


def _marked(scope: str, sums: str) -> str:
    """The whole query: the contacts that any figure counts, then the figures."""
    return _MARKED.format(scope=scope) + sums


def _rows(query: str, path: Path, question: Question, **more: str) -> list[tuple[object, ...]]:
    known = {"path": str(path), "start": question.start, "end": question.end, **more}
    return duckdb.execute(query, known).fetchall()
