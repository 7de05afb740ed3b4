import numpy as np

from scoring.coaching.constants import DEFAULT
from scoring.coaching.windows import windows_of
from tests.scoring.coaching.crews import contacts, part, strata_of


def windows(weeks, queue=lambda _: "login", channel=lambda _: "chat"):
    """The windows of one agent who had contacts in these weeks."""
    parts = [
        part(week=week, issue=queue(week), channel=channel(week))
        for week in weeks
        for _ in range(20)
    ]
    return windows_of(strata_of(contacts(parts)), DEFAULT)


def weeks_of(mask):
    return np.flatnonzero(mask).tolist()


def test_recent_windows_are_one_two_three_and_six_calendar_weeks():
    recent = windows(range(12)).recent[:, 0]
    assert [weeks_of(each) for each in recent] == [[11], [10, 11], [9, 10, 11], [*range(6, 12)]]


def test_a_baseline_is_the_eight_weeks_before_its_window():
    baseline = windows(range(20)).baseline[:, 0]
    assert weeks_of(baseline[0]) == [*range(11, 19)]
    assert weeks_of(baseline[3]) == [*range(6, 14)]


def test_a_baseline_passes_over_weeks_of_absence():
    assert weeks_of(windows([*range(10), 20]).baseline[0, 0]) == [*range(2, 10)]


def test_a_window_that_an_absence_makes_like_a_shorter_one_is_not_tested_again():
    assert windows([*range(10), 12]).distinct[:, 0].tolist() == [True, False, False, True]


def test_who_had_no_contacts_in_the_week_is_not_tested():
    parts = [part(agent=1, week=week) for week in range(8)] + [part(agent=2, week=9)]
    assert not windows_of(strata_of(contacts(parts)), DEFAULT).distinct[:, 0].any()


def test_weeks_on_another_queue_are_no_baseline():
    found = windows(range(12), queue=lambda week: "login" if week < 4 or week > 7 else "billing")
    assert weeks_of(found.baseline[0, 0]) == [0, 1, 2, 3, 8, 9, 10]


def test_weeks_on_another_channel_are_no_baseline():
    found = windows(range(12), channel=lambda week: "phone" if week in {3, 5} else "chat")
    assert not {3, 5} & set(weeks_of(found.baseline[0, 0]))


def test_comparisons_restart_on_a_new_queue():
    weeks = [*range(6), 10, 11]
    moved = windows(weeks, queue=lambda week: "login" if week < 10 else "billing")
    assert moved.restarted.tolist() == [True]
    assert windows(range(12)).restarted.tolist() == [False]


def test_a_new_agent_is_new_and_has_not_changed_queue():
    assert windows([5, 6]).restarted.tolist() == [False]


def half_alike(each):
    """Week 3 has two queues, of which week 0 to 2 have one and another."""
    parts = [
        part(week=week, issue=issue)
        for week in range(4)
        for issue in (["a", "b"] if week == 3 else ["a", "a"])
        for _ in range(each)
    ]
    return windows_of(strata_of(contacts(parts)), DEFAULT).baseline[0, 0]


def test_half_of_the_mix_in_common_is_enough():
    assert weeks_of(half_alike(50)) == [0, 1, 2]


def mixed(shares):
    """Week 1 has 100 contacts of issue a; week 0 has this share of them, the rest b."""
    n = 100
    parts = [part(week=0, issue="a" if k < shares * n else "b") for k in range(n)]
    parts += [part(week=1, issue="a") for _ in range(n)]
    return windows_of(strata_of(contacts(parts)), DEFAULT).baseline[0, 0, 0]


def test_luck_is_allowed_for_in_a_mix():
    # 0.5 - 0.5 / sqrt(100) = 0.45.
    assert mixed(0.46)
    assert not mixed(0.44)
