import pytest

from scoring.records import Agent, Figure, Shift, Team
from tests.factories import (
    counts,
    figure,
    interaction,
    refusals,
    shift,
    stored,
    taken,
)

ANA = {"agent": "ana@example.com", "name": "Ana", "team": "Billing"}
NINTH, FIFTEENTH = 739929, 739935


def agents(engine):
    """Key, name and team of every agent."""
    teams = {team["id"]: team["name"] for team in stored(engine, Team)}
    return {
        one["name_key"]: (one["name"], teams.get(one["team_id"])) for one in stored(engine, Agent)
    }


def test_a_roster_says_who_is_who(database):
    row = ANA | {"manager": "Max@X.org", "started_on": "2026-11-09", "ended_on": "2026-11-15"}
    row |= {"slack_user_id": "U1", "timezone": "Europe/Berlin", "role": "Manager"}
    assert counts(taken(database, [row], "roster")) == (1, 0, 0, 0)
    (agent,) = stored(database, Agent)
    wanted = {"name": "Ana", "manager": "max@x.org", "started_on": NINTH, "ended_on": FIFTEENTH}
    wanted |= {"slack_user_id": "U1", "timezone": "Europe/Berlin", "role": "manager", "person": 1}
    assert {name: agent[name] for name in wanted} == wanted


def test_a_roster_again_is_known_and_a_changed_row_a_correction(engine):
    ben = {"agent": "ben", "name": "Ben", "team": None}
    assert counts(taken(engine, [ANA, ben], "roster")) == (2, 0, 0, 0)
    assert counts(taken(engine, [ANA, ben | {"team": "Care"}], "roster")) == (0, 1, 1, 0)
    assert agents(engine) == {"ana@example.com": ("Ana", "Billing"), "ben": ("Ben", "Care")}


def test_records_fill_in_the_roster_where_it_says_nothing(engine):
    taken(engine, [ANA | {"team": None}], "roster")
    taken(engine, [interaction(agent_name="Anabel", team="Care")])
    assert agents(engine) == {"ana@example.com": ("Ana", "Care")}


def test_the_roster_goes_before_what_records_say(engine):
    taken(engine, [interaction(agent_name="Anabel", team="Care")])
    assert counts(taken(engine, [ANA], "roster")) == (0, 1, 0, 0)
    taken(engine, [interaction(interaction_id="c2", agent_name="Anabel", team="Care")])
    assert agents(engine) == {"ana@example.com": ("Ana", "Billing")}


def test_columns_that_a_roster_does_not_have_stay_and_an_empty_cell_clears(engine):
    taken(engine, [ANA | {"role": "manager"}], "roster")
    taken(engine, [{"agent": "Ana@example.com", "team": None, "role": None}], "roster")
    assert agents(engine) == {"ana@example.com": ("Ana", None)}
    assert stored(engine, Agent)[0]["role"] == "agent"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"agent": None}, "agent is missing"),
        ({"role": "boss"}, "role: “boss” is not one of agent, manager, admin"),
        ({"started_on": "9.11.2026"}, "started_on: “9.11.2026” is no date: write it as"),
        ({"started_on": "2026-11-09", "ended_on": "2026-11-08"}, "it ends before it starts"),
        ({"timezone": "Europe/Berlln"}, "timezone: “Europe/Berlln” is no time zone; did you mean"),
        ({"timezone": "CEST+x/y"}, "timezone: “CEST+x/y” is no time zone; "),
    ],
)
def test_a_row_of_the_roster_that_breaks_a_rule_is_refused(engine, cells, reason):
    (refusal,) = taken(engine, [ANA | cells], "roster").refusals
    assert refusal.reason.startswith(reason)
    assert not stored(engine, Agent)


def test_a_day_may_be_all_that_an_agent_worked(engine):
    day = {"started_on": "2026-11-09", "ended_on": "2026-11-09"}
    assert taken(engine, [ANA | day], "roster").whole


def test_a_row_twice_is_known_and_one_that_differs_is_refused_by_its_agent(engine):
    rows = [{"name": name, "agent": "ana"} for name in ("Ana", "Ana", "Anna")]
    receipt = taken(engine, rows, "roster")
    assert counts(receipt) == (1, 0, 1, 1)
    assert refusals(receipt) == [
        (4, "ana", "the same id came earlier in this file with other values")
    ]


def test_a_shift_is_a_day_of_an_agent_and_makes_the_agent_known(database):
    row = shift(paid_seconds="8:00:00", available_seconds=25200, absent="half a day ill")
    assert counts(taken(database, [row], "shifts")) == (1, 0, 0, 0)
    (kept,) = stored(database, Shift)
    assert (kept["day"], kept["paid_seconds"], kept["available_seconds"]) == (NINTH, 28800, 25200)
    assert (kept["absent"], kept["on_queue_seconds"]) == ("half a day ill", None)
    assert agents(database) == {"ana@example.com": (None, None)}


def test_a_shift_again_is_known_another_day_added_a_changed_one_corrected(engine):
    taken(engine, [shift(), shift(date="2026-11-10")], "shifts")
    rows = [shift(), shift(date="2026-11-10", paid_seconds=100), shift(date="2026-11-11")]
    assert counts(taken(engine, rows, "shifts")) == (1, 1, 1, 0)
    assert [row["paid_seconds"] for row in stored(engine, Shift)] == [28800, 100, 28800]


def test_shifts_are_refused_by_the_rules_of_cells_and_where_they_contradict(engine):
    rows = [shift(), shift(paid_seconds=1), shift(date="2026-13-01"), shift(paid_seconds=-1)]
    assert refusals(taken(engine, rows, "shifts")) == [
        (4, "ana@example.com", "date: “2026-13-01” is no date: write it as 2026-11-09"),
        (5, "ana@example.com", "paid_seconds: “-1” is a negative duration"),
        (3, "ana@example.com", "the same id came earlier in this file with other values"),
    ]


def test_a_figure_is_of_the_company_or_of_a_team(database):
    rows = [figure(), figure(team="Care", value=400), figure(measure="bot_resolved", value="7")]
    assert counts(taken(database, rows, "figures")) == (3, 0, 0, 0)
    assert counts(taken(database, [figure(value=1001)], "figures")) == (0, 1, 0, 0)
    kept = [(row["measure"], row["team_id"], row["value"]) for row in stored(database, Figure)]
    care = stored(database, Team)[0]["id"]
    assert kept == [
        *[("operating_cost", 0, 1001), ("operating_cost", care, 400), ("bot_resolved", 0, 7)]
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"measure": "profit"}, "measure: “profit” is not one of operating_cost, "),
        ({"value": None}, "value is missing"),
        ({"value": "-1"}, "value: “-1” is not between 0 and"),
        ({"value": "1,000"}, "value: “1,000” is not a number"),
        ({"period_end": "2026-11-08"}, "it ends before it starts"),
        ({"period_start": "2026-W46"}, "period_start: “2026-W46” is no date"),
    ],
)
def test_a_figure_that_breaks_a_rule_is_refused(engine, cells, reason):
    (refusal,) = taken(engine, [figure(**cells)], "figures").refusals
    assert refusal.reason.startswith(reason)
    assert not stored(engine, Figure)
