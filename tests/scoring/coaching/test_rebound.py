"""Regression to the mean: after a bad week figures come back by themselves, and nobody is told so.

An operation is simulated in which agents differ, wobble from week to week and, unless told
otherwise, never change. Whoever had the worst week commits; the method's own reviews judge.
"""

from datetime import date, timedelta

import numpy as np
import pytest

from scoring.coaching.contacts import Contacts
from scoring.coaching.findings import Span
from scoring.coaching.progress import Baseline, Commitment, Standing, judge
from scoring.coaching.review import review

AGENTS, BEFORE, WEEKS, A_WEEK = 60, 9, 4, 90
FIRST = date(2026, 1, 5)
NO_SPAN = Span(0, 0, 0)
WORST = 12
RUNS = 8


def monday(number):
    return FIRST + timedelta(weeks=number)


def operation(seed, worst=WORST, better=0.0):
    """Contacts of 13 weeks, who had the worst weeks of their own just before, and all shares.

    ``better`` is what these gain from then on, in log-odds.
    """
    chance = np.random.default_rng(seed)
    skill = chance.normal(0.9, 0.35, AGENTS)
    wobble = chance.normal(0, 0.12, (AGENTS, BEFORE + WEEKS))
    odds = skill[:, None] + wobble
    drawn = chance.random((AGENTS, BEFORE + WEEKS, A_WEEK))
    resolved = drawn < 1 / (1 + np.exp(-odds))[..., None]
    rates = resolved[:, :BEFORE].mean(-1)
    picked = np.argsort(rates[:, -1] - rates[:, :-1].mean(-1))[:worst]
    odds[picked, BEFORE:] += better
    resolved = drawn < 1 / (1 + np.exp(-odds))[..., None]
    return contacts_of(chance, resolved.astype(float)), picked.tolist(), resolved.mean(-1)


def contacts_of(chance, resolved):
    """Contacts with these outcomes; nothing else about them ever changes."""
    agent, week, _ = (axis.ravel() for axis in np.indices(resolved.shape))
    count = agent.size
    days = np.array([monday(number).toordinal() for number in range(resolved.shape[1])])
    kinds = chance.integers(0, 4, count)
    return Contacts(
        id=np.arange(count),
        agent=agent,
        week=days[week],
        at=days[week] * 86_400_000 + np.arange(count),
        issue=kinds // 2,
        channel=kinds % 2,
        priority=np.zeros(count, dtype=np.int64),
        handle_seconds=np.exp(chance.normal(6.0, 0.5, count)),
        resolved=resolved.ravel(),
        escalated=(chance.random(count) < 0.1).astype(float),
        csat=np.where(chance.random(count) < 0.2, chance.integers(1, 6, count), np.nan),
        sentiment=chance.normal(0.1, 0.3, count),
        has_transcript=np.zeros(count, dtype=np.bool_),
        issues=("billing", "refund"),
        channels=("chat", "phone"),
        priorities=("normal",),
    )


def outcomes(contacts, picked):
    """The verdicts of commitments to first contact resolution, after their four weeks."""
    start = monday(BEFORE)
    made = {one: Commitment(one, one, "fcr", "Ask once more.", start, WEEKS) for one in picked}
    standings = dict.fromkeys(picked, Standing())
    states = {}
    for number in range(BEFORE, BEFORE + WEEKS):
        shown = until(contacts, monday(number))
        found = review(shown, monday(number), states)
        states = {one: told.state for one, told in found.agents.items()}
        standings = {
            one: judge(made[one], found.agents.get(one), before)
            for one, before in standings.items()
        }
    return [one.verdict for one in standings.values()]


def until(contacts, week):
    """The contacts up to a week."""
    some = contacts.week <= week.toordinal()
    columns = {
        name: value[some] if isinstance(value, np.ndarray) else value
        for name, value in vars(contacts).items()
    }
    return Contacts(**columns)


def share(verdicts, wanted):
    return sum(one == wanted for one in verdicts) / len(verdicts)


def runs(count, **more):
    """The verdicts of all who were picked, over several operations."""
    verdicts = []
    for seed in range(count):
        contacts, picked, _ = operation(seed, **more)
        verdicts += outcomes(contacts, picked)
    return verdicts


def test_whoever_had_a_bad_week_and_did_not_change_has_not_moved():
    verdicts = runs(RUNS)
    assert len(verdicts) == RUNS * WORST
    assert share(verdicts, "moved") <= 0.05
    assert share(verdicts, "held") >= 0.9


def test_week_against_week_nearly_all_of_them_would_have_been_told_so():
    _, picked, rates = operation(0)
    after = rates[picked, BEFORE:].mean(-1)
    assert (after > rates[picked, BEFORE - 1]).mean() >= 0.9


def test_whoever_did_change_is_told_so():
    assert share(runs(RUNS, worst=3, better=1.2), "moved") >= 0.8


def test_what_is_expected_to_come_back_does_come_back():
    """Of shares that are partly luck, the rebound is what the next ones show on average."""
    chance = np.random.default_rng(1)
    spread, noise, count = 0.05, 0.06, 20_000
    true = chance.normal(0.75, spread, count)
    first, second = (true + chance.normal(0, noise, count) for _ in range(2))
    low = first < 0.70
    reliability = spread**2 / (spread**2 + noise**2)
    expected = [Baseline(NO_SPAN, raw, 0.75, reliability).rebound for raw in first[low]]
    came_back = (second - first)[low]
    error = came_back.std() / np.sqrt(low.sum())
    assert np.mean(expected) == pytest.approx(came_back.mean(), abs=4 * error)
    assert came_back.mean() > 0.03
