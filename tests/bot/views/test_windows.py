"""Homes and windows: within every limit of Slack's, and what stands in them."""

from dataclasses import replace

import pytest

from bot.blockkit import check_view
from bot.showing import view_of
from bot.views import admin, log_form
from bot.views.home import Duties, home, unlinked_home, when
from bot.views.settings import settings
from tests.bot.views.samples import KPIS
from tests.bot.views.seen import actions_of, kinds, words_of
from tests.bot.views.windows import MADRID, NEXT, WINDOWS, draft, leader, logged, told, wishes

HOSTILE = "<!channel> <@U1> *a* & `b` \N{RIGHT-TO-LEFT OVERRIDE}" * 40


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_is_within_every_limit(name):
    assert check_view(WINDOWS[name]()) == []


def test_home_has_no_table_and_no_chart():
    assert set(kinds(home(leader()))) <= {"header", "section", "divider", "actions", "context"}


def test_a_moment_is_told_in_the_reader_s_zone_or_else_in_this_one():
    written = "Monday 23 November 09:00, Europe/Madrid"
    # 2026-11-23T08:00:00Z
    assert when(NEXT, MADRID) == f"<!date^1795420800^{{date_long_pretty}} at {{time}}|{written}>"


def test_each_figure_of_home_has_its_interval_n_and_change():
    text = words_of(home(told())).replace("\N{NO-BREAK SPACE}", " ")
    assert "74.2 % (70.1 to 78.0 %), n 310" in text
    assert "\N{UPWARDS ARROW} up +9.1 points, was 65.1 %" in text
    assert "19 Oct to 15 Nov 2026. Changes are since the four weeks before" in text


def test_buttons_of_home_tell_each_other_apart():
    ids = [one["action_id"] for one in actions_of(home(leader(own=told().own)))]
    assert len(ids) == len(set(ids))


def test_only_a_few_who_are_not_linked_are_named():
    missing = tuple(f"Person {one}" for one in range(1, 12))
    text = words_of(home(leader(duties=Duties(0, 11, missing))))
    assert "Person 8 and 3 more" in text
    assert "Person 9" not in text


def test_what_people_are_called_calls_nobody():
    name = HOSTILE[:200]
    shown = (
        *home(leader(name=name, saved=HOSTILE, duties=Duties(0, 1, (name,), (HOSTILE,)))),
        *unlinked_home(HOSTILE, link="me"),
    )
    assert "<!channel>" not in words_of(shown)


FULL = {
    "links": lambda: admin.links([HOSTILE] * 50),
    "done": lambda: admin.done(HOSTILE, (HOSTILE, HOSTILE)),
    "form": lambda: log_form.form(draft(whose=HOSTILE, issue=HOSTILE[:90]), "a 1"),
    "receipt": lambda: log_form.receipt(replace(logged(), whose=HOSTILE)),
    "targets": lambda: admin.targets(
        [one.model_copy(update={"name": HOSTILE}) for one in KPIS.values()]
    ),
}


@pytest.mark.parametrize("name", FULL)
def test_whatever_stands_in_a_window_is_within_the_limits(name):
    assert check_view(view_of(FULL[name]())) == []


def test_every_judged_kpi_can_be_chosen():
    (_, kpi, *_) = admin.targets(list(KPIS.values())).blocks
    assert [one["value"] for one in kpi["element"]["options"]] == list(KPIS)


def test_leave_that_was_is_not_in_the_form():
    blocks = settings(wishes(quiet=())).blocks
    leave = next(one for one in blocks if one.get("block_id") == "quiet_from")
    assert "initial_date" not in leave["element"]
