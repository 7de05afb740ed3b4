"""What is shown of a group: its figure, the one before, the target's verdict, or why none."""

from datetime import UTC, datetime

import pytest

from scoring.database import reading
from scoring.estimate import Estimate, nothing
from scoring.scorecard import estimates, judge
from tests.factories import interactions, taken
from tests.scoring.crowd import crowd
from tests.scoring.estimates import (
    CATALOGUE,
    WEEK,
    asked,
    days,
    estimate_of,
    score_of,
    scores_of,
    value_of,
)

AUTUMN = days("2026-09-28", "2026-11-20")
BEFORE = {"started_at": "2026-11-04T09:00:00Z"}
TODAY = {"started_at": "2026-11-20T09:00:00Z"}


def shown(engine, kpi, by, **more):
    """The values that are shown, by the names of their groups."""
    scores = scores_of(engine, kpi, by, **more)
    return {name: score.estimate.value for name, score in scores.items()}


def rated(*answers):
    return interactions(*({"csat": answer} for answer in answers))


@pytest.mark.parametrize(
    ("key", "estimate", "verdict"),
    [
        pytest.param("aht", (300, 250, 400, 20), "in_band", id="within"),
        pytest.param("aht", (300, 100, 900, 20), "in_band", id="within, though widely spread"),
        pytest.param("aht", (600, 421, 900, 20), "above_band", id="surely above"),
        pytest.param("aht", (600, 419, 900, 20), "unclear", id="perhaps above"),
        pytest.param("aht", (100, 50, 239, 20), "below_band", id="surely below"),
        pytest.param("aht", (100, 50, 241, 20), "unclear", id="perhaps below"),
        pytest.param("aht", (600, 500, 900, 19), "too_few", id="too few"),
        pytest.param("aht", (600, None, None, 20), "unclear", id="no interval"),
        pytest.param("csat", (0.8, 0.7, 0.9, 20), "in_band", id="at the target"),
        pytest.param("csat", (1.0, 0.9, 1.0, 20), "in_band", id="better than the target"),
        pytest.param("csat", (0.6, 0.5, 0.7, 20), "below_band", id="short of the target"),
        pytest.param("frt", (10, 5, 20, 20), "in_band", id="quicker than the target"),
        pytest.param("frt", (9000, 7000, 9999, 20), "above_band", id="slower than the target"),
        pytest.param("nps", (30, 10, 50, 49), "too_few", id="too few for this KPI"),
        pytest.param("nps", (30, 10, 50, 50), None, id="no target"),
    ],
)
def test_a_target_says_as_much_as_the_interval_allows(key, estimate, verdict):
    assert judge(CATALOGUE[key], Estimate(*estimate)) == verdict


def test_nothing_is_not_judged():
    assert judge(CATALOGUE["aht"], nothing("no_records")) is None


def test_a_figure_is_given_with_interval_and_n_from_the_first_record_on(database):
    taken(database, rated(5))
    score = score_of(database, "csat")
    # Wilson's interval of 1 of 1 by statsmodels' proportion_confint: 0.2065 to 1.
    assert (score.estimate.value, score.estimate.n) == (1, 1)
    assert score.estimate.low == pytest.approx(0.2065, abs=1e-4)
    assert score.verdict == "too_few"


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [(4, 4, 51, 100), (8, 10, 49, 94), (9, 10, 60, 98), (17, 20, 64, 95), (45, 50, 79, 96)],
)
def test_shares_have_the_intervals_of_the_method(database, good, of, low, high):
    taken(database, rated(*[5] * good, *[1] * (of - good)))
    csat = estimate_of(database, "csat")
    assert (round(csat.low * 100), round(csat.high * 100)) == (low, high)


def test_a_period_is_compared_with_the_one_before(database):
    taken(database, interactions({"handle_seconds": 400}, BEFORE | {"handle_seconds": 300}))
    score = score_of(database, "aht")
    assert (score.estimate.value, score.before.value, score.change) == (400, 300, 100)


def test_nothing_before_is_no_change(database):
    taken(database, interactions({}))
    score = score_of(database, "aht")
    assert (score.before.why_none, score.change) == ("no_records", None)


def test_nothing_now_is_no_change(database):
    taken(database, interactions(BEFORE))
    score = score_of(database, "aht")
    assert (score.estimate.why_none, score.before.value, score.change) == ("no_records", 300, None)


def test_a_day_that_is_not_over_is_compared_with_as_much_of_the_one_before(database):
    noon = datetime(2026, 11, 10, 12, tzinfo=UTC)
    hours = ("09T08", "09T13", "10T08")
    taken(database, interactions(*({"started_at": f"2026-11-{hour}:00:00Z"} for hour in hours)))
    score = score_of(database, "volume", period=days("2026-11-10", "2026-11-10", noon), now=noon)
    assert (score.estimate.n, score.before.n) == (1, 1)


def test_each_of_several_weeks_is_compared_with_the_week_before_it(database):
    taken(database, interactions({"handle_seconds": 400}, BEFORE))
    scores = scores_of(database, "aht", "week", period=days("2026-11-02", "2026-11-15"))
    assert {week: score.before.value for week, score in scores.items()} == {
        "2026-11-02": None,
        "2026-11-09": 300,
    }


def test_what_was_left_out_is_counted(database):
    taken(database, interactions({}, {"excluded": "spam"}, {"excluded": "test"}))
    score = score_of(database, "aht")
    assert (score.estimate.n, score.excluded) == (1, 2)


def test_nothing_left_out_is_zero_and_not_unknown(database):
    taken(database, interactions({}))
    assert score_of(database, "aht").excluded == 0
    assert score_of(database, "utilization").excluded is None


def test_agents_on_the_roster_are_shown_though_they_have_nothing(database):
    taken(
        database,
        [{"agent": "ana"}, {"agent": "ben"}, {"agent": "meg", "role": "manager"}],
        "roster",
    )
    taken(database, interactions({"agent": "ana"}))
    scores = scores_of(database, "aht", "agent")
    assert {name: score.estimate.value for name, score in scores.items()} == {
        "ana": 300,
        "ben": None,
    }
    assert scores["ben"].estimate.why_none == "no_records"


@pytest.mark.parametrize(
    ("started_on", "ended_on", "shown"),
    [
        (None, None, True),
        ("2026-11-15", None, True),
        ("2026-11-16", None, False),
        (None, "2026-11-09", True),
        (None, "2026-11-08", False),
    ],
)
def test_agents_are_shown_while_they_are_with_the_company(database, started_on, ended_on, shown):
    person = {"agent": "ana", "started_on": started_on, "ended_on": ended_on}
    taken(database, [person], "roster")
    assert ("ana" in scores_of(database, "aht", "agent")) is shown


def test_a_scope_shows_its_own_people_only(database):
    people = [{"agent": "ana", "team": "Billing"}, {"agent": "ben", "team": "Sales"}]
    taken(database, people, "roster")
    assert list(scores_of(database, "aht", "agent", teams=["Sales"])) == ["ben"]
    assert list(scores_of(database, "aht", "agent", agents=["ana"])) == ["ana"]
    assert list(scores_of(database, "aht", "team", teams=["Billing"])) == ["Billing"]


def test_teams_are_shown_though_they_have_nothing(database):
    taken(database, [{"agent": "ana", "team": "Billing"}], "roster")
    taken(database, interactions({"agent": "ben"}))
    scores = scores_of(database, "aht", "team")
    assert {name: score.estimate.value for name, score in scores.items()} == {
        "Billing": None,
        None: 300,
    }


def test_everybody_is_one_group_though_there_is_nothing(database):
    assert list(scores_of(database, "aht")) == [()]
    assert score_of(database, "csat").estimate.value is None


def test_no_contacts_at_all_are_no_data_and_not_zero(database):
    told = {score_of(database, key).estimate.value for key in CATALOGUE}
    assert told == {None}


def test_groups_come_in_the_order_of_their_names_and_the_nameless_last(database):
    rows = ({"channel": "sms", "agent": "cleo"}, {"channel": "chat"}, {"channel": "email"})
    taken(database, interactions(*rows, {"agent": "ben", "issue_type": None}))
    assert list(scores_of(database, "volume", "channel")) == ["chat", "email", "phone", "sms"]
    assert list(scores_of(database, "volume", "agent")) == ["ana@example.com", "ben", "cleo"]
    assert list(scores_of(database, "volume", "issue_type")) == ["billing", None]


def test_groups_may_be_crossed(database):
    taken(database, interactions({"agent": "ana"}, {"agent": "ben", "channel": "chat"}))
    crossed = scores_of(database, "volume", ("agent", "channel"))
    assert list(crossed) == [("ana", "phone"), ("ben", "chat")]


@pytest.mark.parametrize(
    ("kpi", "period", "why"),
    [
        ("fcr", days("2026-11-09", "2026-11-13"), "not_mature"),
        ("repeat_contact_rate", days("2026-11-13"), "not_mature"),
        ("fcr", days("2026-11-12"), "no_records"),
        ("csat", days("2026-11-13"), "no_records"),
    ],
)
def test_a_figure_that_needs_its_window_says_that_it_is_too_early(database, kpi, period, why):
    taken(database, interactions({"started_at": "2026-11-13T09:00:00Z", "customer_id": "kim"}))
    score = score_of(database, kpi, period=period)
    assert (score.estimate.value, score.estimate.why_none) == (None, why)


def test_a_young_week_is_restated_once_it_is_mature(database):
    taken(database, interactions({"customer_id": "kim", "started_at": "2026-11-13T09:00:00Z"}))
    assert value_of(database, "fcr") is None
    assert value_of(database, "fcr", now=datetime(2026, 11, 21, tzinfo=UTC)) == 1


def test_a_channels_share_is_of_all_channels(database):
    taken(database, interactions({}, {}, {}, {"channel": "chat"}))
    scores = scores_of(database, "channel_mix", "channel")
    assert {name: score.estimate.value for name, score in scores.items()} == {
        "chat": 0.25,
        "phone": 0.75,
    }
    assert score_of(database, "channel_mix").estimate.value is None


def test_a_channels_share_within_a_team_is_of_that_team(database):
    ben = {"agent": "ben", "team": "Sales"}
    taken(database, interactions({"team": "Billing"}, ben, ben | {"channel": "chat"}))
    by_team = {("Billing", "phone"): 1, ("Sales", "chat"): 0.5, ("Sales", "phone"): 0.5}
    assert shown(database, "channel_mix", ("team", "channel")) == by_team
    by_channel = {(channel, team): value for (team, channel), value in by_team.items()}
    assert shown(database, "channel_mix", ("channel", "team")) == by_channel


def test_traces_of_corrected_fractions_are_no_figures(database):
    odd = {"handle_seconds": 86400 * 300 + 0.123, "ended_at": "2026-11-09T09:00:00Z"}
    row = interactions(odd | {"started_at": "2026-01-09T09:00:00Z"})[0]
    taken(database, [row])
    taken(database, [row | {"handle_seconds": 0.1}])
    aht = estimate_of(database, "aht", period=WEEK)
    assert aht.value == pytest.approx(0.1, rel=1e-6)


def test_a_typing_error_of_a_year_can_be_corrected(database):
    wrong = {
        "created_at": "2025-11-09T09:00:00.123Z",
        "first_reply_at": "2026-11-09T09:00:10.456Z",
    }
    rows = interactions(wrong, {"first_reply_at": "2026-11-09T09:00:10.456Z"})
    taken(database, rows)
    taken(database, [rows[0] | {"created_at": "2026-11-09T09:00:00.123Z"}])
    assert value_of(database, "frt") == pytest.approx((10.333 + 10.456) / 2)


def test_every_figure_carries_its_interval_and_n_or_the_reason_why_there_is_none(database):
    taken(database, crowd())
    told = 0
    for key in CATALOGUE:
        for by in ((), "agent", "team"):
            for score in scores_of(database, key, by, period=AUTUMN).values():
                one = score.estimate
                assert (one.value is None) == (one.why_none is not None)
                assert one.value is None or one.n > 0
                assert one.low is None or one.low <= one.value
                assert one.high is None or one.value <= one.high
                told += one.value is not None
    assert told > 200


@pytest.mark.parametrize("by", [(), "agent", "team", "week", "channel"])
def test_several_kpis_at_once_are_what_each_is_alone(database, by):
    taken(database, crowd(120))
    keys = ("aht", "aht_p90", "fcr", "csat", "volume", "utilization", "frt_median", "sla")
    with reading(database) as connection:
        view, ask = asked(connection, by, period=AUTUMN)
        together = estimates(view, ask, [CATALOGUE[key] for key in keys])
        for key, found in zip(keys, together, strict=True):
            assert estimates(view, ask, [CATALOGUE[key]]) == [found]
