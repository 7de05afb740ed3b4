"""After late, corrected and repeated rows the kept sums are what the rows add up to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.database import writing
from scoring.measures import Rules
from scoring.rollup import rebuild
from tests.databases import empty
from tests.factories import interaction, taken, workspace_of
from tests.scoring.crowd import kept

BEGIN = datetime(2026, 10, 24, 22, tzinfo=UTC)
FEW_NAMES = [f"c{number}" for number in range(1, 9)]
# Few moments, customers and contacts, so that rows meet: over midnights, a month's end and weeks.
moments = st.integers(0, 10).map(lambda part: BEGIN + part * timedelta(hours=31, seconds=0.7))
spans = st.sampled_from([0, 1, 61.5, 3600, 90000]).map(lambda seconds: timedelta(seconds=seconds))


def known(*values):
    """One of these, or not known."""
    return st.sampled_from([None, *values])


@st.composite
def rows(draw, names=FEW_NAMES):
    """A row that an import accepts, as a dictionary of cells."""
    started, ended = (moment := draw(moments)), moment + draw(spans) + timedelta(hours=1)
    outcome = draw(known("resolved", "unresolved", "escalated", "transferred", "abandoned"))
    late = {
        name: None
        if (span := draw(known(-1, 0, 60, 80000, 900000))) is None
        else started + timedelta(seconds=span)
        for name in ("created_at", "first_reply_at", "resolved_at", "survey_sent_at")
    }
    cells = {name: draw(cell) for name, cell in CELLS.items()}
    by = draw(st.sampled_from(["agent", "agent", "bot"]))
    agents = ["ana", "ben", "cleo"] + [None] * (outcome == "abandoned")
    times = {"started_at": started, "ended_at": ended, **late}
    return interaction(
        interaction_id=draw(st.sampled_from(names)),
        agent="bot" if by == "bot" else draw(st.sampled_from(agents)),
        handled_by=by,
        outcome=outcome,
        **cells,
        **{name: moment and moment.isoformat() for name, moment in times.items()},
    )


CELLS = {
    "contact_id": known("x", "y", "c1", "c2"),
    "customer_id": known("kim", "lee"),
    "issue_type": known("billing", "refund"),
    "issue_id": known("i1"),
    "direction": known("outbound", "inbound", "inbound"),
    "excluded": known(None, None, "spam"),
    "handle_seconds": known(0, 1, 33.3, 600),
    "queue_seconds": known(0, 12.5),
    "escalated": known("yes", "no"),
    "resolved_first_contact": known("yes", "no"),
    "reopened": known(0, 1, 3),
    "csat": known(1, 3, 5),
    "csat_scale": known(5, 10),
    "nps": known(0, 7, 10),
    "ces": known(1, 6.5),
    "sentiment": known(-1, 0.3),
    "sla_met": known("yes", "no"),
    "first_response_due_at": known("2026-11-03T00:00:00Z", "2027-01-01T00:00:00Z"),
    "resolution_due_at": known("2026-11-03T00:00:00Z", "2027-01-01T00:00:00Z"),
}
files = st.lists(rows(), min_size=1, max_size=6, unique_by=lambda row: row["interaction_id"])
many_files = st.lists(st.tuples(st.sampled_from(["phone", "mail"]), files), max_size=5)
on_a_database = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def taken_in(engine, batches):
    for source, batch in batches:
        receipt = taken(engine, batch, source=source)
        assert receipt.refused == 0, receipt.lines()


@on_a_database
@given(batches=many_files)
def test_kept_sums_are_those_of_the_rows_after_any_batches(database, batches):
    empty(database)
    taken_in(database, batches)
    before = kept(database)
    with writing(database) as connection:
        rebuild(connection, Rules(), workspace_of().calendar, batch=3)
    assert kept(database) == pytest.approx(before, rel=1e-9, abs=1e-9)


@on_a_database
@given(batches=many_files, order=st.randoms(use_true_random=False))
def test_how_rows_came_leaves_no_trace(database, batches, order):
    empty(database)
    taken_in(database, batches)
    one_way = kept(database)
    last = {(source, row["interaction_id"]): row for source, batch in batches for row in batch}
    empty(database)
    rest = list(last.items())
    order.shuffle(rest)
    for source in ("mail", "phone"):
        rows = [row for (own, _), row in rest if own == source]
        taken_in(database, [(source, rows)] if rows else [])
    assert kept(database) == pytest.approx(one_way, rel=1e-9, abs=1e-9)
