"""`evenkeel scorecard`: the lines that programs read, the tables that people read."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from scoring.kpis import load_catalogue
from tests.factories import interactions

NOW = "2026-11-20T12:00:00Z"
WEEK = "2026-11-09..2026-11-15"
ROSTER = [
    {"agent": "ana@example.com", "name": "Ana", "team": "Billing"},
    {"agent": "ben@example.com", "name": "Ben", "team": "Technical"},
    {"agent": "cleo@example.com", "name": "Cleo", "team": "Billing"},
]


@pytest.fixture
def lines(evenkeel):
    def lines(words):
        said = evenkeel(f"scorecard --json --now {NOW} {words}")
        assert (said.status, said.err) == (0, "")
        return said.rows

    return lines


@pytest.fixture
def shown(evenkeel, monkeypatch):
    def shown(words, width=100):
        monkeypatch.setenv("COLUMNS", str(width))
        said = evenkeel(f"scorecard --now {NOW} {words}")
        assert (said.status, said.err) == (0, "")
        return said.out

    return shown


def times(count, **cells):
    """So many contacts of Ana's, an hour apart."""
    first = datetime(2026, 11, 9, tzinfo=UTC)
    return interactions(
        *(
            {"started_at": (first + n * timedelta(hours=1)).isoformat(), **cells}
            for n in range(count)
        )
    )


def test_a_line_is_what_is_promised_to_the_letter(take_in, evenkeel):
    take_in(*ROSTER, kind="roster")
    take_in(
        *interactions(
            {"handle_seconds": 260},
            {"handle_seconds": 100},
            {"handle_seconds": 240, "started_at": "2026-11-03T09:00:00Z"},
            {"handle_seconds": 999, "excluded": "spam"},
        )
    )
    said = evenkeel(
        f"scorecard --agent Ana --period {WEEK} --kpi aht_median,csat --json --now {NOW}"
    )
    assert said.out == (
        '{"agent": "ana@example.com", "team": "Billing", "week": null, "kpi": "aht_median",'
        ' "unit": "seconds", "first": "2026-11-09", "last": "2026-11-15", "value": 180.0,'
        ' "low": null, "high": null, "n": 2, "excluded": 1, "before": 240.0, "change": -60.0,'
        ' "verdict": "too_few", "why_none": null}\n'
        '{"agent": "ana@example.com", "team": "Billing", "week": null, "kpi": "csat",'
        ' "unit": "percent", "first": "2026-11-09", "last": "2026-11-15", "value": null,'
        ' "low": null, "high": null, "n": 0, "excluded": 1, "before": null, "change": null,'
        ' "verdict": null, "why_none": "no_records"}\n'
    )


def test_numbers_have_their_full_precision(take_in, lines):
    take_in(*interactions({"outcome": "escalated"}, {}, {}))
    (line,) = lines(f"--period {WEEK} --kpi escalation_rate")
    assert line["value"] == 1 / 3
    assert (line["low"], line["high"]) == pytest.approx((0.061492, 0.792340), abs=1e-6)


def test_what_is_not_known_is_null_and_never_zero(take_in, lines):
    take_in(*ROSTER, kind="roster")
    take_in(*interactions({}))
    line = next(
        one
        for one in lines(f"--by agent --period {WEEK} --kpi aht")
        if one["agent"] == "ben@example.com"
    )
    assert (line["value"], line["low"], line["high"], line["before"]) == (None,) * 4
    assert (line["n"], line["verdict"], line["why_none"]) == (0, None, "no_records")


def test_all_kpis_are_told_in_the_order_of_the_catalogue(take_in, lines):
    take_in(*interactions({}))
    assert [line["kpi"] for line in lines(f"--period {WEEK}")] == list(load_catalogue())


@pytest.mark.parametrize(
    "words",
    ["--kpi csat --kpi aht", "--kpi csat,aht", "--kpi csat,aht,aht", "--kpi ratings --kpi AHT"],
)
def test_kpis_come_in_the_order_asked_for_and_once(lines, words):
    assert [line["kpi"] for line in lines(words)] == ["csat", "aht"]


def test_without_a_period_the_last_four_complete_weeks_are_told(lines):
    (line,) = lines("--kpi aht")
    assert (line["first"], line["last"]) == ("2026-10-19", "2026-11-15")


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("", [(None, None)]),
        ("--by all", [(None, None)]),
        ("--team Billing --by all", [(None, None)]),
        ("--by team", [(None, "Billing"), (None, "Technical")]),
        ("--team technical", [(None, "Technical")]),
        ("--agent ben@example.com", [("ben@example.com", "Technical")]),
        ("--agent ben", [("ben@example.com", "Technical")]),
        (
            "--team Billing --by agent",
            [("ana@example.com", "Billing"), ("cleo@example.com", "Billing")],
        ),
        (
            "--by team,agent",
            [("ana@example.com", "Billing"), ("ben@example.com", "Technical")],
        ),
    ],
)
def test_groups_are_those_asked_for(take_in, lines, words, groups):
    take_in(*ROSTER, kind="roster")
    take_in(*interactions({}, {"agent": "ben@example.com"}))
    found = lines(f"{words} --period {WEEK} --kpi volume")
    assert [(line["agent"], line["team"]) for line in found] == groups


def test_a_label_has_a_key_of_its_own_and_may_be_unknown(take_in, lines):
    take_in(*interactions({"priority": "high"}, {"priority": None}))
    found = lines(f"--by priority --by channel --period {WEEK} --kpi volume")
    assert [(line["priority"], line["channel"]) for line in found] == [
        ("high", "phone"),
        ("unknown", "phone"),
    ]


def test_weeks_are_named_by_their_first_day(take_in, lines):
    take_in(*interactions({}, {"started_at": "2026-11-03T09:00:00Z"}))
    found = lines("--by week --period 2026-11-02..2026-11-15 --kpi volume")
    assert [(line["week"], line["value"]) for line in found] == [
        ("2026-11-02", 1.0),
        ("2026-11-09", 1.0),
    ]
    assert [line["before"] for line in found] == [None, 1.0]


def test_weeks_may_start_on_sunday(take_in, lines):
    take_in(*interactions({}))
    (line,) = lines(
        "--by week --period '2026-11-08..2026-11-14' --week-starts sunday --kpi volume"
    )
    assert line["week"] == "2026-11-08"


def test_days_are_those_of_the_zone(take_in, lines):
    take_in(*interactions({"started_at": "2026-11-09T23:30:00Z"}))
    (berlin,) = lines("--timezone Europe/Berlin --period 2026-11-10 --kpi volume")
    (utc,) = lines("--period 2026-11-10 --kpi volume")
    assert (berlin["value"], utc["value"]) == (1.0, None)


@pytest.mark.parametrize(
    ("count", "seconds", "verdict"),
    [(19, 300, "too_few"), (20, 300, "in_band"), (20, 100, "unclear"), (1, 300, "too_few")],
)
def test_a_target_is_judged_from_enough_records(take_in, lines, count, seconds, verdict):
    take_in(*times(count, handle_seconds=seconds))
    (line,) = lines(f"--period {WEEK} --kpi aht")
    assert line["verdict"] == verdict


def test_a_target_is_missed_when_the_whole_interval_lies_beyond_it(take_in, lines):
    slow = times(20)
    for n, row in enumerate(slow):
        row["handle_seconds"] = 900 + n
    take_in(*slow)
    (line,) = lines(f"--period {WEEK} --kpi aht")
    assert line["verdict"] == "above_band"


def test_a_contact_whose_window_is_open_is_not_mature(take_in, lines):
    take_in(*interactions({"customer_id": "4711", "started_at": "2026-11-19T09:00:00Z"}))
    (line,) = lines("--period 2026-11-19 --kpi fcr")
    assert (line["value"], line["why_none"]) == (None, "not_mature")


def test_an_answer_shared_between_agents_gives_a_fraction(take_in, lines):
    parts = [{"contact_id": "c", "csat": 5}, {"contact_id": "c", "agent": "ben@example.com"}]
    take_in(*interactions(*parts, {"csat": 4}))
    found = lines(f"--by agent --period {WEEK} --kpi csat")
    assert [line["n"] for line in found] == [1.5, 0.5]


def test_a_name_that_several_have_is_asked_back(take_in, evenkeel):
    take_in(*ROSTER, {"agent": "x1", "name": "ANA", "team": None}, kind="roster")
    said = evenkeel("scorecard --agent Ana")
    assert (said.status, said.out) == (1, "")
    assert "ana@example.com, x1" in said.err


def test_an_unknown_team_is_told_the_teams_there_are(take_in, evenkeel):
    take_in(*ROSTER, kind="roster")
    said = evenkeel("scorecard --team Bills")
    assert said.err == "No team is called “Bills”. The teams are: Billing, Technical.\n"


def test_one_group_is_shown_in_full(take_in, shown):
    take_in(*ROSTER, kind="roster")
    take_in(*times(20, handle_seconds=300), {"interaction_id": "x", **before_that()})
    text = shown(f"--agent Ana --period {WEEK} --kpi aht,volume", 160)
    assert ", days in UTC.\n\nAna\n" in text
    cells = [" ".join(line.split()) for line in text.splitlines()]
    assert "Average handle time 5 min 00 s 20 \N{EN DASH} met" in cells
    assert "Contacts 20 12 to 31 20 1 +19" in cells


def before_that():
    return {"agent": "ana@example.com", "started_at": "2026-11-03T09:00:00Z"}


@pytest.mark.parametrize("width", [80, 100, 160])
def test_tables_keep_to_the_terminal(take_in, shown, width):
    take_in(*ROSTER, kind="roster")
    take_in(*times(30, csat=5, customer_id="4711"), *others())
    for words in ("--by agent", "--agent Ana", "--by all"):
        text = shown(f"{words} --period {WEEK}", width)
        assert max(map(len, text.splitlines())) <= width


def others():
    rows = interactions(
        *({"agent": "ben@example.com", "handle_seconds": n} for n in range(100, 900, 7))
    )
    return [{**row, "interaction_id": f"b{n}"} for n, row in enumerate(rows)]


def test_people_are_not_shown_what_rests_on_a_handful(take_in, shown):
    take_in(*times(4, handle_seconds=137))
    text = shown(f"--period {WEEK} --kpi aht,volume")
    assert "too few to say" in text
    assert "2 min 17 s" not in text


def test_several_groups_stand_in_one_table_with_interval_and_n(take_in, shown):
    take_in(*times(20, csat=5), *others())
    text = shown(f"--by agent --period {WEEK} --kpi csat,aht")
    assert "ana@example.com" in text
    assert "83.9 to 100.0 %" in text
    assert "n 20" in text


def test_figures_that_may_still_change_are_named(take_in, shown):
    take_in(*interactions({"customer_id": "4711", "started_at": "2026-11-19T09:00:00Z"}))
    assert "too early to say" in shown("--period 2026-11-19 --kpi fcr")
    assert "Not mature yet" in shown("--period 2026-11-19 --kpi fcr")
    assert "Not mature yet" not in shown("--period 2026-11-02 --kpi fcr")


def test_with_no_records_at_all_the_way_to_them_is_told(shown):
    assert "`evenkeel import`" in shown("--by agent")


def test_what_is_read_from_kept_sums_and_from_records_is_the_same(take_in, lines):
    take_in(*ROSTER, kind="roster")
    take_in(*times(30, csat=4, customer_id="4711"), *others())
    kept = lines(f"--by team --period {WEEK}")
    read = lines(f"--by team --period {WEEK} --timezone Etc/UTC")
    assert [json.dumps(line) for line in kept] == [json.dumps(line) for line in read]
