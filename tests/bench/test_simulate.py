import csv
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from bench.careers import WOBBLE, careers, true_levels
from bench.nature import CELL_ISSUE, ISSUES, levels, nature
from bench.scenario import METRICS, SCENARIOS
from bench.simulate import main
from bench.world import _contacts, simulate
from tests.factories import counts, desk_of, refusals
from tests.factories import taken as taken_in

MIXED = SCENARIOS["mixed"]
SMALL = replace(MIXED, agents=16, weeks=12)
COLUMNS = ("handle_seconds", "resolved", "escalated", "csat", "sentiment")
# Timers forgotten in 6 of 1,000 contacts: the mean of a log-normal factor exp(1.6 + 0.5 z).
FAULTS = 1 + 0.006 * (np.exp(1.6 + 0.125) - 1)


@pytest.fixture(scope="session")
def world():
    return simulate(MIXED, 1)


def mean_and_error(values):
    known = values[~np.isnan(values)]
    return known.mean(), known.std() / np.sqrt(len(known))


def agents_of(world, kind):
    chosen = np.flatnonzero(world.lives.kind == kind)
    assert len(chosen)
    return chosen


def test_the_same_words_give_the_same_operation():
    world, again = (simulate(SMALL, 1) for _ in range(2))
    assert np.array_equal(world.levels, again.levels)
    for name, cells in world.contacts.items():
        assert np.array_equal(cells, again.contacts[name], equal_nan=True)


@pytest.mark.parametrize(("seed", "copy"), [(2, 0), (1, 1)])
def test_another_seed_or_copy_is_another_operation(seed, copy):
    assert not np.array_equal(simulate(SMALL, 1).levels, simulate(SMALL, seed, copy).levels)


@pytest.mark.parametrize("metric", range(5), ids=METRICS)
def test_contacts_come_out_on_average_as_the_laws_say(metric):
    scenario = replace(MIXED, agents=40, contacts=(300, 300), career=False)
    laws = nature(scenario, 3)
    drawn = careers(scenario, laws, 3)
    lives = replace(drawn, wobble=0 * drawn.wobble, shocks=0 * drawn.shocks)
    contacts = _contacts(scenario, laws, lives, scenario.rng(3, 3))
    values = contacts[COLUMNS[metric]]
    mean, error = mean_and_error(values)
    assert abs(mean - expected(laws, lives, metric)) < 4 * error + (1.0 if metric == 0 else 0)


def expected(laws, lives, metric):
    """The mean over all contacts; a survey's answer counts as often as it is given."""
    total = np.zeros(2)
    for row, mix in enumerate(lives.mixes):
        for agent in np.flatnonzero(lives.team == row):
            weeks = lives.contacts[agent].sum()
            dials = (lives.dials[agent, 0] + lives.taste[agent][CELL_ISSUE])[None]
            weight = weeks * (mix * answers(laws, dials, mix) if metric == 3 else mix).sum()
            mix_of = mix * answers(laws, dials, mix) if metric == 3 else mix
            level = levels(laws, mix_of / mix_of.sum(), dials)[0, metric]
            total += weight * level, weight
    return total[0] / total[1] * (FAULTS if metric == 0 else 1)


def answers(laws, dials, mix):
    """The chance of an answer in each cell, by summing over everything that can happen."""
    chances = np.zeros(len(mix))
    for hidden, turn in enumerate(
        np.array(((-0.15, 0.2, -0.1, 0.1, 0.1), (0,) * 5, (0.5, -0.7, 0.3, -0.4, -0.5)))
    ):
        at = laws.base + dials[0] + turn
        solved = 1 - np.exp(-np.exp(at[:, 1]))
        for lift, chance in ((1.8, solved), (0.0, 1 - solved)):
            steps = 1 / (1 + np.exp(np.array((-2.0, -1.4, -0.7, 0.35)) - at[:, 3, None] - lift))
            ratings = -np.diff(np.pad(steps, ((0, 0), (1, 1)), constant_values=((0, 0), (1, 0))))
            ready = ratings @ np.array((2.4, 1.4, 0.6, 0.7, 1.1)) * laws.response
            chances += laws.classes[:, hidden] * chance * ready
    return chances


def test_about_fifteen_in_a_hundred_answer_and_the_angry_more_readily(world):
    csat = world.contacts["csat"]
    assert np.mean(~np.isnan(csat)) == pytest.approx(0.15, abs=0.01)
    solved = world.contacts["resolved"] == 1
    assert np.mean(~np.isnan(csat[~solved])) > 1.05 * np.mean(~np.isnan(csat[solved]))


def test_where_no_survey_is_sent_nobody_answers():
    scenario = replace(SCENARIOS["no_csat"], agents=8, weeks=12)
    assert np.isnan(simulate(scenario, 1).contacts["csat"]).all()


def test_handle_times_have_heavier_tails_than_a_log_normal(world):
    log = np.log(world.contacts["handle_seconds"])
    log = log[~np.isnan(log)]
    spread = 1.4826 * np.median(np.abs(log - np.median(log)))
    # Of a normal, 0.13 in 100 lie beyond three spreads on the upper side.
    assert np.mean(log > np.median(log) + 3 * spread) > 0.006


@pytest.mark.parametrize(("scenario", "low", "high"), [("mixed", 80, 100), ("low_volume", 25, 35)])
def test_agents_have_the_contacts_that_the_scenario_says(scenario, low, high):
    contacts = simulate(replace(SCENARIOS[scenario], agents=60), 1).lives.contacts
    working = np.median(np.where(contacts > 0, contacts, np.nan), axis=1)
    assert 0.9 * low < np.nanmean(working) < 1.1 * high


def test_who_rushes_gains_23_percent_of_time_and_loses_11_points_of_resolution(world):
    for agent in agents_of(world, "rush"):
        start = world.lives.start[agent]
        before, after = world.levels[agent, start - 1], world.levels[agent, start]
        assert after[0] / before[0] == pytest.approx(0.77)
        assert after[1] - before[1] == pytest.approx(-0.11, abs=0.02)
        assert after[3] < before[3]


def test_who_is_honestly_faster_keeps_the_quality(world):
    for agent in agents_of(world, "faster"):
        assert world.levels[agent, -1, 0] < 0.84 * world.levels[agent, 0, 0]
        assert np.ptp(world.levels[agent, :, 1:], axis=0).max() < 1e-12


@pytest.mark.parametrize("kind", ["steady", "switch", "leave"])
def test_who_only_moves_or_rests_is_truly_unchanged(world, kind):
    assert np.ptp(world.levels[agents_of(world, kind)], axis=1).max() < 1e-9


def test_who_is_on_leave_or_not_there_yet_has_no_contacts(world):
    weeks, lives = np.arange(26), world.lives
    for agent in agents_of(world, "leave"):
        away = (weeks >= lives.start[agent]) & (weeks < lives.end[agent])
        assert np.array_equal(lives.contacts[agent] == 0, away)
    for agent in agents_of(world, "new"):
        assert np.array_equal(lives.contacts[agent] == 0, weeks < lives.start[agent])


def test_who_switches_queues_is_asked_other_things(world):
    contacts, lives = world.contacts, world.lives
    for agent in agents_of(world, "switch"):
        own = contacts["agent"] == agent
        issue = CELL_ISSUE[contacts["cell"]]
        late = contacts["week"] >= lives.start[agent]
        mixes = [
            np.bincount(issue[own & part], minlength=len(ISSUES)) / (own & part).sum()
            for part in (late, ~late)
        ]
        assert np.abs(mixes[0] - mixes[1]).sum() > 0.2


def test_nobody_changes_in_a_quiet_operation():
    world = simulate(replace(SCENARIOS["quiet"], agents=40), 1)
    assert np.ptp(world.levels, axis=1).max() < 1e-9


def test_wobble_is_as_wide_as_said_and_quality_wobbles_together(world):
    wobble = world.lives.wobble.reshape(-1, 5)
    assert wobble.std(0) == pytest.approx(WOBBLE, rel=0.06)
    assert np.corrcoef(wobble[:, 1], wobble[:, 4])[0, 1] == pytest.approx(0.36, abs=0.06)
    assert np.corrcoef(wobble[:-1, 0], wobble[1:, 0])[0, 1] == pytest.approx(0, abs=0.06)


def test_wobble_lasts_in_the_rough_operation():
    wobble = simulate(replace(SCENARIOS["rough"], agents=100), 1).lives.wobble
    lag = np.corrcoef(wobble[:, 5:-1, 0].ravel(), wobble[:, 6:, 0].ravel())[0, 1]
    assert lag == pytest.approx(0.4, abs=0.08)


def test_the_hardest_queues_have_the_better_agents_where_staffing_is_uneven():
    world = simulate(SCENARIOS["confounded"], 1)
    asked = world.lives.mixes @ world.nature.hardness[CELL_ISSUE]
    hard = asked[world.lives.team]
    assert np.corrcoef(hard, world.lives.dials[:, 0, 1])[0, 1] > 0.3


def test_true_levels_are_on_the_mix_of_all_contacts(world):
    seen = np.bincount(world.contacts["cell"], minlength=len(world.lives.shares))
    assert world.lives.shares == pytest.approx(seen / seen.sum(), abs=0.001)
    agent = int(agents_of(world, "steady")[0])
    dials = (world.lives.dials[agent, 0] + world.lives.taste[agent][CELL_ISSUE])[None]
    alone = levels(world.nature, world.lives.shares, dials)[0]
    assert true_levels(world.nature, world.lives)[agent, 7] == pytest.approx(alone)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("simulated")
    main(["--agents", "16", "--weeks", "12", "--seed", "4", "--out", str(made)])
    return made


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_files_are_the_same_byte_for_byte(folder, tmp_path):
    main(["--agents", "16", "--weeks", "12", "--seed", "4", "--out", str(tmp_path)])
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_the_importer_refuses_nothing(engine, folder):
    for kind in ("interactions", "roster"):
        rows = rows_of(folder / f"{kind}.csv")
        receipt = taken_in(engine, rows, kind, desk=desk_of(engine))
        assert refusals(receipt) == []
        if kind == "interactions":
            assert counts(receipt) == (len(rows), 0, 0, 0)


def test_records_and_truth_agree_on_who_handled_how_much_when(folder):
    seen = {}
    for row in rows_of(folder / "interactions.csv"):
        day = datetime.fromisoformat(row["ended_at"]).astimezone(UTC).date()
        monday = date.fromordinal(day.toordinal() - day.weekday())
        key = row["agent"], monday.isoformat()
        seen[key] = seen.get(key, 0) + 1
    truth = rows_of(folder / "truth.csv")
    assert len(truth) == 16 * 12
    assert seen == {
        (row["agent"], row["week"]): int(row["contacts"])
        for row in truth
        if row["contacts"] != "0"
    }


def test_the_rows_are_the_contacts_of_the_operation(folder):
    world = simulate(SMALL, 4)
    rows = rows_of(folder / "interactions.csv")
    for name, column in (("handle_seconds", "handle_seconds"), ("csat", "csat")):
        cells = np.array([float(row[column] or "nan") for row in rows])
        assert np.array_equal(cells, world.contacts[name], equal_nan=True)
    words = {"true": 1.0, "false": 0.0, "": np.nan}
    solved = np.array([words[row["resolved_first_contact"]] for row in rows])
    assert np.array_equal(solved, world.contacts["resolved"], equal_nan=True)
