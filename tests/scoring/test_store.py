"""Records are kept once: new ones are added, changed ones corrected, known ones left alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scoring.intake import plain
from scoring.kept import KEPT
from scoring.records import Import, Interaction, KeptValues
from scoring.working_hours import WorkingHours
from tests.databases import empty
from tests.factories import NOW, desk_of, interaction, interactions, stored, taken, workspace_of
from tests.scoring.crowd import crowd
from tests.scoring.estimates import days, estimate_of, value_of, values_of


def held(engine):
    """All that figures are read from, but for which file spoke of a record last."""
    records = stored(engine, Interaction)
    for record in records:
        del record["import_id"]
    return records, stored(engine, KEPT), stored(engine, KeptValues)


def counts(receipt):
    return receipt.added, receipt.corrected, receipt.known, receipt.refused


def test_the_same_file_again_changes_nothing(database):
    taken(database, crowd(60))
    before = held(database)
    assert counts(taken(database, crowd(60))) == (0, 0, 60, 0)
    assert held(database) == before


def test_what_a_file_did_is_written_down(database):
    rows = interactions({}, {})
    taken(database, rows)
    taken(database, [rows[0] | {"csat": 5}, rows[1], interaction(interaction_id="c3")])
    told = [(row["added"], row["corrected"], row["known"]) for row in stored(database, Import)]
    assert told == [(2, 0, 0), (1, 1, 1)]


def test_a_changed_row_is_a_correction(database):
    rows = interactions({}, {})
    taken(database, rows)
    assert counts(taken(database, [rows[0] | {"handle_seconds": 900}, rows[1]])) == (0, 1, 1, 0)
    assert value_of(database, "aht") == 600
    assert value_of(database, "aht_median") == 600


@pytest.mark.parametrize(
    ("correction", "kpi", "value"),
    [
        ({"outcome": "escalated"}, "escalation_rate", 1),
        ({"outcome": "abandoned"}, "aht", None),
        ({"handle_seconds": None}, "aht", None),
        ({"excluded": "spam"}, "volume", None),
        ({"started_at": "2026-11-02T09:00:00Z"}, "volume", None),
        ({"created_at": "2026-11-02T09:00:00Z"}, "volume", None),
        ({"ended_at": "2026-11-16T09:00:00Z"}, "aht", None),
        ({"resolved_at": "2026-11-09T10:00:00Z"}, "resolution_time", 3600),
        ({"csat": 2}, "csat", 0),
    ],
)
def test_everything_follows_a_correction_and_its_withdrawal(database, correction, kpi, value):
    row = interaction(csat=5, first_reply_at="2026-11-09T09:01:00Z")
    taken(database, [row])
    before = value_of(database, kpi)
    taken(database, [row | correction])
    assert value_of(database, kpi) == value
    taken(database, [row])
    assert value_of(database, kpi) == before != value


def test_a_contact_given_to_another_agent_moves(database):
    row = interaction(agent="ana")
    taken(database, [row])
    taken(database, [row | {"agent": "ben"}])
    assert values_of(database, "aht") == {"ben": 300}
    assert values_of(database, "aht_median") == {"ben": 300}


def test_a_contact_that_somebody_did_answer_is_that_agents(database):
    lost = interaction(agent=None, outcome="abandoned", handle_seconds=None)
    taken(database, [lost])
    taken(database, [interaction(agent="ana")])
    assert values_of(database, "volume") == {"ana": 1}
    assert value_of(database, "abandonment_rate") == 0


def test_a_row_twice_in_a_file_counts_once(database):
    assert counts(taken(database, [interaction(), interaction()])) == (1, 0, 1, 0)
    assert value_of(database, "volume") == 1


def test_a_row_that_contradicts_an_earlier_one_of_its_file_is_refused(database):
    receipt = taken(database, [interaction(), interaction(handle_seconds=900)])
    assert counts(receipt) == (1, 0, 0, 1)
    assert receipt.refusals[0].name == "c1"
    assert value_of(database, "aht") == 300


@pytest.mark.parametrize(("second", "counted"), [(300, (3, 0, 1, 0)), (900, (3, 0, 0, 1))])
def test_that_goes_for_rows_far_apart_in_a_file(database, monkeypatch, second, counted):
    monkeypatch.setattr(plain, "CHUNK", 2)
    rows = [*interactions({}, {}, {}), interaction(handle_seconds=second)]
    assert counts(taken(database, rows)) == counted


def derived(engine):
    """What the neighbours say of each record that counts, by its id."""
    names = ("part", "last_part", "share", "next_at", "closed_at", "contact_outcome")
    return {
        record["external_id"]: [record[name] for name in names]
        for record in stored(engine, Interaction)
        if record["excluded"] is None and record["direction"] == "inbound"
    }


def test_a_long_file_in_chunks_gives_what_it_gives_at_once(database, monkeypatch):
    taken(database, crowd(90))
    at_once = derived(database)
    empty(database)
    monkeypatch.setattr(plain, "CHUNK", 7)
    taken(database, crowd(90))
    assert derived(database) == at_once


def test_the_same_id_from_two_sources_is_two_records(database):
    taken(database, [interaction()], source="phone")
    assert taken(database, [interaction()], source="mail").added == 1
    assert value_of(database, "volume") == 2


def test_no_customer_can_be_read_in_the_database(database):
    taken(database, [interaction(customer_id="kim@example.com")])
    (record,) = stored(database, Interaction)
    assert isinstance(record["customer_hash"], int)
    assert "kim" not in repr(record)


def test_an_address_is_the_same_customer_in_any_case(database):
    later = {"customer_id": "KIM@example.com", "started_at": "2026-11-10T09:00:00Z"}
    taken(database, interactions({"customer_id": "kim@Example.com"}, later))
    assert value_of(database, "repeat_contact_rate", period=days("2026-11-09")) == 1


def test_with_another_key_nobody_is_the_same_customer(database):
    later = {"customer_id": "kim", "started_at": "2026-11-10T09:00:00Z"}
    first, second = interactions({"customer_id": "kim"}, later)
    taken(database, [first])
    taken(database, [second], desk=desk_of(database, secret=b"another"))
    assert value_of(database, "repeat_contact_rate", period=days("2026-11-09")) == 0


def test_instants_are_kept_to_the_millisecond_and_come_back_aware(database):
    taken(database, [interaction(started_at="2026-11-09T09:00:00.125+05:30")])
    (record,) = stored(database, Interaction)
    assert record["started_at"] == datetime(2026, 11, 9, 3, 30, 0, 125000, tzinfo=UTC)
    assert record["started_at"].tzinfo is UTC


def test_what_is_not_known_is_kept_as_not_known(database):
    taken(database, [{"interaction_id": "c1", "agent": "ana", "started_at": "2026-11-09T09:00Z"}])
    (record,) = stored(database, Interaction)
    empty = ("outcome", "handle_seconds", "csat", "escalated", "reopened", "resolved_at")
    assert {record[name] for name in empty} == {None}
    assert estimate_of(database, "aht").why_none == "no_records"
    assert estimate_of(database, "csat").n == 0


def at(clock):
    """Seconds after midnight of a time on the clock."""
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def open_from(*spans, zone="UTC", **closed):
    """Working hours of every weekday."""
    day = tuple((at(begin), at(end)) for begin, end in spans)
    return WorkingHours(ZoneInfo(zone), (day,) * 5 + ((), ()), **closed)


WITH_LUNCH = open_from(("09:00", "12:00"), ("13:00", "17:00"))
EARLY = open_from(("06:00", "10:00"))
# A reply the next day: from eleven to ten, with four hours more before lunch and after it.
NEXT_DAY = {
    "started_at": "2026-11-09T11:00:00Z",
    "first_reply_at": "2026-11-10T10:00:00Z",
    "resolved_at": "2026-11-10T14:30:00Z",
}


def on_clock(engine, hours, *rows):
    workspace = workspace_of(hours=hours)
    taken(engine, interactions(*rows), desk=desk_of(engine, workspace=workspace))


def test_replies_and_resolutions_are_timed_on_two_clocks(database):
    on_clock(database, {None: WITH_LUNCH}, NEXT_DAY)
    assert value_of(database, "frt") == 23 * 3600
    # 11 to 12 and 13 to 17 on Monday, 9 to 10 on Tuesday; then to 12 and from 13 to 14:30.
    assert value_of(database, "frt_business") == 6 * 3600
    assert value_of(database, "resolution_time") == 27.5 * 3600
    assert value_of(database, "resolution_time_business") == 9.5 * 3600


@pytest.mark.parametrize(
    ("closed", "hours"),
    [
        ({"holidays": frozenset([date(2026, 11, 10)])}, 5),
        ({"pauses": ((NOW.replace(day=9, hour=14), NOW.replace(day=9, hour=16)),)}, 4),
    ],
)
def test_holidays_and_closures_stop_the_business_clock(database, closed, hours):
    of_team = open_from(("09:00", "12:00"), ("13:00", "17:00"), **closed)
    reply = {"first_reply_at": "2026-11-10T10:00:00Z"} if "pauses" in closed else {}
    on_clock(database, {None: of_team}, NEXT_DAY | reply)
    assert value_of(database, "frt_business") == hours * 3600


def test_each_team_has_its_own_business_clock(database):
    on_clock(
        database,
        {None: WITH_LUNCH, "Early": EARLY},
        {"agent": "ana", "team": "Early", **NEXT_DAY},
        {"agent": "ben", "team": "Late", **NEXT_DAY},
    )
    # The early team's day is over at eleven; it has four hours on Tuesday until ten.
    assert values_of(database, "frt_business") == {"ana": 4 * 3600, "ben": 6 * 3600}


def test_a_roster_that_comes_later_moves_contacts_to_their_teams_clock(database):
    hours = {None: WITH_LUNCH, "Early": EARLY}
    on_clock(database, hours, {"agent": "ana", **NEXT_DAY})
    desk = desk_of(database, workspace=workspace_of(hours=hours))
    taken(database, [{"agent": "ana", "team": "Early"}], "roster", desk=desk)
    assert value_of(database, "frt_business") == 4 * 3600


def test_without_working_hours_there_is_no_business_clock(database):
    on_clock(database, {}, NEXT_DAY)
    assert estimate_of(database, "frt_business").why_none == "no_records"


def test_a_reply_at_once_takes_no_time_on_either_clock(database):
    at_once = {"first_reply_at": NEXT_DAY["started_at"], "resolved_at": NEXT_DAY["started_at"]}
    on_clock(database, {None: WITH_LUNCH}, NEXT_DAY | at_once)
    for kpi in ("frt", "resolution_time"):
        assert value_of(database, kpi) == value_of(database, f"{kpi}_business") == 0


def test_a_bots_reply_stops_neither_clock(database):
    on_clock(database, {None: WITH_LUNCH}, {**NEXT_DAY, "handled_by": "bot", "agent": None})
    assert value_of(database, "frt") is None
    assert value_of(database, "frt_business") is None


def test_the_business_clock_is_never_ahead_of_the_calendar(database):
    day_and_night = WorkingHours(ZoneInfo("UTC"), (((0, 86400),),) * 7)
    later = {"agent": "ben", "started_at": "2026-11-09T15:00:00Z", "resolved_at": None}
    on_clock(database, {None: day_and_night}, NEXT_DAY, {**later, "contact_id": "c1"})
    for kpi in ("frt", "resolution_time"):
        assert value_of(database, kpi) == value_of(database, f"{kpi}_business")
