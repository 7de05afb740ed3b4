"""A whole review, from contacts to plain values: its laws, and its edge cases one by one."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from scoring.coaching.constants import DEFAULT
from scoring.coaching.contacts import Contacts
from scoring.coaching.findings import METRICS, State
from scoring.coaching.review import review
from scoring.coaching.statements import claims
from tests.scoring.coaching.crews import contacts, crew, monday, part, some

WEEKS = 14


def reviewed(found, week=WEEKS - 1, before=None):
    return review(found, monday(week), before or {})


def with_columns(found, **columns):
    return replace(found, **columns)


@pytest.fixture(scope="module")
def slip():
    """Agent 100 resolves far less in the last three weeks, and 101 takes far less time."""
    shifts = [(0, "fcr", 11, -2.0), (1, "aht", 11, -0.6)]
    return crew(agents=10, weeks=WEEKS, each=60, seed=4, shifts=shifts)


def test_a_slip_is_confirmed_with_its_window_and_size(slip):
    found = reviewed(slip).agents[100].metrics["fcr"]
    change = found.change
    assert (found.flag, found.why_quiet) == ("worse", "confirmed")
    assert (change.better, change.still) == (False, False)
    assert change.last == monday(WEEKS - 1)
    assert change.first == monday(WEEKS - change.weeks)
    assert change.contacts == 60 * change.weeks
    assert change.before - change.after == pytest.approx(-change.size.value)
    assert change.size.low < change.size.value < change.size.high < 0
    assert change.p <= change.threshold <= 0.05


def test_what_others_did_is_not_confirmed_of_anybody_else(slip):
    claims = {
        (agent, metric)
        for agent, each in reviewed(slip).agents.items()
        for metric, figure in each.metrics.items()
        if figure.change
    }
    assert claims == {(100, "fcr"), (101, "aht")}


def test_a_slip_is_the_focus_and_cites_contacts_of_its_weeks(slip):
    focus = reviewed(slip).agents[100].focus
    assert (focus.about, focus.why) == ("fcr", "changed")
    cited = np.isin(slip.id, focus.contacts)
    assert (slip.agent[cited] == 100).all()
    assert not slip.resolved[cited].any()
    assert (slip.week[cited] >= monday(8).toordinal()).all()


def test_a_change_confirmed_before_is_no_news(slip):
    first = reviewed(slip, WEEKS - 2)
    states = {agent: each.state for agent, each in first.agents.items()}
    assert ("fcr", False) in states[100].confirmed
    assert reviewed(slip, before=states).agents[100].metrics["fcr"].change.still


def test_a_score_falls_with_bad_news(slip):
    before = {100: State(score=99.0), 105: State(score=None)}
    found = reviewed(slip, before=before).agents
    assert found[100].score < 99
    assert found[100].score_moved
    assert not found[105].score_moved


def test_a_score_that_does_not_move_is_last_weeks(slip):
    first = reviewed(slip, WEEKS - 2)
    states = {agent: each.state for agent, each in first.agents.items()}
    steady = [
        a for a, each in reviewed(slip, before=states).agents.items() if not each.score_moved
    ]
    assert len(steady) >= 7
    again = reviewed(slip, before=states).agents
    assert all(again[agent].score == states[agent].score for agent in steady)


def test_raw_and_expected_figures_are_those_of_the_levels_weeks(slip):
    found = reviewed(slip).agents[103].metrics["aht"]
    own = (slip.agent == 103) & (slip.week > monday(WEEKS - 9).toordinal())
    assert found.raw == pytest.approx(slip.handle_seconds[own].mean())
    assert (found.n, found.asked) == (own.sum(), own.sum())
    assert found.estimate.low < found.estimate.value < found.estimate.high


def test_answers_are_counted_beside_those_who_were_asked(slip):
    found = reviewed(slip).agents[103].metrics["csat"]
    own = (slip.agent == 103) & (slip.week > monday(WEEKS - 9).toordinal())
    assert (found.n, found.asked) == (np.isfinite(slip.csat[own]).sum(), own.sum())


def test_the_smallest_change_we_could_notice_follows_its_formula(slip):
    found = reviewed(slip)
    figure = found.agents[103].metrics["sentiment"]
    # 4.3 sqrt((s2 / n + omega2) (1/3 + 1/8)); noise 0.3, 60 contacts a week, wobble 0 to 0.04.
    least, most = (4.3 * np.sqrt((0.3**2 / 60 + w**2) * (1 / 3 + 1 / 8)) for w in (0, 0.04))
    assert least * 0.9 < figure.noticeable < most * 1.1


def test_a_review_is_the_same_to_the_last_digit(slip):
    assert reviewed(slip) == reviewed(slip)


def test_the_order_of_rows_changes_no_digit(slip):
    shuffled = some(slip, np.random.default_rng(9).permutation(slip.id.size))
    assert reviewed(shuffled) == reviewed(slip)


def test_what_agents_are_called_changes_no_digit(slip):
    names = np.random.default_rng(9).permutation(10) + 500
    renamed = reviewed(with_columns(slip, agent=names[slip.agent - 100])).agents
    for agent, each in reviewed(slip).agents.items():
        assert replace(renamed[names[agent - 100]], agent=agent) == each


def test_later_weeks_take_no_part(slip):
    until = some(slip, slip.week <= monday(9).toordinal())
    assert reviewed(slip, 9) == reviewed(until, 9)


def test_weeks_before_the_reference_window_take_no_part():
    found = crew(agents=5, weeks=30, each=12)
    recent = some(found, found.week >= monday(4).toordinal())
    assert reviewed(found, 29) == reviewed(recent, 29)


def test_a_review_names_its_version_and_constants(slip):
    found = reviewed(slip)
    assert (found.version, found.constants) == ("2", DEFAULT.fingerprint)
    assert found.week == monday(WEEKS - 1)


def test_agents_are_listed_by_number_not_by_any_figure(slip):
    assert list(reviewed(slip).agents) == list(range(100, 110))


# Edge cases


def test_who_had_no_contacts_in_the_week_has_no_review(slip):
    away = (slip.agent == 104) & (slip.week == monday(WEEKS - 1).toordinal())
    assert 104 not in reviewed(some(slip, ~away)).agents


def test_a_week_without_any_contacts_is_an_empty_review(slip):
    assert reviewed(slip, WEEKS + 1).agents == {}
    assert reviewed(slip, 60).agents == {}
    assert reviewed(some(slip, slip.id < 0)).agents == {}


def test_few_contacts_give_wide_levels_and_no_score():
    found = crew(agents=8, weeks=WEEKS, each=40)
    kept = (found.agent != 100) | (found.id % 20 == 0)
    agent = reviewed(some(found, kept)).agents[100]
    assert (agent.score, agent.score_withheld) == (None, "too_few")
    wide, usual = (each.metrics["fcr"].estimate for each in (agent, reviewed(found).agents[100]))
    assert wide.high - wide.low > usual.high - usual.low
    assert agent.metrics["fcr"].why_quiet == "too_few"


def test_a_withheld_score_is_remembered():
    found = crew(agents=8, weeks=WEEKS, each=40)
    kept = (found.agent != 100) | (found.id % 20 == 0)
    agent = review(some(found, kept), monday(WEEKS - 1), {100: State(score=61.0)}).agents[100]
    assert (agent.score, agent.score_moved, agent.state.score) == (None, False, 61)


def test_a_new_agent_has_figures_but_no_comparison():
    found = crew(agents=8, weeks=WEEKS, each=60, shifts=[(0, "fcr", 0, -3.0)])
    late = (found.agent == 100) & (found.week < monday(WEEKS - 2).toordinal())
    agent = reviewed(some(found, ~late)).agents[100]
    assert agent.new
    assert all(figure.change is None for figure in agent.metrics.values())
    assert agent.metrics["fcr"].why_quiet == "too_few"
    assert agent.metrics["fcr"].expectation is None
    assert agent.focus is None
    assert agent.metrics["fcr"].estimate.value < 0.6


def test_back_from_absence_the_baseline_is_the_last_weeks_at_work():
    found = crew(agents=8, weeks=WEEKS, each=60, shifts=[(0, "aht", 12, 0.8)])
    away = (found.agent == 100) & (found.week >= monday(6).toordinal())
    away &= found.week < monday(12).toordinal()
    change = reviewed(some(found, ~away)).agents[100].metrics["aht"].change
    assert (change.better, change.baseline_weeks) == (False, 6)


def test_on_a_new_queue_comparisons_restart():
    found = crew(agents=8, weeks=WEEKS, each=60)
    moved = (found.agent == 100) & (found.week >= monday(WEEKS - 2).toordinal())
    away = (found.agent == 100) & (found.week >= monday(6).toordinal()) & ~moved
    queue = np.where(found.agent == 100, 1, found.issue)
    new = with_columns(found, issue=np.where(moved, 2, queue))
    agent = reviewed(some(new, ~away)).agents[100]
    assert {figure.why_quiet for figure in agent.metrics.values()} == {"queue_changed"}


def without(found, *metrics):
    columns = {"aht": "handle_seconds", "fcr": "resolved", "escalation": "escalated"}
    return with_columns(
        found,
        **{columns.get(metric, metric): np.full(found.id.size, np.nan) for metric in metrics},
    )


def test_without_surveys_the_other_metrics_make_the_score(slip):
    agent = reviewed(without(slip, "csat")).agents[103]
    assert agent.metrics["csat"].estimate is None
    assert (agent.metrics["csat"].n, agent.metrics["csat"].why_quiet) == (0, "too_few")
    assert agent.score is not None


def test_who_has_no_answers_is_shown_the_others_mean(slip):
    unanswered = np.where(slip.agent == 103, np.nan, slip.csat)
    found = reviewed(with_columns(slip, csat=unanswered)).agents[103].metrics["csat"]
    assert (found.n, found.raw, found.reliability, found.noticeable) == (0, None, 0, None)
    others = [
        each.metrics["csat"].estimate.value
        for agent, each in reviewed(with_columns(slip, csat=unanswered)).agents.items()
        if agent != 103
    ]
    assert min(others) < found.estimate.value < max(others)
    assert found.estimate.high - found.estimate.low > 0.3


def test_without_any_quality_there_is_no_score(slip):
    bare = without(slip, "fcr", "csat", "sentiment", "escalation")
    agent = reviewed(bare).agents[103]
    assert (agent.score, agent.score_withheld) == (None, "unreliable")
    assert agent.metrics["aht"].estimate is not None


def test_without_handle_times_quality_makes_the_score(slip):
    agent = reviewed(without(slip, "aht")).agents[103]
    assert agent.metrics["aht"].estimate is None
    assert agent.score is not None
    assert not agent.rushing


def test_without_any_outcome_there_is_nothing_to_say(slip):
    agent = reviewed(without(slip, *METRICS)).agents[103]
    assert all(figure.estimate is None for figure in agent.metrics.values())
    assert (agent.focus, agent.strength, agent.score) == (None, None, None)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_outcomes_without_variance_are_no_problem(slip, value):
    alike = with_columns(
        slip,
        resolved=np.full(slip.id.size, value),
        escalated=np.full(slip.id.size, 1 - value),
        csat=np.full(slip.id.size, 5.0),
        sentiment=np.zeros(slip.id.size),
        handle_seconds=np.full(slip.id.size, 240.0),
    )
    agent = reviewed(alike).agents[100]
    assert agent.metrics["fcr"].estimate.value == pytest.approx(value, abs=0.001)
    assert agent.metrics["aht"].estimate.value == pytest.approx(240, rel=1e-3)
    assert all(figure.change is None for figure in agent.metrics.values())
    assert agent.score_withheld == "unreliable"


def test_one_lapse_where_everything_was_always_resolved_is_no_change(slip):
    resolved = np.ones(slip.id.size)
    last = (slip.agent == 100) & (slip.week == monday(WEEKS - 1).toordinal())
    resolved[np.flatnonzero(last)[:1]] = 0
    found = reviewed(with_columns(slip, resolved=resolved)).agents[100].metrics["fcr"]
    assert found.change is None
    assert found.estimate.value > 0.99


def test_four_agents_have_changes_but_no_score_and_no_expectation():
    found = crew(agents=4, weeks=WEEKS, each=90, shifts=[(0, "aht", 10, 0.9)])
    agents = reviewed(found).agents
    assert {each.score_withheld for each in agents.values()} == {"small_team"}
    assert agents[100].metrics["aht"].change is not None
    assert {
        figure.expectation for each in agents.values() for figure in each.metrics.values()
    } == {None}


def test_an_agent_alone_can_be_reviewed():
    agent = reviewed(crew(agents=1, weeks=WEEKS, each=60)).agents[100]
    assert agent.score_withheld == "small_team"
    assert np.isfinite(agent.metrics["fcr"].estimate.value)


def test_what_moves_the_whole_team_is_said_of_the_team_and_of_nobody():
    everybody = [(agent, "sentiment", WEEKS - 1, -0.3) for agent in range(10)]
    found = reviewed(crew(agents=10, weeks=WEEKS, each=60, shifts=everybody))
    assert [each.metric for each in found.shared if each.issue_type is None] == ["sentiment"]
    assert not any(each.metrics["sentiment"].change for each in found.agents.values())


def test_one_contact_is_enough_for_a_review():
    one = contacts([part(agent=5, week=3, handle_seconds=100, resolved=1)])
    agent = review(one, monday(3), {}).agents[5]
    assert agent.contacts == 1
    assert agent.metrics["aht"].estimate.value == pytest.approx(100, rel=0.01)


def test_a_rush_is_a_question_and_not_praise():
    shifts = [(0, "fcr", 11, -1.2), (0, "csat", 11, -0.6), (0, "aht", 11, -0.5)]
    agent = reviewed(crew(agents=10, weeks=WEEKS, each=90, shifts=shifts)).agents[100]
    assert agent.rushing
    assert agent.metrics["aht"].flag == "faster"
    assert (agent.focus.about, agent.focus.why) == ("rushing", "rushing")
    assert agent.strength is None or agent.strength.about != "aht"
    assert ("rushing", False) in agent.state.confirmed


@pytest.fixture(scope="module")
def rush():
    """Agent 100 takes less time for six weeks, and less care in the last of them."""
    lost = [(0, "fcr", 13, -3.0), (0, "csat", 13, -1.0), (0, "sentiment", 13, -0.8)]
    return crew(10, WEEKS, each=150, seed=3, shifts=[(0, "aht", 8, -0.2), *lost])


def test_a_rush_is_told_by_the_weeks_in_which_time_and_quality_went_down_together(rush):
    found = reviewed(rush)
    agent = found.agents[100]
    time, both = agent.metrics["aht"].change, agent.rush
    assert (time.weeks, both.weeks) == (6, 3)
    assert (both.first, both.contacts, both.still) == (monday(11), 450, False)
    assert both.size.value < 0
    assert both.p <= both.threshold <= 0.05
    (claim,) = [one for one in claims(found, rush) if one.kind == "rushing"]
    assert (claim.first_day, claim.size, claim.p) == (
        monday(11).toordinal(),
        both.size.value,
        both.p,
    )
    of_the_weeks = (rush.agent == 100) & (rush.week >= monday(11).toordinal())
    assert set(claim.contacts) == set(rush.id[of_the_weeks].tolist())
    assert set(agent.focus.contacts) < set(claim.contacts)


def test_a_rush_told_before_is_still_one_and_who_is_not_rushing_has_none(rush):
    agents = reviewed(rush).agents
    again = reviewed(rush, before={100: agents[100].state}).agents[100]
    assert again.rush.still
    assert {number for number, one in agents.items() if one.rush} == {100}


def test_a_statement_of_a_level_keeps_its_weeks_and_how_sure_it_is(slip):
    found = reviewed(slip)
    levels = [one for one in claims(found, slip) if one.kind == "level"]
    assert levels
    for one in levels:
        # The last eight weeks, from a Monday to a Sunday, or the three since a change.
        assert one.weeks in (8, 3)
        assert one.last_day == monday(WEEKS).toordinal() - 1
        assert one.first_day == monday(WEEKS - one.weeks).toordinal()
        assert one.p < one.threshold == pytest.approx(0.05)


def test_a_focus_keeps_the_weeks_and_the_p_of_what_it_rests_on(slip, rush):
    (slipped,) = [c for c in claims(reviewed(slip), slip) if (c.agent, c.kind) == (100, "focus")]
    change = reviewed(slip).agents[100].metrics["fcr"].change
    assert (slipped.p, slipped.threshold) == (change.p, change.threshold)
    assert (slipped.weeks, slipped.n_baseline) == (change.weeks, change.baseline_contacts)
    (rushed,) = [c for c in claims(reviewed(rush), rush) if (c.agent, c.kind) == (100, "focus")]
    assert (rushed.p, rushed.weeks) == (reviewed(rush).agents[100].rush.p, 3)
    by_level = [
        one
        for one in claims(reviewed(slip), slip)
        if one.kind in ("focus", "strength") and one.direction == "level"
    ]
    assert by_level
    assert all(one.p < one.threshold == pytest.approx(0.1) for one in by_level)
    assert {one.weeks for one in by_level} == {8}


def test_where_nobody_was_ever_escalated_a_rate_may_be_nought_and_is_not_sure(slip):
    none = with_columns(slip, escalated=np.zeros(slip.id.size))
    figure = reviewed(none).agents[105].metrics["escalation"]
    estimate, n = figure.estimate, slip.id.size
    assert 0 <= estimate.low < 1e-9
    # Wilson's upper limit for nobody of all these, and for nobody of the agent's own.
    pooled, own = (1.96**2 / (each + 1.96**2) for each in (n, figure.n))
    assert pooled < estimate.high < own
    assert figure.noticeable is None


def test_where_everybody_is_always_resolved_a_rate_may_be_one(slip):
    always = with_columns(slip, resolved=np.ones(slip.id.size))
    estimate = reviewed(always).agents[105].metrics["fcr"].estimate
    assert estimate.high == pytest.approx(1)
    assert estimate.low < 1 - 1.96**2 / (slip.id.size + 1.96**2)


def test_the_smallest_change_of_a_rate_that_we_could_notice_is_as_cohens_h(slip):
    figure = reviewed(slip).agents[105].metrics["fcr"]
    rate, wobble = figure.estimate.value, 0.12
    least, most = (
        4.3 * np.sqrt((1 / 60 + w**2 * rate * (1 - rate)) * (1 / 3 + 1 / 8)) for w in (0, wobble)
    )
    step = abs(2 * np.arcsin(np.sqrt(rate - figure.noticeable)) - 2 * np.arcsin(np.sqrt(rate)))
    assert 0.95 * least < step < 1.1 * most


def test_contacts_are_those_of_the_week(slip):
    assert isinstance(slip, Contacts)
    assert reviewed(slip).agents[103].contacts == 60
    assert reviewed(slip).agents[103].week - monday(0) == timedelta(weeks=WEEKS - 1)
