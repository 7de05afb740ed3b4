"""A dispute is decided: figures follow, survey answers stay, and later imports undo nothing."""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from scoring.asking import reader
from scoring.coaching.reading import Window
from scoring.database import reading
from scoring.errors import AccessError, DisputeError, UnknownNameError
from scoring.loop_records import Decision, DisputeRow, Override
from scoring.records import Agent, Interaction
from scoring.rollup import Change
from scoring.upkeep import refound
from scoring.working_hours import WorkingHours
from tests.factories import (
    NOW,
    counts,
    desk_of,
    interaction,
    interactions,
    stored,
    taken,
    workspace_of,
)
from tests.scoring.crowd import crowd, kept
from tests.scoring.estimates import estimates_of, score_of, value_of, values_of
from tests.scoring.loop import ANA, BEN, SOL, accepted, decided, filed, people

BEGAN = "2026-11-09T09:00:00Z"
SURVEY = {"survey_sent_at": "2026-11-09T10:00:00Z", "csat": 1, "nps": 0, "ces": 2}
OPERATIONAL = ("volume", "aht", "aht_median", "escalation_rate", "sentiment", "resolution_rate")
OF_SURVEYS = ("csat", "csat_mean", "nps", "ces", "survey_response_rate")


@pytest.fixture
def desk(database):
    """A database with a roster."""
    people(database)
    return database


def row(**cells):
    return interaction(sentiment=-0.5, **{**SURVEY, **cells})


def figures(engine, keys):
    return {key: value_of(engine, key) for key in keys}


@pytest.mark.parametrize("fact", ["outage", "abuse", "duplicate"])
def test_an_excused_contact_is_in_no_operational_figure(desk, fact):
    taken(desk, [row()])
    accepted(desk, fact)
    assert figures(desk, OPERATIONAL) == dict.fromkeys(OPERATIONAL)
    assert score_of(desk, "aht").excluded == 1


@pytest.mark.parametrize("fact", ["outage", "abuse", "duplicate"])
def test_survey_answers_cannot_be_disputed_away(desk, fact):
    taken(desk, [row()])
    before = figures(desk, OF_SURVEYS)
    accepted(desk, fact)
    assert figures(desk, OF_SURVEYS) == before
    assert before == {"csat": 0, "csat_mean": 1, "nps": -100, "ces": 2, "survey_response_rate": 1}


def parts():
    """A contact that Ana passed on to Ben, who was rated."""
    first = {"agent": ANA, "outcome": "transferred", "handle_seconds": 600}
    second = {"agent": BEN, "started_at": "2026-11-09T09:10:00Z", "csat": 2}
    return [
        interaction(contact_id="x", interaction_id=f"c{n}", created_at=BEGAN, **one)
        for n, one in enumerate((first, second), 1)
    ]


def test_an_excused_part_keeps_its_share_of_the_answer(desk):
    taken(desk, parts())
    accepted(desk, "outage")
    rated = estimates_of(desk, "csat", "agent")
    assert {one: found.n for one, found in rated.items()} == pytest.approx(
        {ANA: 2 / 3, BEN: 1 / 3}
    )
    assert values_of(desk, "aht") == {BEN: 300}


def test_the_other_parts_of_the_contact_stay_what_they_were(desk):
    taken(desk, parts())
    before = values_of(desk, "resolution_rate")
    accepted(desk, "outage")
    assert values_of(desk, "resolution_rate") == before == {BEN: 1}
    assert values_of(desk, "volume") == {}


def test_an_excused_contact_is_no_repeat_contact(desk):
    again = {"started_at": "2026-11-12T09:00:00Z"}
    taken(desk, interactions(*({"customer_id": "kim"} | one for one in ({}, again))))
    assert value_of(desk, "repeat_contact_rate") == 0.5
    accepted(desk, "duplicate", contact="c2")
    assert value_of(desk, "repeat_contact_rate") == 0


def test_a_review_sees_nothing_of_an_excused_contact_but_the_answer(desk):
    plain = interaction(interaction_id="c2", sentiment=-0.5)
    taken(desk, [row(), plain])
    accepted(desk, "outage")
    accepted(desk, "outage", contact="c2")
    with reading(desk) as connection:
        view = reader(connection, workspace_of(), workspace_of().moment(NOW))
        shown = Window(view, 26).until(date(2026, 11, 9))
    assert shown.csat.tolist() == [1]
    for name in ("handle_seconds", "resolved", "escalated", "sentiment"):
        assert np.isnan(getattr(shown, name)).all(), name


def test_a_category_is_put_right(desk):
    taken(desk, interactions({}, {"issue_type": "refund"}))
    accepted(desk, "category", "refund")
    assert values_of(desk, "volume", "issue_type") == {"refund": 2}


def test_who_came_back_follows_the_category(desk):
    second = {"issue_type": "refund", "started_at": "2026-11-12T09:00:00Z"}
    taken(desk, interactions(*({"customer_id": "kim"} | one for one in ({}, second))))
    assert value_of(desk, "repeat_contact_rate") == 0
    accepted(desk, "category", "refund")
    assert value_of(desk, "repeat_contact_rate") == 0.5


def test_a_contact_of_somebody_else_is_theirs(desk):
    taken(desk, [row()])
    accepted(desk, "not_mine", "Ben")
    assert values_of(desk, "aht") == values_of(desk, "aht_median") == {BEN: 300}
    assert values_of(desk, "csat_mean") == {BEN: 1}


def test_a_contact_of_nobody_counts_for_the_team(desk):
    taken(desk, [interaction()])
    accepted(desk, "not_mine")
    assert values_of(desk, "aht") == {}
    assert values_of(desk, "aht", "team") == {"Billing": 300}


def test_a_contact_with_an_answer_cannot_be_nobodys(desk):
    taken(desk, [row()])
    dispute = filed(desk, "not_mine")
    with pytest.raises(DisputeError, match="an answer cannot be taken from everybody"):
        decided(desk, dispute)
    assert decided(desk, dispute, value="Ben").state == "accepted"
    assert values_of(desk, "csat_mean") == {BEN: 1}


def test_a_manager_may_accept_with_another_value(desk):
    taken(desk, interactions({}, {"issue_type": "refund"}, {"issue_type": "login"}))
    dispute = accepted(desk, "category", "refund", value="login")
    assert (dispute.proposed, dispute.value) == ("refund", "login")
    assert values_of(desk, "volume", "issue_type") == {"refund": 1, "login": 2}


DECISIONS = [("category", "refund"), ("not_mine", "Ben"), ("outage", None)]
each_decision = pytest.mark.parametrize(("fact", "proposed"), DECISIONS)


@each_decision
def test_the_same_file_again_does_not_undo_a_decision(desk, fact, proposed):
    rows = [row(), interaction(interaction_id="c2", issue_type="refund")]
    taken(desk, rows)
    accepted(desk, fact, proposed)
    before = kept(desk), stored(desk, Override)
    assert counts(taken(desk, rows)) == (0, 0, 2, 0)
    assert (kept(desk), stored(desk, Override)) == before


@each_decision
def test_other_cells_of_a_corrected_row_follow_and_the_decided_one_stands(desk, fact, proposed):
    rows = [interaction(), interaction(interaction_id="c2", issue_type="refund")]
    taken(desk, rows)
    accepted(desk, fact, proposed)
    before = {one["external_id"]: one for one in stored(desk, Interaction)}["c1"]
    assert counts(taken(desk, [rows[0] | {"handle_seconds": 900}])) == (0, 1, 0, 0)
    after = {one["external_id"]: one for one in stored(desk, Interaction)}["c1"]
    assert after["handle_seconds"] == 900
    decided_cells = ("issue_type", "agent_id", "excluded")
    assert [after[name] for name in decided_cells] == [before[name] for name in decided_cells]


def test_what_the_source_says_meanwhile_holds_when_a_decision_is_taken_back(desk):
    taken(desk, interactions({}, {"issue_type": "refund"}))
    dispute = accepted(desk, "category", "refund")
    assert counts(taken(desk, [interaction(issue_type="login")])) == (0, 0, 1, 0)
    decided(desk, dispute, accepted=False, why="I was wrong.")
    assert values_of(desk, "volume", "issue_type") == {"refund": 1, "login": 1}


def test_a_source_that_excludes_a_record_itself_goes_first(desk):
    taken(desk, [row()])
    dispute = accepted(desk, "outage")
    taken(desk, [row(excluded="spam")])
    assert value_of(desk, "csat_mean") is None
    taken(desk, [row()])
    assert value_of(desk, "csat_mean") == 1
    decided(desk, dispute, accepted=False)
    assert value_of(desk, "aht") == 300


@each_decision
def test_a_decision_taken_back_leaves_everything_as_it_was(desk, fact, proposed):
    taken(desk, interactions({}, {"issue_type": "refund"}))
    before = kept(desk)
    dispute = accepted(desk, fact, proposed)
    assert kept(desk) != before or fact == "category"
    assert decided(desk, dispute, accepted=False).state == "declined"
    assert (kept(desk), stored(desk, Override)) == (before, [])


@each_decision
def test_kept_sums_are_those_of_the_records(database, fact, proposed):
    taken(database, crowd(120))
    people(database)
    for record in stored(database, Interaction)[:40:4]:
        claim_and_accept(database, record, fact, proposed)
    change = kept(database)
    refound(database, workspace_of())
    assert kept(database) == pytest.approx(change)


def claim_and_accept(engine, record, fact, proposed):
    """Accepts a dispute of a record if there is anything to dispute."""
    names = {one["id"]: one for one in stored(engine, Agent)}
    who = names[record["agent_id"]]
    if who["person"] and record["excluded"] is None and record["issue_type"] != "refund":
        dispute = filed(engine, fact, proposed, contact=record["external_id"], who=who["name_key"])
        decided(engine, dispute, who="ada", value="Ben" if fact == "not_mine" else None)


def test_a_declined_dispute_changes_no_figure(desk):
    taken(desk, [row()])
    before = kept(desk)
    dispute = decided(desk, filed(desk, "outage"), accepted=False, why="There was none that day.")
    assert (dispute.state, dispute.why) == ("declined", "There was none that day.")
    assert (kept(desk), stored(desk, Override)) == (before, [])


@pytest.mark.parametrize("verdict", [True, False])
def test_the_same_decision_twice_is_one(desk, verdict):
    taken(desk, [row()])
    dispute = filed(desk, "outage")
    first = decided(desk, dispute, accepted=verdict)
    before = kept(desk)
    assert decided(desk, dispute, accepted=verdict) == first
    assert (len(stored(desk, Decision)), kept(desk)) == (1, before)


def test_every_decision_is_kept_with_its_reason(desk):
    taken(desk, [row()])
    dispute = accepted(desk, "outage")
    decided(desk, dispute, accepted=False, who="ada", why="It was the day after.")
    told = [(one["accepted"], one["reason"]) for one in stored(desk, Decision)]
    assert told == [(1, "So it was."), (0, "It was the day after.")]


@pytest.mark.parametrize("who", ["ana@example.com", "ben@example.com", "max"])
def test_only_who_leads_the_agent_decides(desk, who):
    taken(desk, [row()])
    dispute = filed(desk, "outage")
    with pytest.raises(AccessError, match="may not decide a dispute of Ana"):
        decided(desk, dispute, who=who)
    assert stored(desk, DisputeRow)[0]["state"] == "open"


@pytest.mark.parametrize("who", ["mia", "ada"])
def test_a_manager_and_an_admin_decide(desk, who):
    taken(desk, [row()])
    assert decided(desk, filed(desk, "outage"), who=who).state == "accepted"


def test_a_manager_does_not_decide_for_themself(desk):
    taken(desk, [row(agent="mia")])
    dispute = filed(desk, "outage", who="mia")
    with pytest.raises(AccessError):
        decided(desk, dispute, who="mia")
    assert decided(desk, dispute, who="ada").state == "accepted"


def test_a_second_excuse_has_nothing_to_excuse(desk):
    taken(desk, [row()])
    first, second = filed(desk, "outage"), filed(desk, "abuse")
    decided(desk, first)
    with pytest.raises(DisputeError, match=r"excluded already \(disputed: outage\)"):
        decided(desk, second)


@pytest.mark.parametrize(
    ("fact", "proposed", "value", "error"),
    [
        ("not_mine", "Ben", "ana@example.com", DisputeError),
        ("not_mine", "Ben", "Nobody", UnknownNameError),
        ("category", "refund", "nonsense", DisputeError),
    ],
)
def test_a_value_that_cannot_be_is_refused(desk, fact, proposed, value, error):
    taken(desk, interactions({}, {"issue_type": "refund"}))
    dispute = filed(desk, fact, proposed)
    with pytest.raises(error):
        decided(desk, dispute, value=value)
    assert stored(desk, Decision) == []


@pytest.mark.parametrize("why", ["", "  ", "x" * 1001])
def test_a_decision_has_a_reason(desk, why):
    taken(desk, [row()])
    dispute = filed(desk, "outage")
    with pytest.raises(DisputeError):
        decided(desk, dispute, why=why)


def test_a_decision_that_breaks_off_leaves_nothing_behind(desk, monkeypatch):
    taken(desk, [row()])
    dispute = filed(desk, "outage")
    before = kept(desk), stored(desk, Interaction), stored(desk, DisputeRow)

    def broken(*_):
        raise RuntimeError("the machine stopped")

    with monkeypatch.context() as patch:
        patch.setattr(Change, "write", broken)
        with pytest.raises(RuntimeError):
            decided(desk, dispute)
    assert (kept(desk), stored(desk, Interaction), stored(desk, DisputeRow)) == before
    assert (stored(desk, Decision), stored(desk, Override)) == ([], [])
    assert decided(desk, dispute).state == "accepted"


def test_a_contact_that_moves_runs_on_its_new_team_s_clock(desk):
    open_at = {"Billing": 9, "Sales": 8}
    hours = {
        team: WorkingHours(ZoneInfo("UTC"), (((hour * 3600, 17 * 3600),),) * 7, frozenset(), ())
        for team, hour in open_at.items()
    }
    workspace = workspace_of(hours=hours)
    asked = {"created_at": "2026-11-09T07:00:00Z", "first_reply_at": "2026-11-09T09:10:00Z"}
    taken(desk, [interaction(**asked)], desk=desk_of(desk, workspace=workspace))
    dispute = filed(desk, "not_mine", "Sol")
    assert values_of(desk, "frt_business", workspace=workspace) == {ANA: 600}
    decided(desk, dispute, workspace=workspace)
    assert values_of(desk, "frt_business", workspace=workspace) == {SOL: 4200}
