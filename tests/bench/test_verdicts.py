import numpy as np
import pytest

from bench import verdicts
from bench.judging import ratio
from tests.bench.claimed import at, case

AHT, FCR, ESCALATION, CSAT, SENTIMENT, QUALITY = range(6)
SLIP = {FCR: {12: 0.6}}
RUSH = {AHT: {12: 308.0}, FCR: {12: 0.69}}


def test_a_share_of_single_cases_has_the_error_of_a_binomial():
    figure = ratio([(np.array([1, 0, 0, 0]), np.ones(4)), (np.array([1, 0, 0, 0]), np.ones(4))])
    assert (figure.value, figure.count) == (0.25, 8)
    assert figure.error == pytest.approx(np.sqrt(0.25 * 0.75 / 8))


def test_cases_that_come_together_count_as_one():
    alone = ratio([(np.array([1, 0] * 8), np.ones(16))])
    together = ratio([(np.array([8, 0]), np.array([8, 8]))])
    assert together.value == alone.value
    assert together.error == pytest.approx(alone.error * np.sqrt(8))


def test_where_all_agree_the_error_is_that_of_one_who_would_not():
    assert ratio([(np.zeros(8), np.ones(8))]).error == pytest.approx(0.1)


def test_nothing_to_count_is_no_figure():
    figure = ratio([(np.zeros(3), np.zeros(3))])
    assert figure.count == 0
    assert np.isnan(figure.value)


def test_claims_are_false_of_the_unchanged_in_the_wrong_direction_and_before_the_change():
    found = case(SLIP, {})
    found.claims.change[0, at(13), FCR] = -1
    found.claims.change[0, at(14), FCR] = 1
    found.claims.change[0, at(11), FCR] = -1
    found.claims.change[1, at(13), AHT] = 1
    figure = verdicts.false_discovery_rate([found])
    assert (figure.value, figure.count) == (0.75, 2)


def test_a_change_may_be_claimed_again_in_the_weeks_after():
    found = case(SLIP, {})
    found.claims.change[0, at(12) :, FCR] = -1
    found.claims.change[0, at(12) :, QUALITY] = -1
    assert verdicts.false_discovery_rate([found]).value == 0


def test_a_quiet_digest_is_one_with_no_claim_about_anybody():
    quiet, lively = case({}, {}), case(SLIP, {})
    quiet.claims.change[0, at(12), CSAT] = 1
    quiet.claims.change[1, at(12), AHT] = 1
    quiet.claims.rushing[1, at(15)] = True
    lively.claims.change[1] = 1
    assert verdicts.quiet_digests()([quiet, lively]).value == pytest.approx(1 / 12)
    both = verdicts.quiet_digests(warnings=True)([quiet, lively])
    assert both.value == pytest.approx(2 / 12)


def test_false_claims_are_counted_for_every_hundred_digests_of_the_unchanged():
    found = case(SLIP, {}, {})
    found.claims.change[:, at(13), FCR] = -1
    found.claims.judged[2, 2:] = False
    assert verdicts.false_claims_of_the_unchanged([found]).value == pytest.approx(100 * 2 / 14)


@pytest.mark.parametrize(("week", "share"), [(11, 0), (12, 1), (14, 1), (15, 0)])
def test_a_step_is_noticed_in_its_first_three_digests(week, share):
    found = case(SLIP, {}, starts=[12, -1])
    found.claims.change[0, at(week), FCR] = -1
    assert verdicts.noticed(FCR, 0.15, np.inf, 3)([found]).value == share


def test_a_claim_of_the_other_direction_notices_nothing():
    found = case(SLIP, {}, starts=[12, -1])
    found.claims.change[0, at(12) :, FCR] = 1
    assert verdicts.noticed(FCR, 0.15, np.inf, 3)([found]).value == 0


@pytest.mark.parametrize(
    ("level", "counted"), [(296.0, 1), (297.0, 0), (541.0, 1), (540.0, 0), (400.0, 0)]
)
def test_a_fall_of_handle_time_and_the_rise_that_undoes_it_are_of_one_size(level, counted):
    found = case({AHT: {12: level}}, {}, starts=[12, -1])
    assert verdicts.noticed(AHT, verdicts.LARGE, np.inf, 3)([found]).count == counted


@pytest.mark.parametrize(
    ("path", "away"),
    [({FCR: {12: 0.6, 14: 0.8}}, []), (SLIP, [13]), (SLIP, [5, 6, 7]), ({FCR: {18: 0.6}}, [])],
    ids=["it ends too soon", "leave after it", "leave before it", "too late to follow"],
)
def test_steps_that_cannot_be_followed_are_not_counted(path, away):
    active = np.ones((2, 20))
    active[0, away] = 0
    start = min(path[FCR])
    found = case(path, {}, starts=[start, -1], active=active)
    assert verdicts.noticed(FCR, 0.15, np.inf, 3)([found]).count == 0


def rushing_case():
    found = case(RUSH, {}, kinds=["rush", "steady"], starts=[12, -1])
    found.claims.score[:] = 50.0
    return found


def test_a_rush_is_rewarded_by_a_score_above_the_last_before_it():
    found = rushing_case()
    assert verdicts.rush_rewarded([found]).value == 0
    found.claims.score[0, at(16)] = 50.5
    assert verdicts.rush_rewarded([found]).value == 1


def test_a_rush_is_rewarded_by_praise():
    found = rushing_case()
    found.claims.praised[0, at(11)] = True
    assert verdicts.rush_rewarded([found]).value == 0
    found.claims.praised[0, at(12)] = True
    assert verdicts.rush_rewarded([found]).value == 1


def test_a_score_that_fell_and_rose_again_below_where_it_was_is_a_rise_but_no_reward():
    found = rushing_case()
    found.claims.score[0, at(12) :] = 40.0
    found.claims.score[0, at(17) :] = 45.0
    assert verdicts.rush_rewarded([found]).value == 0
    assert verdicts.rush_raised([found]).value == 1


def test_a_rush_without_a_score_before_it_cannot_be_rewarded():
    found = rushing_case()
    found.claims.score[0, : at(12)] = np.nan
    assert verdicts.rush_rewarded([found]).count == 0


@pytest.mark.parametrize(("week", "share"), [(11, 0), (14, 1), (15, 0)])
def test_a_rush_is_noticed_by_its_third_digest(week, share):
    found = rushing_case()
    found.claims.rushing[0, at(week)] = True
    assert verdicts.rush_noticed([found]).value == share


def test_warnings_are_wrong_where_nobody_rushes():
    found = rushing_case()
    found.claims.rushing[0, at(11) : at(14)] = True
    found.claims.rushing[1, at(13)] = True
    assert verdicts.wrong_warnings([found]).value == pytest.approx(2 / 4)


@pytest.mark.parametrize(("week", "share"), [(11, 0), (10, 0), (17, 1), (18, 0)])
def test_the_honestly_faster_are_followed_for_eight_weeks(week, share):
    found = case({AHT: {10: 280.0}}, {}, kinds=["faster", "steady"], starts=[10, -1])
    found.claims.rushing[0, at(week)] = week != 10
    found.claims.praised[0, at(week)] = week != 10
    assert verdicts.honest_called_rushing([found]).value == (share or week == 11)
    assert verdicts.honest_praised([found]).value == (share or week == 11)


def test_over_servicing_is_wrong_of_who_is_not_slower():
    found = case({AHT: {12: 600.0}}, {})
    found.claims.overserving[:, at(13)] = True
    assert verdicts.overserving_wrong([found]).value == 0.5
